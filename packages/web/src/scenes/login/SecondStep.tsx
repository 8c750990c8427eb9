import type { SecondFactorNeeded } from '@parley/protocol/model'
import { KeyRound } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { DoorTitle } from './DoorFrame.tsx'
import { RefusalLine } from './RefusalLine.tsx'
import type { Refusal } from './use-login.ts'
import { useSecondsLeft } from './use-seconds-left.ts'

interface Props {
  needed: SecondFactorNeeded
  refusal: Refusal | undefined
  isBusy: boolean
  onCode: (code: string) => void
  onPasskey: () => void
  onBack: () => void
}

/** The password was right: a code, a passkey, or a recovery code. */
export function SecondStep({ needed: { factors }, refusal, isBusy, onCode, onPasskey, onBack }: Props) {
  const hasCodes = factors.includes('code')
  const hasPasskeys = factors.includes('passkey')
  const [isRecovery, setRecovery] = useState(!hasCodes && !hasPasskeys)
  const [code, setCode] = useState('')
  const secondsLeft = useSecondsLeft(refusal?.kind === 'too_many' ? refusal.until : 0)
  const isField = hasCodes || isRecovery

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    if (isField && !isBusy && secondsLeft === 0) onCode(code)
  }

  return (
    <form onSubmit={handleSubmit} className="flex flex-col gap-4">
      <DoorTitle hint={t(isRecovery ? 'login.recoveryHint' : hasCodes ? 'login.codeHint' : 'login.passkeyHint')}>
        {t('login.second')}
      </DoorTitle>
      {isField && (
        <TextField
          key={isRecovery ? 'recovery' : 'code'}
          label={t(isRecovery ? 'login.recoveryCode' : 'login.code')}
          inputMode={isRecovery ? 'text' : 'numeric'}
          autoComplete={isRecovery ? 'off' : 'one-time-code'}
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          value={code}
          onChange={setCode}
        />
      )}
      <RefusalLine
        refusal={refusal}
        wrong={t(isField ? 'login.codeWrong' : 'login.passkeyWrong')}
        secondsLeft={secondsLeft}
      />
      {isField && (
        <Button type="submit" look="primary" disabled={isBusy || secondsLeft > 0} className="h-9">
          {t(isBusy ? 'login.submitting' : 'login.submit')}
        </Button>
      )}
      {hasPasskeys && !isRecovery && (
        <Button
          look={isField ? 'outline' : 'primary'}
          autoFocus={!isField}
          disabled={isBusy}
          onClick={onPasskey}
          className="h-9"
        >
          <KeyRound size={15} aria-hidden="true" />
          {t('login.usePasskey')}
        </Button>
      )}
      <div className="flex flex-wrap justify-between gap-2">
        <Button look="ghost" size="sm" className="-ms-2" onClick={onBack}>
          {t('login.otherEmail')}
        </Button>
        {(hasCodes || hasPasskeys) && (
          <Button
            look="ghost"
            size="sm"
            className="-me-2"
            onClick={() => {
              setRecovery(!isRecovery)
              setCode('')
            }}
          >
            {t(isRecovery ? 'login.notRecovery' : 'login.useRecovery')}
          </Button>
        )}
      </div>
    </form>
  )
}
