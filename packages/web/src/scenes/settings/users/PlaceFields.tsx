import type { GroupId, Role, RoleId, TeamGroup, TeamRole } from '@parley/protocol/model'
import { t } from '../../../i18n/t.ts'
import { Select } from '../../../parts/Select.tsx'

export interface Place {
  role: Role
  roleId: RoleId | null
  groupId: GroupId | null
}

interface Props {
  place: Place
  onChange: (place: Place) => void
  roles: readonly TeamRole[]
  groups: readonly TeamGroup[]
  errors?: { role?: string | undefined; groupId?: string | undefined }
  isDisabled?: boolean
}

const ADMIN = 'admin'
const USUAL = 'usual'
const NONE = 'none'

/** Role and group: what somebody may do, and with whose things. */
export function PlaceFields({ place, onChange, roles, groups, errors = {}, isDisabled = false }: Props) {
  const chosen = place.role === 'admin' ? ADMIN : place.roleId === null ? USUAL : String(place.roleId)
  function chooseRole(value: string) {
    const roleId = value === ADMIN || value === USUAL ? null : (Number(value) as RoleId)
    onChange({ ...place, role: value === ADMIN ? 'admin' : 'manager', roleId })
  }
  return (
    <>
      <Select
        label={t('people.role')}
        hint={t(chosen === ADMIN ? 'people.adminHint' : chosen === USUAL ? 'people.usualHint' : 'people.roleHint')}
        isDisabled={isDisabled}
        options={[
          { value: ADMIN, label: t('user.admin') },
          { value: USUAL, label: t('people.usual') },
          ...roles.map(({ id, name }) => ({ value: String(id), label: name, group: t('settings.roles') })),
        ]}
        value={chosen}
        onChange={chooseRole}
        error={errors.role}
      />
      <Select
        label={t('people.group')}
        hint={groups.length === 0 ? t('people.noGroups') : undefined}
        isDisabled={isDisabled}
        options={[
          { value: NONE, label: t('people.noGroup') },
          ...groups.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        value={place.groupId === null ? NONE : String(place.groupId)}
        onChange={(value) => onChange({ ...place, groupId: value === NONE ? null : (Number(value) as GroupId) })}
        error={errors.groupId}
      />
    </>
  )
}
