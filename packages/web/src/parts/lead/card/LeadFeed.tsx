import type { Chat, ChatId, FeedKind, LeadId } from '@parley/protocol/model'
import { useMemo, useState } from 'react'
import { useFeed } from '../../../data/lead/feed.ts'
import { useNoteOutbox, useOutbox, waitingIn } from '../../../data/outbox/use-outbox.ts'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { joinMessages, joinNotes } from '../../conversation/shown-messages.ts'
import { format } from '../../format.ts'
import { Problem } from '../../Notice.tsx'
import { Tabs } from '../../Tabs.tsx'
import { FeedComposer } from './FeedComposer.tsx'
import { FeedLog } from './FeedLog.tsx'
import { buildFeedRows } from './feed-rows.ts'

interface Props {
  leadId: LeadId
  /** The latest first. */
  chats: readonly Chat[]
}

const FILTERS = ['all', 'message', 'note', 'task', 'change'] as const
type Filter = (typeof FILTERS)[number]
const KINDS: Record<Filter, readonly FeedKind[]> = {
  all: [],
  message: ['message'],
  note: ['note'],
  task: ['task'],
  change: ['change'],
}

/** What happened with a lead, in one line of time, and the reply below it. */
export function LeadFeed({ leadId, chats }: Props) {
  const [filter, setFilter] = useState<Filter>('all')
  const [chosenId, setChosenId] = useState<ChatId>()
  const chat = chats.find(({ id }) => id === chosenId) ?? chats[0]
  const ids = chats.map(({ id }) => id).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same conversations are the same list
  const chatIds = useMemo(() => chats.map(({ id }) => id), [ids])
  const { query, items } = useFeed(leadId, KINDS[filter], chatIds)
  const waiting = useWaiting(chatIds, filter)
  const rows = useMemo(() => buildFeedRows({ items, waiting, chats }, format.dayKey), [items, waiting, chats])
  const messages = useMemo(
    () => [...items.flatMap((item) => (item.kind === 'message' ? item.message : [])), ...waiting.messages],
    [items, waiting],
  )
  const waitingId = [waiting.messages.at(-1)?.id, waiting.notes.at(-1)?.id].filter(Boolean).join(' ') || null
  return (
    <section aria-label={t('card.feed')} className="flex min-h-0 min-w-0 flex-1 flex-col bg-sunken">
      <Tabs
        label={t('card.filter')}
        value={filter}
        onChange={setFilter}
        tabs={FILTERS.map((value) => ({ value, label: t(`card.filters.${value}`) }))}
        className="shrink-0 border-b border-line bg-surface"
      />
      {query.isError && rows.length === 0 ? (
        <Problem title={t('card.feedFailed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <FeedLog
          key={filter}
          {...{ leadId, chats, query, rows, messages, waitingId }}
          chatId={chat?.id}
          onChat={setChosenId}
          hasMessages={filter === 'all' || filter === 'message'}
        />
      )}
      <FeedComposer leadId={leadId} chats={chats} chat={chat} onChat={setChosenId} />
    </section>
  )
}

/** What was written here and the server does not have yet. */
function useWaiting(chatIds: readonly ChatId[], filter: Filter) {
  const me = useMe()
  const replies = useOutbox((state) => state.entries)
  const notes = useNoteOutbox((state) => state.entries)
  return useMemo(() => {
    const isShown = (kind: Filter) => filter === 'all' || filter === kind
    return {
      messages: isShown('message') ? chatIds.flatMap((id) => joinMessages([], waitingIn(replies, id), me)) : [],
      notes: isShown('note') ? chatIds.flatMap((id) => joinNotes([], waitingIn(notes, id), me)) : [],
    }
  }, [chatIds, replies, notes, me, filter])
}
