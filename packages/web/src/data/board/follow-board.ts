import type { LeadId, RealtimeEvent } from '@parley/protocol/model'
import type { Query, QueryClient } from '@tanstack/react-query'
import { addApplier } from '../appliers/more.ts'
import { applyToBoard, putCards } from './apply-to-board.ts'
import type { BoardData } from './board-data.ts'
import { type BoardKey, boardKeys, type IncomingKey, type LeadsKey } from './board-keys.ts'
import { countIncoming, getCards, getCounts } from './endpoints.ts'
import { applyToIncoming, type IncomingData, putIncoming } from './incoming-data.ts'
import { applyToLeads, isLeadMissing, type LeadsData } from './leads-data.ts'
import { soon } from './soon.ts'

const CARDS_AT_ONCE = 50
const COUNTS_DELAY_MS = 250
const CARDS_DELAY_MS = 100
const LIST_DELAY_MS = 1000

/** Keeps boards, lists and incoming leads fresh: cards at once, counts and what came newly by a request a moment later. */
function applyBoardEvents(client: QueryClient, events: readonly RealtimeEvent[]): void {
  for (const query of findQueries(client, boardKeys.everyBoard)) {
    const [, pipelineId, filter] = query.queryKey as BoardKey
    client.setQueryData<BoardData>(query.queryKey, (data) => data && applyToBoard(data, events, { pipelineId, filter }))
  }
  for (const query of findQueries(client, boardKeys.everyIncoming))
    client.setQueryData<IncomingData>(query.queryKey, (data) => data && applyToIncoming(data, events))
  for (const query of findQueries(client, boardKeys.everyLeads)) applyToList(client, query, events)
  const changed = events.some(({ type, lead, removedLeadId, hiddenLeadId }) =>
    type === 'hidden' ? hiddenLeadId !== undefined : (lead ?? removedLeadId) !== undefined,
  )
  if (!changed) return
  refreshCounts(client)
  readPartialCards(client)
}

addApplier(applyBoardEvents)

/** What the event shows of is followed; a list that is sorted by it is read again, for the row may belong elsewhere. */
function applyToList(client: QueryClient, query: Query, events: readonly RealtimeEvent[]): void {
  const [, pipelineId, filter] = query.queryKey as LeadsKey
  const before = client.getQueryData<LeadsData>(query.queryKey)
  if (!before) return
  if (isLeadMissing(before, events, { pipelineId, filter })) readListsAgain(client)
  client.setQueryData<LeadsData>(query.queryKey, applyToLeads(before, events, { pipelineId, filter }))
}

const findQueries = (client: QueryClient, queryKey: readonly string[]) => client.getQueryCache().findAll({ queryKey })

/** One of a kind per client: requests are gathered for it alone. */
const gathered = new WeakMap<QueryClient, Gathered>()

interface Gathered {
  counts: (what: readonly true[]) => void
  cards: (ids: readonly LeadId[]) => void
  lists: (what: readonly true[]) => void
}

function gatheredOf(client: QueryClient): Gathered {
  const known = gathered.get(client)
  if (known) return known
  const made: Gathered = {
    counts: soon(COUNTS_DELAY_MS, () => void readCounts(client)),
    cards: soon(CARDS_DELAY_MS, (ids) => void readCards(client, ids)),
    lists: soon(LIST_DELAY_MS, () => void client.invalidateQueries({ queryKey: boardKeys.everyLeads })),
  }
  gathered.set(client, made)
  return made
}

const refreshCounts = (client: QueryClient): void => gatheredOf(client).counts([true])
const readListsAgain = (client: QueryClient): void => gatheredOf(client).lists([true])

/** Leads that events brought: their chats and duplicates are not in a frame. */
function readPartialCards(client: QueryClient): void {
  const boards = findQueries(client, boardKeys.everyBoard).flatMap(
    (query) => (query.state.data as BoardData)?.partial ?? [],
  )
  const lists = findQueries(client, boardKeys.everyIncoming).flatMap(
    (query) => (query.state.data as IncomingData)?.unread ?? [],
  )
  const ids = [...boards, ...lists]
  if (ids.length > 0) gatheredOf(client).cards(ids)
}

async function readCards(client: QueryClient, given: readonly LeadId[]): Promise<void> {
  const ids = [...new Set(given)]
  for (let from = 0; from < ids.length; from += CARDS_AT_ONCE) {
    const asked = ids.slice(from, from + CARDS_AT_ONCE)
    // A request that fails leaves them as they are; the next event asks again.
    const answer = await getCards(asked).catch(() => undefined)
    if (!answer) return
    for (const { queryKey } of findQueries(client, boardKeys.everyBoard))
      client.setQueryData<BoardData>(queryKey, (data) => data && putCards(data, asked, answer.items))
    for (const { queryKey } of findQueries(client, boardKeys.everyIncoming)) {
      const [, wish] = queryKey as IncomingKey
      client.setQueryData<IncomingData>(queryKey, (data) => data && putIncoming(data, asked, answer.items, wish))
    }
  }
}

async function readCounts(client: QueryClient): Promise<void> {
  const isUsed = (query: Query) => query.state.data !== undefined && query.isActive()
  const boards = findQueries(client, boardKeys.everyBoard).filter(isUsed)
  const lists = findQueries(client, boardKeys.everyIncoming).filter(isUsed)
  await Promise.all([...boards.map((query) => readBoardCounts(client, query)), readIncomingCounts(client, lists)])
}

async function readBoardCounts(client: QueryClient, { queryKey }: Query): Promise<void> {
  const [, pipelineId, filter] = queryKey as BoardKey
  const answer = await getCounts(pipelineId, filter).catch(() => undefined)
  if (!answer) return
  const counts = Object.fromEntries(
    answer.items.map(({ stageId, leads, total, isMore }) => [stageId, { leads, total, isMore }]),
  )
  client.setQueryData<BoardData>(queryKey, (data) => data && { ...data, counts })
}

async function readIncomingCounts(client: QueryClient, lists: readonly Query[]): Promise<void> {
  if (lists.length === 0) return
  const answer = await countIncoming().catch(() => undefined)
  if (!answer) return
  for (const { queryKey } of lists)
    client.setQueryData<IncomingData>(queryKey, (data) => data && { ...data, counts: answer.items })
}
