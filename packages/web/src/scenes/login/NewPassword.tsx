import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { ApiRefusal } from '../../data/api.ts'
import { passwordLinkQuery, setPasswordByLink } from '../../data/people/doors.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { readFormProblem } from '../../parts/form-problem.ts'
import { Notice, Problem } from '../../parts/Notice.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { DOOR_LINK, DoorAlert, DoorFrame, DoorTitle } from './DoorFrame.tsx'

/** Behind a link: a new password for whoever forgot the old one. */
export function NewPassword() {
  const { token } = useParams({ from: '/password/$token' })
  const query = useQuery(passwordLinkQuery(token))
  const [isDone, setDone] = useState(false)
  return (
    <DoorFrame
      title={t('forgotten.new')}
      foot={
        <Link to="/login" search={{}} className={DOOR_LINK}>
          {t('forgotten.toLogin')}
        </Link>
      }
    >
      {isDone ? (
        <Notice
          title={t('forgotten.done')}
          hint={t('forgotten.doneHint')}
          drawing={<CircleCheck size={28} strokeWidth={1.6} aria-hidden="true" className="text-ok" />}
        />
      ) : query.data ? (
        <NewPasswordForm token={token} {...query.data} onDone={() => setDone(true)} />
      ) : query.error instanceof ApiRefusal && query.error.status === 404 ? (
        <Notice title={t('forgotten.gone')} hint={t('forgotten.goneHint')} />
      ) : query.isError ? (
        <Problem title={t('forgotten.unreachable')} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows count={3} />
      )}
    </DoorFrame>
  )
}

interface FormProps {
  token: string
  email: string
  accountName: string
  onDone: () => void
}

function NewPasswordForm({ token, email, accountName, onDone }: FormProps) {
  const [password, setPassword] = useState('')
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const { fields, rest } = readFormProblem(state.error, ['password'])

  async function submit(event: FormEvent) {
    event.preventDefault()
    setState({ isBusy: true })
    try {
      await setPasswordByLink(token, password)
      onDone()
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <DoorTitle hint={t('forgotten.newHint', { account: accountName })}>{t('forgotten.new')}</DoorTitle>
      <TextField label={t('login.email')} type="email" autoComplete="username" readOnly value={email} onChange={noop} />
      <TextField
        label={t('forgotten.password')}
        hint={t('signup.passwordHint')}
        type="password"
        autoComplete="new-password"
        minLength={8}
        autoFocus
        required
        value={password}
        onChange={setPassword}
        error={fields.password}
      />
      {rest && <DoorAlert>{rest}</DoorAlert>}
      <Button type="submit" look="primary" disabled={state.isBusy} className="h-9">
        {t(state.isBusy ? 'forgotten.saving' : 'forgotten.save')}
      </Button>
    </form>
  )
}

const noop = () => undefined
