import type { NewInvitation, NewInvitationInput, TeamGroup, TeamRole } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { entranceQuery } from '../../../data/people/doors.ts'
import { invite } from '../../../data/people/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { readFormProblem } from '../../../parts/form-problem.ts'
import { TextField } from '../../../parts/TextField.tsx'
import { FormAlert } from '../PasswordDialog.tsx'
import { type Place, PlaceFields } from './PlaceFields.tsx'

interface Props {
  roles: readonly TeamRole[]
  groups: readonly TeamGroup[]
  onClose: () => void
  onDone: (made: NewInvitation) => void
}

/** Asks somebody in: by mail when there is an address and a mail server, by a link in any case. */
export function InviteDialog({ roles, groups, onClose, onDone }: Props) {
  const form = useId()
  const { data: entrance } = useQuery(entranceQuery)
  const [email, setEmail] = useState('')
  const [place, setPlace] = useState<Place>({ role: 'manager', roleId: null, groupId: null })
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const problem = readFormProblem(state.error, ['email', 'role', 'groupId'])
  const isMailed = entrance?.canMail === true && email.trim() !== ''

  async function submit(event: FormEvent) {
    event.preventDefault()
    setState({ isBusy: true })
    try {
      const wish: NewInvitationInput = { ...place, ...(email.trim() !== '' && { email: email.trim() }) }
      onDone(await invite(wish))
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <Dialog
      isOpen
      isKept
      onClose={onClose}
      title={t('people.invite')}
      description={t('people.inviteHint')}
      footer={
        <>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button type="submit" form={form} look="primary" disabled={state.isBusy}>
            {t(isMailed ? 'people.inviteMail' : 'people.inviteLink')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label={t('people.inviteEmail')}
          hint={t(entrance?.canMail ? 'people.inviteEmailHint' : 'people.inviteNoMail')}
          type="email"
          autoComplete="off"
          autoFocus
          value={email}
          onChange={setEmail}
          error={problem.fields.email}
        />
        <PlaceFields place={place} onChange={setPlace} roles={roles} groups={groups} errors={problem.fields} />
        {problem.rest && <FormAlert text={problem.rest} />}
      </form>
    </Dialog>
  )
}
