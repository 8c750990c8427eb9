import type { Rights, RoleId, TeamRole } from '@parley/protocol/model'
import { type FormEvent, useState } from 'react'
import { changeRole, createRole } from '../../../data/people/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { readFormProblem } from '../../../parts/form-problem.ts'
import { Select } from '../../../parts/Select.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { toast } from '../../../parts/toast.ts'
import { FormAlert } from '../PasswordDialog.tsx'
import { DeleteRole } from './DeleteRole.tsx'
import { PRESET_NAMES, PRESETS, type Preset } from './presets.ts'
import { RightsMatrix } from './RightsMatrix.tsx'

interface Props {
  /** Absent: one that is being made. */
  role: TeamRole | undefined
  roles: readonly TeamRole[]
  onDone: (id: RoleId | undefined) => void
}

/** A role's name and rights. Nothing changes for its people before it is saved. */
export function RoleEditor({ role, roles, onDone }: Props) {
  const [name, setName] = useState(role?.name ?? '')
  const [rights, setRights] = useState<Rights>(role?.rights ?? PRESETS.usual)
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const [isDeleting, setDeleting] = useState(false)
  const problem = readFormProblem(state.error, ['name'])
  const isChanged = !role || name.trim() !== role.name || JSON.stringify(rights) !== JSON.stringify(role.rights)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setState({ isBusy: true })
    try {
      const saved = role ? await changeRole(role.id, { name, rights }) : await createRole({ name, rights })
      toast({ tone: 'ok', text: t('people.roleSaved', { name: saved.name }) })
      setState({ isBusy: false })
      onDone(saved.id)
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
      <div className="flex flex-wrap gap-4">
        <TextField
          label={t('people.roleName')}
          className="min-w-52 flex-1 basis-52"
          maxLength={100}
          required
          autoFocus={role === undefined}
          value={name}
          onChange={setName}
          error={problem.fields.name}
        />
        <Select
          label={t('people.preset')}
          className="min-w-52 flex-1 basis-52"
          placeholder={t('people.presetOwn')}
          options={PRESET_NAMES.map((value) => ({ value, label: t(`people.presets.${value}`) }))}
          value={presetOf(rights) ?? null}
          onChange={(preset) => setRights(PRESETS[preset])}
        />
      </div>
      <RightsMatrix rights={rights} onChange={setRights} />
      {problem.rest && <FormAlert text={problem.rest} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" disabled={!isChanged || state.isBusy || name.trim() === ''}>
          {t(state.isBusy ? 'settings.saving' : role ? 'settings.save' : 'people.roleMake')}
        </Button>
        {!role && <Button onClick={() => onDone(undefined)}>{t('parts.cancel')}</Button>}
        {role && role.userIds.length > 0 && (
          <p className="text-xs text-ink-3">{t('people.roleAtOnce', { count: role.userIds.length })}</p>
        )}
        {role && (
          <Button look="ghost" className="ms-auto" onClick={() => setDeleting(true)}>
            {t('people.roleDelete')}
          </Button>
        )}
      </div>
      {role && isDeleting && (
        <DeleteRole
          role={role}
          roles={roles}
          onClose={() => setDeleting(false)}
          onDone={() => {
            setDeleting(false)
            onDone(undefined)
          }}
        />
      )}
    </form>
  )
}

const presetOf = (rights: Rights): Preset | undefined =>
  PRESET_NAMES.find((name) => sorted(PRESETS[name]) === sorted(rights))

/** The same whatever the order of its parts. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' ? Object.fromEntries(Object.entries(part).sort()) : part,
  )
}
