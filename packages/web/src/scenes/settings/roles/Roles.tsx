import type { TeamRole } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { Plus, UserCog } from 'lucide-react'
import { rolesQuery } from '../../../data/people/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Notice, Problem } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { RoleEditor } from './RoleEditor.tsx'

const NEW = 'new'

/** Named sets of rights, one open beside the list. */
export function Roles() {
  const query = useQuery(rolesQuery)
  const { role: wanted } = useSearch({ strict: false }) as { role?: number | string }
  const navigate = useNavigate()
  const open = (role: TeamRole['id'] | typeof NEW | undefined) =>
    void navigate({
      to: '/settings/$section',
      params: { section: 'roles' },
      search: role === undefined ? {} : { role },
      replace: true,
    })
  const roles = query.data
  const isNew = wanted === NEW
  const opened = roles?.find(({ id }) => id === Number(wanted)) ?? (isNew ? undefined : roles?.[0])
  return (
    <SettingsPage
      title={t('settings.roles')}
      hint={t('people.rolesHint')}
      width="wide"
      actions={
        <Button look="primary" onClick={() => open(NEW)}>
          <Plus size={15} aria-hidden="true" />
          {t('people.roleMake')}
        </Button>
      }
    >
      {query.isError && !roles ? (
        <Problem title={t('settings.loadFailed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : !roles ? (
        <SkeletonRows />
      ) : roles.length === 0 && !isNew ? (
        <Notice
          title={t('people.rolesNone')}
          hint={t('people.rolesNoneHint')}
          drawing={<UserCog size={28} strokeWidth={1.6} aria-hidden="true" className="text-ink-3" />}
        />
      ) : (
        <div className="flex flex-col gap-5 @3xl:flex-row">
          {roles.length > 0 && <RoleList roles={roles} openId={isNew ? undefined : opened?.id} onOpen={open} />}
          <div className="min-w-0 flex-1">
            <RoleEditor key={isNew ? NEW : opened?.id} role={isNew ? undefined : opened} roles={roles} onDone={open} />
          </div>
        </div>
      )}
    </SettingsPage>
  )
}

interface ListProps {
  roles: readonly TeamRole[]
  openId: TeamRole['id'] | undefined
  onOpen: (id: TeamRole['id']) => void
}

function RoleList({ roles, openId, onOpen }: ListProps) {
  return (
    <ul aria-label={t('settings.roles')} className="flex shrink-0 flex-wrap gap-1 @3xl:w-52 @3xl:flex-col">
      {roles.map((role) => (
        <li key={role.id}>
          <button
            type="button"
            aria-current={role.id === openId ? 'true' : undefined}
            onClick={() => onOpen(role.id)}
            className={clsx(
              'flex h-9 w-full items-center gap-2 rounded-md px-3 text-start',
              role.id === openId
                ? 'bg-selected font-medium text-accent-ink'
                : 'text-ink-2 hover:bg-hover hover:text-ink',
            )}
          >
            <bdi className="min-w-0 flex-1 truncate">{role.name}</bdi>
            <span className="text-2xs text-ink-3 tabular-nums">
              {t('people.roleCount', { count: role.userIds.length })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
