import type { InboxSort, InboxView } from '@parley/protocol/model'
import { ArrowDownNarrowWide, ListFilter } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { InboxSearch } from '../../../data/inbox/search.ts'
import { t } from '../../../i18n/t.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { useShortcuts } from '../../../parts/shortcuts/use-shortcuts.ts'
import { useLayer } from '../../../parts/use-layer.ts'

const loadSort = () => import('./SortMenu.tsx')
const SortMenu = lazy(() => loadSort().then((module) => ({ default: module.SortMenu })))
const loadFilter = () => import('../filter/FilterPopover.tsx')
const FilterPopover = lazy(() => loadFilter().then((module) => ({ default: module.FilterPopover })))

interface Props {
  sort: InboxSort
  search: InboxSearch
  /** The saved view that is shown. */
  view: InboxView | undefined
  onSearch: (change: (search: InboxSearch) => InboxSearch) => void
}

export function ListHeader({ sort, search, view, onSearch }: Props) {
  const [isSortOpen, setSortOpen] = useState(false)
  const [isFilterOpen, setFilterOpen] = useState(false)
  const order = useLayer(isSortOpen, setSortOpen, loadSort)
  const filter = useLayer(isFilterOpen, setFilterOpen, loadFilter)
  useShortcuts([{ keys: 'f', label: 'keys.filter', group: 'inbox', run: () => setFilterOpen(true) }])
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 ps-4 pe-2">
      <h1 className="me-auto truncate text-lg font-semibold tracking-[-.01em]">{t('inbox.title')}</h1>
      <IconButton {...order.button} label={t('inbox.sort')} aria-haspopup="menu">
        <ArrowDownNarrowWide />
      </IconButton>
      <IconButton {...filter.button} label={t('filter.add')} keys="F" aria-haspopup="dialog">
        <ListFilter />
      </IconButton>
      <Suspense>
        {order.isNeeded && (
          <SortMenu layer={order.layer} sort={sort} onSort={(next) => onSearch((held) => ({ ...held, sort: next }))} />
        )}
        {filter.isNeeded && <FilterPopover layer={filter.layer} search={search} view={view} onSearch={onSearch} />}
      </Suspense>
    </header>
  )
}
