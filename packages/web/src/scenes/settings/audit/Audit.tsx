import type { UserId } from '@parley/protocol/model'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { RefreshCw, ScrollText } from 'lucide-react'
import { useMemo } from 'react'
import { auditQuery, teamQuery } from '../../../data/people/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { DateTimeField } from '../../../parts/DateTimeField.tsx'
import { IconButton } from '../../../parts/IconButton.tsx'
import { Notice, Problem, ProblemLine } from '../../../parts/Notice.tsx'
import { Select } from '../../../parts/Select.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { AuditRow } from './AuditRow.tsx'
import { AUDIT_KIND_NAMES, AUDIT_KINDS, type AuditKind, periodOf } from './kinds.ts'

interface AuditSearch {
  user?: number
  kind?: AuditKind
  from?: string
  to?: string
}

const ANY = 'any'

/** Who did what to log-ins, rights and data. What is asked for stands in the address. */
export function Audit() {
  const search = useSearch({ strict: false }) as AuditSearch
  const { user, kind, from, to } = search
  const filter = useMemo(
    () => ({
      ...(user !== undefined && { user: Number(user) as UserId }),
      ...(kind && AUDIT_KINDS[kind] && { actions: AUDIT_KINDS[kind] }),
      ...periodOf(from, to),
    }),
    [user, kind, from, to],
  )
  const query = useInfiniteQuery(auditQuery(filter))
  const entries = query.data?.pages.flatMap((page) => page.items)
  return (
    <SettingsPage
      title={t('settings.audit')}
      hint={t('audit.hint')}
      width="wide"
      actions={
        <IconButton label={t('audit.refresh')} onClick={() => void query.refetch()}>
          <RefreshCw />
        </IconButton>
      }
      toolbar={<Filters search={search} />}
    >
      {query.isError && !entries ? (
        <Problem title={t('settings.loadFailed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : !entries ? (
        <SkeletonRows count={10} height={52} hasDisc />
      ) : entries.length === 0 ? (
        <Notice
          title={t('audit.none')}
          hint={t('audit.noneHint')}
          drawing={<ScrollText size={28} strokeWidth={1.6} aria-hidden="true" className="text-ink-3" />}
        />
      ) : (
        <>
          <ul aria-label={t('settings.audit')} className="divide-y divide-line rounded-lg border border-line">
            {entries.map((entry) => (
              <AuditRow key={entry.id} entry={entry} />
            ))}
          </ul>
          {query.isFetchNextPageError ? (
            <ProblemLine title={t('settings.loadFailed')} onRetry={() => void query.fetchNextPage()} />
          ) : (
            query.hasNextPage && (
              <Button
                className="self-center"
                disabled={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {t('audit.more')}
              </Button>
            )
          )}
        </>
      )}
    </SettingsPage>
  )
}

function Filters({ search }: { search: AuditSearch }) {
  const navigate = useNavigate()
  const { data: team = [] } = useQuery(teamQuery)
  function change(patch: { [Key in keyof AuditSearch]: AuditSearch[Key] | undefined }) {
    const next = Object.fromEntries(Object.entries({ ...search, ...patch }).filter(([, value]) => value))
    void navigate({ to: '/settings/$section', params: { section: 'audit' }, search: next, replace: true })
  }
  return (
    <>
      <Select
        label={t('audit.who')}
        isLabelHidden
        className="min-w-36 flex-1 basis-36 @xl:max-w-48"
        options={[
          { value: ANY, label: t('audit.anybody') },
          ...team.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        value={search.user === undefined ? ANY : String(search.user)}
        onChange={(value) => change({ user: value === ANY ? undefined : Number(value) })}
      />
      <Select
        label={t('audit.what')}
        isLabelHidden
        className="min-w-36 flex-1 basis-36 @xl:max-w-52"
        options={[
          { value: ANY, label: t('audit.anything') },
          ...AUDIT_KIND_NAMES.map((value) => ({ value, label: t(`audit.kind.${value}`) })),
        ]}
        value={search.kind ?? ANY}
        onChange={(value) => change({ kind: value === ANY ? undefined : (value as AuditKind) })}
      />
      <DateTimeField
        label={t('audit.from')}
        isLabelHidden
        kind="date"
        className="w-36"
        value={search.from ?? ''}
        onChange={(value) => change({ from: value || undefined })}
      />
      <span aria-hidden="true" className="text-ink-3">
        –
      </span>
      <DateTimeField
        label={t('audit.to')}
        isLabelHidden
        kind="date"
        className="w-36"
        value={search.to ?? ''}
        onChange={(value) => change({ to: value || undefined })}
      />
    </>
  )
}
