import type { BuiltInView, ChannelId, ChatId, InboxFilters, InboxSort, InboxView } from '@parley/protocol/model'
import { BUILT_IN, type ChatListOf } from './filters.ts'

/** The address of the inbox: which view, what is narrowed beside it, the order, the open chat. */
export interface InboxSearch {
  /** `open` when absent; the id of a saved view, or the name of a built-in one. */
  view?: string
  sort?: InboxSort
  state?: NonNullable<InboxFilters['state']>
  responsible?: 'me' | 'none' | number
  unread?: true
  waiting?: true
  channel?: ChannelId
  source?: string
  pipeline?: number
  stage?: number
  tag?: number
  /** The open chat. */
  c?: ChatId
  /** A message or a note in it: the conversation opens there, and it is marked. */
  m?: string
}

const DEFAULT_VIEW: BuiltInView = 'open'
const STATES: readonly unknown[] = ['open', 'snoozed', 'closed', 'all']

/** What an address says, as far as it makes sense. */
export function readInboxSearch(given: Readonly<Record<string, unknown>>): InboxSearch {
  const search: InboxSearch = {}
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  const whole = (value: unknown) =>
    Number.isSafeInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined
  const put = <Name extends keyof InboxSearch>(name: Name, value: InboxSearch[Name] | undefined) => {
    if (value !== undefined) search[name] = value
  }
  put('view', given.view === undefined ? undefined : String(given.view))
  put('sort', given.sort === 'waiting' || given.sort === 'newest' ? given.sort : undefined)
  put('state', STATES.includes(given.state) ? (given.state as InboxSearch['state']) : undefined)
  put(
    'responsible',
    given.responsible === 'me' || given.responsible === 'none' ? given.responsible : whole(given.responsible),
  )
  put('unread', given.unread === true || given.unread === 'true' ? true : undefined)
  put('waiting', given.waiting === true || given.waiting === 'true' ? true : undefined)
  put('channel', text(given.channel) as ChannelId | undefined)
  put('source', given.source === undefined ? undefined : text(String(given.source)))
  put('pipeline', whole(given.pipeline))
  put('stage', whole(given.stage))
  put('tag', whole(given.tag))
  put('c', text(given.c) as ChatId | undefined)
  if (search.c !== undefined) put('m', text(given.m))
  return search
}

/** What the address narrows beside its view. */
export function filtersOf(search: InboxSearch): InboxFilters {
  const { state, responsible, unread, waiting, channel, source, pipeline, stage, tag } = search
  const filters = {
    state,
    responsible,
    unread,
    waiting,
    channelId: channel,
    source,
    pipelineId: pipeline,
    stageId: stage,
    tagId: tag,
  }
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as InboxFilters
}

/** The same the other way round; what is not narrowed is absent. */
export function toSearch(filters: InboxFilters): Omit<InboxSearch, 'view' | 'sort' | 'c' | 'm'> {
  const { channelId, pipelineId, stageId, tagId, ...same } = filters
  const search = { ...same, channel: channelId, pipeline: pipelineId, stage: stageId, tag: tagId }
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as InboxSearch
}

export const viewOf = ({ view }: InboxSearch): string => view ?? DEFAULT_VIEW

/** What a view narrows by itself; undefined when there is no such view, or it is not known yet. */
export function filtersOfView(search: InboxSearch, saved: InboxView | undefined): InboxFilters | undefined {
  return saved?.filters ?? (BUILT_IN[viewOf(search) as BuiltInView] as InboxFilters | undefined)
}

/** The list an address means; undefined when its view is not there, or not known yet. */
export function listOf(search: InboxSearch, views: readonly InboxView[] | undefined): ChatListOf | undefined {
  const name = viewOf(search)
  const saved = views?.find((view) => String(view.id) === name)
  const base = filtersOfView(search, saved)
  if (!base) return undefined
  return { filters: { ...base, ...filtersOf(search) }, sort: search.sort ?? saved?.sort ?? 'newest' }
}
