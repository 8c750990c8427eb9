import { BUILT_IN_VIEWS, type BuiltInView, type InboxView } from '@parley/protocol/model'
import { Link } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { ChatListOf } from '../../../data/inbox/filters.ts'
import { type InboxSearch, viewOf } from '../../../data/inbox/search.ts'
import { useTotal } from '../../../data/inbox/use-list.ts'
import { useCounts } from '../../../data/inbox/views.ts'
import { type TextKey, t } from '../../../i18n/t.ts'
import { CountBadge } from '../../../parts/CountBadge.tsx'
import { IconButton } from '../../../parts/IconButton.tsx'
import { TAB } from '../../../parts/tab-classes.ts'
import { useLayer } from '../../../parts/use-layer.ts'

const loadMenu = () => import('../filter/ViewMenu.tsx')
const ViewMenu = lazy(() => loadMenu().then((module) => ({ default: module.ViewMenu })))

const NAMES: Record<BuiltInView, TextKey> = {
  open: 'view.open',
  unread: 'view.unread',
  unassigned: 'view.unassigned',
  mine: 'view.mine',
  all: 'view.all',
}
const MOST_SHOWN = 99_999
const NO_LIST: ChatListOf = { filters: {}, sort: 'newest' }

interface Props {
  search: InboxSearch
  of: ChatListOf | undefined
  views: readonly InboxView[] | undefined
  onSearch: (change: (search: InboxSearch) => InboxSearch) => void
}

/** The lists there are, each with its number, which is always right. */
export function ViewTabs({ search, of, views = [], onSearch }: Props) {
  const { data: counts } = useCounts(of ?? NO_LIST)
  useTotal(of ?? NO_LIST, of && counts?.current)
  const shown = viewOf(search)
  const tabs = [
    ...BUILT_IN_VIEWS.map((view) => ({ view: view as string, name: t(NAMES[view]) })),
    ...views.map((view) => ({ view: String(view.id), name: view.name })),
  ]
  const current = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (shown) current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [shown])

  return (
    <div className="flex shrink-0 items-center border-b border-line">
      <nav
        aria-label={t('view.tabs')}
        className="flex min-w-0 flex-1 gap-1 overflow-x-auto px-2 [scrollbar-width:none]"
      >
        {tabs.map(({ view, name }) => {
          const count = counts?.views[view]
          const isCurrent = view === shown
          return (
            <Link
              key={view}
              ref={isCurrent ? current : undefined}
              to="/inbox"
              search={{ ...(view !== 'open' && { view }), ...(search.c && { c: search.c }) }}
              activeOptions={{ exact: true }}
              // The address has more in it than the view.
              activeProps={{}}
              aria-current={isCurrent ? 'page' : undefined}
              className={TAB}
            >
              <bdi className="max-w-40 truncate">{name}</bdi>
              {count !== undefined && (
                <>
                  <span aria-hidden="true" className="flex">
                    <CountBadge count={count} most={MOST_SHOWN} />
                  </span>
                  <span className="sr-only">{t('view.count', { count })}</span>
                </>
              )}
            </Link>
          )
        })}
      </nav>
      <ViewOptions search={search} views={views} onSearch={onSearch} />
    </div>
  )
}

function ViewOptions({ search, views = [], onSearch }: Pick<Props, 'search' | 'views' | 'onSearch'>) {
  const [isOpen, setOpen] = useState(false)
  const { layer, button, isNeeded } = useLayer(isOpen, setOpen, loadMenu)
  const view = views.find(({ id }) => String(id) === viewOf(search))
  if (!view?.canEdit) return null
  return (
    <span className="flex shrink-0 pe-2">
      <IconButton {...button} label={t('view.options')} aria-haspopup="menu">
        <Ellipsis />
      </IconButton>
      {isNeeded && (
        <Suspense>
          <ViewMenu layer={layer} view={view} views={views} search={search} onSearch={onSearch} />
        </Suspense>
      )}
    </span>
  )
}
