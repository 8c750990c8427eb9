import type { OpenInvitation } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { ApiRefusal } from '../../data/api.ts'
import { acceptInvitation, invitationQuery } from '../../data/people/doors.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { readFormProblem } from '../../parts/form-problem.ts'
import { Notice, Problem } from '../../parts/Notice.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { DOOR_LINK, DoorAlert, DoorFrame, DoorTitle } from './DoorFrame.tsx'
import { useEnter } from './use-enter.ts'

/** Somebody was asked in: a name and a password, and he is. */
export function Invite() {
  const { token } = useParams({ from: '/invite/$token' })
  const query = useQuery(invitationQuery(token))
  return (
    <DoorFrame
      title={t('invite.title')}
      foot={
        <Link to="/login" search={{}} className={DOOR_LINK}>
          {t('invite.toLogin')}
        </Link>
      }
    >
      {query.data ? (
        <InviteForm token={token} invitation={query.data} />
      ) : query.error instanceof ApiRefusal && query.error.status === 404 ? (
        <Notice title={t('invite.gone')} hint={t('invite.goneHint')} />
      ) : query.isError ? (
        <Problem title={t('invite.unreachable')} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows count={4} />
      )}
    </DoorFrame>
  )
}

const FIELDS = ['name', 'email', 'password'] as const

function InviteForm({ token, invitation }: { token: string; invitation: OpenInvitation }) {
  const enter = useEnter()
  const [name, setName] = useState(invitation.name ?? '')
  const [email, setEmail] = useState(invitation.email ?? '')
  const [password, setPassword] = useState('')
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const { fields, rest } = readFormProblem(state.error, FIELDS)
  const { account, invitedBy } = invitation

  async function submit(event: FormEvent) {
    event.preventDefault()
    setState({ isBusy: true })
    try {
      await enter(await acceptInvitation(token, { name, email, password }))
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <DoorTitle hint={invitedBy === null ? undefined : t('invite.by', { name: invitedBy })}>
        {t('invite.join', { account: account.name })}
      </DoorTitle>
      <TextField
        {...{ label: t('invite.name'), value: name, onChange: setName, error: fields.name }}
        hint={t('invite.nameHint')}
        autoComplete="name"
        maxLength={255}
        autoFocus
        required
      />
      <TextField
        {...{ label: t('login.email'), value: email, onChange: setEmail, error: fields.email }}
        type="email"
        autoComplete="username"
        readOnly={invitation.email !== null}
        required
      />
      <TextField
        {...{ label: t('login.password'), value: password, onChange: setPassword, error: fields.password }}
        hint={t('signup.passwordHint')}
        type="password"
        autoComplete="new-password"
        minLength={8}
        required
      />
      {rest && <DoorAlert>{rest}</DoorAlert>}
      <Button type="submit" look="primary" disabled={state.isBusy} className="h-9">
        {t(state.isBusy ? 'invite.submitting' : 'invite.submit')}
      </Button>
    </form>
  )
}
