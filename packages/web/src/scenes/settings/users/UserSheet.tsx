import type { ChangeUserRequest, TeamGroup, TeamMember, TeamRole } from '@parley/protocol/model'
import { type FormEvent, useId, useState } from 'react'
import { changeUser, enableUser } from '../../../data/people/endpoints.ts'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { Button } from '../../../parts/Button.tsx'
import { readFormProblem } from '../../../parts/form-problem.ts'
import { format } from '../../../parts/format.ts'
import { reasonOf } from '../../../parts/Notice.tsx'
import { Sheet } from '../../../parts/Sheet.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { toast } from '../../../parts/toast.ts'
import { FormAlert } from '../PasswordDialog.tsx'
import { DisableDialog } from './DisableDialog.tsx'
import { PlaceFields } from './PlaceFields.tsx'
import { UserSafety } from './UserSafety.tsx'

interface Props {
  member: TeamMember
  roles: readonly TeamRole[]
  groups: readonly TeamGroup[]
  onClose: () => void
}

/** One person: what he is called and may do, how he gets in, and whether he works here. */
export function UserSheet({ member, roles, groups, onClose }: Props) {
  const me = useMe()
  const [isLeaving, setLeaving] = useState(false)
  const isOff = member.disabledAt !== null
  const enable = () =>
    enableUser(member.id).catch((error: unknown) =>
      toast({ tone: 'bad', text: t('settings.saveFailed', { reason: reasonOf(error) }) }),
    )
  return (
    <Sheet isOpen onClose={onClose} size="sm" title={<bdi>{member.name}</bdi>} description={t('people.userHint')}>
      <div className="flex flex-col gap-6 p-4">
        <div className="flex items-center gap-3">
          <Avatar name={member.name} seed={String(member.id)} size={48} pictureUrl={member.avatarUrl} />
          <div className="min-w-0 text-xs text-ink-3">
            <p>{t('people.since', { date: format.date(member.createdAt) })}</p>
            {isOff && (
              <p className="font-medium text-bad">
                {t('people.offSince', { date: format.date(member.disabledAt ?? 0) })}
              </p>
            )}
          </div>
        </div>
        <UserForm
          key={`${member.name} ${member.role} ${member.roleId} ${member.groupId}`}
          {...{ member, roles, groups }}
        />
        {!isOff && <UserSafety member={member} />}
        {member.id !== me.user.id && (
          <section aria-label={t('people.work')} className="border-t border-line pt-4">
            <p className="mb-2 text-ink-3 text-pretty">{t(isOff ? 'people.enableHint' : 'people.disableHint')}</p>
            {isOff ? (
              <Button onClick={() => void enable()}>{t('people.enable')}</Button>
            ) : (
              <Button look="danger" onClick={() => setLeaving(true)}>
                {t('people.disable')}
              </Button>
            )}
          </section>
        )}
      </div>
      {isLeaving && <DisableDialog member={member} onClose={() => setLeaving(false)} />}
    </Sheet>
  )
}

const FIELDS = ['name', 'email', 'role', 'groupId'] as const

function UserForm({ member, roles, groups }: Omit<Props, 'onClose'>) {
  const form = useId()
  const [name, setName] = useState(member.name)
  const [email, setEmail] = useState(member.email)
  const [place, setPlace] = useState({ role: member.role, roleId: member.roleId, groupId: member.groupId })
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const problem = readFormProblem(state.error, FIELDS)
  const patch = changesOf(member, { name: name.trim(), email: email.trim(), ...place })
  const isChanged = Object.keys(patch).length > 0

  async function submit(event: FormEvent) {
    event.preventDefault()
    setState({ isBusy: true })
    try {
      await changeUser(member.id, patch)
      setState({ isBusy: false })
      toast({ tone: 'ok', text: t('people.userSaved', { name: name.trim() }) })
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <form id={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <TextField
        label={t('people.name')}
        required
        maxLength={255}
        autoComplete="off"
        value={name}
        onChange={setName}
        error={problem.fields.name}
      />
      <TextField
        label={t('people.email')}
        type="email"
        required
        autoComplete="off"
        value={email}
        onChange={setEmail}
        error={problem.fields.email}
      />
      <PlaceFields place={place} onChange={setPlace} roles={roles} groups={groups} errors={problem.fields} />
      {problem.rest && <FormAlert text={problem.rest} />}
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={!isChanged || state.isBusy}>
          {t(state.isBusy ? 'settings.saving' : 'settings.save')}
        </Button>
      </div>
    </form>
  )
}

type Editable = Pick<TeamMember, 'name' | 'email' | 'role' | 'roleId' | 'groupId'>

function changesOf(before: Editable, after: Editable): ChangeUserRequest {
  const names = ['name', 'email', 'role', 'roleId', 'groupId'] as const
  return Object.fromEntries(names.filter((key) => before[key] !== after[key]).map((key) => [key, after[key]]))
}
