import type { Figures } from '@parley/protocol/model'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FigureSearch, figuresPath } from '../../data/figures/figure-search.ts'
import { useFigures } from '../../data/figures/figures.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Notice, Problem } from '../../parts/Notice.tsx'
import { SceneFrame } from '../../parts/SceneFrame.tsx'
import { useTitle } from '../../shell/use-title.ts'
import { Charts } from './Charts.tsx'
import { FigureFilters, PeriodPicker } from './FigureFilters.tsx'
import { Totals } from './Totals.tsx'

/** What the account did in some days, and how it did before. */
export function Analytics() {
  useTitle(t('analytics.title'))
  const search = useSearch({ from: '/app/analytics' })
  const navigate = useNavigate()
  const { account } = useMe()
  const path = figuresPath(search, account.timeZone, Date.now())
  const query = useFigures(path)
  const change = (next: FigureSearch) => void navigate({ to: '/analytics', search: next, replace: true })
  return (
    <SceneFrame
      title={t('analytics.title')}
      actions={<PeriodPicker search={search} onChange={change} />}
      toolbar={<FigureFilters search={search} onChange={change} reach={query.data?.reach} />}
    >
      {query.data ? (
        <Shown figures={query.data} path={path} isOld={query.isPlaceholderData} />
      ) : query.isError ? (
        <Problem title={t('analytics.loadFailed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton />
      )}
    </SceneFrame>
  )
}

const REACH_HINTS = { own: 'analytics.ownOnly', group: 'analytics.groupOnly', all: null } as const

function Shown({ figures, path, isOld }: { figures: Figures; path: string; isOld: boolean }) {
  const hint = REACH_HINTS[figures.reach]
  if (!isOld && isEmpty(figures)) return <Notice title={t('analytics.empty')} hint={t('analytics.emptyHint')} />
  return (
    <div
      aria-busy={isOld}
      className={`flex min-h-full flex-col gap-4 bg-canvas p-4 transition-opacity ${isOld ? 'opacity-60' : ''}`}
    >
      <Totals figures={figures} />
      <Charts figures={figures} path={path} />
      <p className="text-xs text-ink-2">
        {hint && `${t(hint)} `}
        {t('analytics.zone', { zone: figures.timeZone })}
      </p>
    </div>
  )
}

const isEmpty = ({ total, previous }: Figures) =>
  [total, previous].every(({ received, sent, leads, won, lost }) => (received ?? 0) + sent + leads + won + lost === 0)

function Skeleton() {
  return (
    <div aria-busy="true" className="grid grid-cols-2 gap-3 p-4 @2xl:grid-cols-4">
      {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key) => (
        <span key={key} className="skeleton h-24 rounded-lg" />
      ))}
      <span className="skeleton col-span-full h-64 rounded-lg" />
      <span className="skeleton col-span-full h-64 rounded-lg" />
    </div>
  )
}
