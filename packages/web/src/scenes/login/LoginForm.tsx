import type { Entrance } from '@parley/protocol/model'
import { Link } from '@tanstack/react-router'
import { KeyRound } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { DOOR_LINK, DoorTitle } from './DoorFrame.tsx'
import { RefusalLine } from './RefusalLine.tsx'
import type { Credentials, Refusal } from './use-login.ts'
import { useSecondsLeft } from './use-seconds-left.ts'

interface Props {
  /** Undefined until it is known: then nothing is offered beside the password. */
  entrance: Entrance | undefined
  refusal: Refusal | undefined
  isBusy: boolean
  onSubmit: (credentials: Credentials) => void
  onPasskey: () => void
}

export function LoginForm({ entrance, refusal, isBusy, onSubmit, onPasskey }: Props) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const secondsLeft = useSecondsLeft(refusal?.kind === 'too_many' ? refusal.until : 0)
  const canUsePasskeys = entrance?.canUsePasskeys === true && 'PublicKeyCredential' in window

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    if (!isBusy && secondsLeft === 0) onSubmit({ email: email.trim(), password })
  }

  return (
    <form onSubmit={handleSubmit} className="flex flex-col gap-4">
      <DoorTitle hint={entrance?.account && t('login.toAccount', { name: entrance.account.name })}>
        {t('login.title')}
      </DoorTitle>
      <TextField
        label={t('login.email')}
        type="email"
        autoComplete="username"
        autoFocus
        required
        value={email}
        onChange={setEmail}
      />
      <TextField
        label={t('login.password')}
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={setPassword}
      />
      <RefusalLine refusal={refusal} wrong={t('login.wrong')} secondsLeft={secondsLeft} />
      <Button type="submit" look="primary" disabled={isBusy || secondsLeft > 0} className="h-9">
        {t(isBusy ? 'login.submitting' : 'login.submit')}
      </Button>
      {canUsePasskeys && (
        <Button disabled={isBusy} onClick={onPasskey} className="h-9">
          <KeyRound size={15} aria-hidden="true" />
          {t('login.withPasskey')}
        </Button>
      )}
      <Link to="/password" className={`${DOOR_LINK} self-center text-xs`}>
        {t('login.forgot')}
      </Link>
    </form>
  )
}
