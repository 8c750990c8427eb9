import type { ChatId, InboxView } from '@parley/protocol/model'
import type { ChatListOf } from '../../../data/inbox/filters.ts'
import { type InboxSearch, viewOf } from '../../../data/inbox/search.ts'
import { useChatList } from '../../../data/inbox/use-list.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { ChannelHealth } from '../../../parts/conversation/health/ChannelHealth.tsx'
import { Notice, Problem } from '../../../parts/Notice.tsx'
import { FilterBar } from '../filter/FilterBar.tsx'
import { ChatRowSkeleton } from './ChatRow.tsx'
import { ListHeader } from './ListHeader.tsx'
import { Rows } from './Rows.tsx'
import { ViewTabs } from './ViewTabs.tsx'

const SKELETONS = 14

interface Props {
  search: InboxSearch
  /** Undefined while its view is not known, or when there is none. */
  of: ChatListOf | undefined
  views: readonly InboxView[] | undefined
  onSearch: (change: (search: InboxSearch) => InboxSearch) => void
  onPick: (id: ChatId) => void
}

/** Views, filters, rows: what there is to be done, and what was. */
export function ChatList({ search, of, views, onSearch, onPick }: Props) {
  return (
    <section aria-label={t('inbox.conversations')} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <ListHeader
        sort={of?.sort ?? 'newest'}
        search={search}
        view={views?.find((view) => String(view.id) === viewOf(search))}
        onSearch={onSearch}
      />
      <ViewTabs search={search} of={of} views={views} onSearch={onSearch} />
      <FilterBar search={search} onSearch={onSearch} />
      <ChannelHealth />
      {of ? (
        <List of={of} search={search} onSearch={onSearch} onPick={onPick} />
      ) : views ? (
        <Notice title={t('inbox.noView')} hint={t('inbox.noViewHint')}>
          <Button onClick={() => onSearch(({ c }) => (c ? { c } : {}))}>{t('inbox.showOpen')}</Button>
        </Notice>
      ) : (
        <Skeletons />
      )}
    </section>
  )
}

function List({ of, search, onSearch, onPick }: Omit<Props, 'of' | 'views'> & { of: ChatListOf }) {
  const query = useChatList(of)
  const { data: list } = query
  if (query.isPending) return <Skeletons />
  if (!list) return <Problem title={t('inbox.listFailed')} error={query.error} onRetry={() => void query.refetch()} />
  return <Rows list={list} search={search} onSearch={onSearch} onPick={onPick} />
}

function Skeletons() {
  return (
    <div aria-busy="true" className="min-h-0 flex-1 overflow-hidden">
      {Array.from({ length: SKELETONS }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all alike
        <ChatRowSkeleton key={index} />
      ))}
    </div>
  )
}
