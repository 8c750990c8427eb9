import type { ChatId, MessageHit, SearchAnswer, SearchGroup, SearchHits } from '@parley/protocol/model'
import { readPageKey, writePageKey } from '../../lib/page-key.ts'
import type { Deps } from '../deps.ts'
import { ownersFor, type Viewer } from '../users/viewer.ts'
import { chatFact } from './facts.ts'
import { readNameKey, writeNameKey } from './name-key.ts'
import { type Narrowing, narrow } from './narrow.ts'
import { type ParsedQuery, parseQuery, type Term } from './parse-query.ts'
import { type Asked, presentLeads, presentPeople, presentTexts } from './present-hits.ts'
import { leadsSeenBy, type NameHit, peopleSeenBy, type Scope, searchNames } from './search-names.ts'
import { NO_ID, searchTexts, type TextHit } from './search-texts.ts'
import { findStems } from './stems.ts'
import { anyOf, toTsquery } from './to-tsquery.ts'

export type SearchDeps = Pick<Deps, 'db' | 'hotPool' | 'searchPool' | 'clock'>

export interface SearchRequest {
  q: string
  groups: readonly SearchGroup[]
  /** Of one group only. */
  after: string | undefined
  limit: number
}

/**
 * Looks for people, leads and messages.
 *
 * Shape:  of each group at most `limit`, and the key of its next page.
 * Order:  messages by time, the newest first; people and leads: those whose name begins so first, then the newest.
 * Rights: what the viewer may not see is neither found nor counted.
 * Errors: `invalid_request` when too much matches to be looked through in time, or when `after` was not given out.
 */
export async function search(deps: SearchDeps, viewer: Viewer, request: SearchRequest): Promise<SearchAnswer> {
  const query = parseQuery(request.q)
  const narrowing = await narrow(deps, viewer, query.filters)
  const asked = await understand(deps, query)
  const wants = (group: SearchGroup) => request.groups.includes(group)
  const answers = (group: SearchGroup) => narrowing.groups.has(group) && !narrowing.isImpossible
  const ask: Question = { deps, viewer, narrowing, asked, page: request }
  const [people, leads, messages] = await Promise.all([
    wants('people') ? (answers('people') ? searchPeople(ask) : NOTHING) : undefined,
    wants('leads') ? (answers('leads') ? searchLeads(ask) : NOTHING) : undefined,
    wants('messages') ? (answers('messages') ? searchMessages(ask) : NOTHING) : undefined,
  ])
  return {
    ...(people && { people }),
    ...(leads && { leads }),
    ...(messages && { messages }),
    problems: narrowing.problems,
  }
}

/** Looks within one conversation, which the viewer is known to see. */
export async function searchChat(
  deps: SearchDeps,
  viewer: Viewer,
  chatId: ChatId,
  request: Pick<SearchRequest, 'q' | 'after' | 'limit'>,
): Promise<SearchHits<MessageHit>> {
  const query = parseQuery(request.q)
  const narrowing = await narrow(deps, viewer, query.filters)
  if (narrowing.isImpossible) return NOTHING
  const asked = await understand(deps, query)
  return searchMessages({ deps, viewer, narrowing, asked, page: request }, chatId)
}

interface Question {
  deps: SearchDeps
  viewer: Viewer
  narrowing: Narrowing
  asked: Asked
  page: { after: string | undefined; limit: number }
}

const NOTHING = { items: [], next: null, total: { count: 0, isMore: false }, searchedTo: null }

async function understand({ searchPool }: SearchDeps, { terms }: ParsedQuery): Promise<Asked> {
  const words = terms.flatMap((term) => (term.kind === 'word' ? [term.word] : []))
  return { terms, stems: await findStems(searchPool, words) }
}

async function searchPeople({ deps, viewer, narrowing, asked, page }: Question) {
  const scope = peopleSeenBy(ownersFor(viewer, 'contacts'), ownersFor(viewer, 'leads'))
  return pageOfNames(
    { deps, viewer, narrowing, asked, page },
    { scope, conditions: narrowing.personConditions },
    (hits) => presentPeople(deps, viewer.account.id, hits, asked),
  )
}

async function searchLeads({ deps, viewer, narrowing, asked, page }: Question) {
  const scope = leadsSeenBy(ownersFor(viewer, 'leads'))
  return pageOfNames(
    { deps, viewer, narrowing, asked, page },
    { scope, conditions: narrowing.leadConditions },
    (hits) => presentLeads(deps, viewer.account.id, hits, asked),
  )
}

async function pageOfNames<Hit>(
  { deps, viewer, asked, page }: Question,
  { scope, conditions }: { scope: Scope; conditions: Narrowing['leadConditions'] },
  present: (hits: readonly NameHit[]) => Promise<Hit[]>,
): Promise<SearchHits<Hit>> {
  const { terms } = asked
  // Who is not called something is everybody.
  if (!terms.some(isPositive)) return NOTHING
  const { limit } = page
  const after = page.after === undefined ? undefined : readNameKey(page.after)
  const accountId = viewer.account.id
  const hits = await searchNames(deps.searchPool, { accountId, terms, conditions, limit, after }, scope)
  const last = hits[limit - 1]
  const next = hits.length > limit && last ? writeNameKey(last.place) : null
  const items = await present(hits.slice(0, limit))
  return { items, next, total: { count: items.length, isMore: next !== null }, searchedTo: null }
}

const isPositive = ({ isNot }: Term) => !isNot

async function searchMessages(
  { deps, viewer, narrowing, asked, page }: Question,
  chatId?: ChatId,
): Promise<SearchHits<MessageHit>> {
  const { terms, stems } = asked
  const facts = [...narrowing.facts, ...(chatId === undefined ? [] : [anyOf([chatFact(chatId)])])]
  const isAsking = terms.some(isPositive) || narrowing.hasPositiveFact
  if (!isAsking) return NOTHING
  const { limit } = page
  const { hits, searchedTo } = await searchTexts(deps, {
    accountId: viewer.account.id,
    tsquery: toTsquery(terms, stems, facts),
    conditions: [...narrowing.textConditions, ...(chatId === undefined ? [] : [ofChat(chatId)])],
    owners: { leads: ownersFor(viewer, 'leads'), contacts: ownersFor(viewer, 'contacts') },
    before: page.after === undefined ? undefined : readTextKey(page.after),
    fromMs: narrowing.fromMs,
    toMs: narrowing.toMs,
    limit,
    hasPhrase: terms.some(({ kind, isNot }) => kind === 'phrase' && !isNot),
    isNarrow: narrowing.isNarrow || chatId !== undefined,
  })
  const items = await presentTexts(deps, viewer.account.id, hits.slice(0, limit), asked)
  const next = nextText(hits, limit, searchedTo)
  return { items, next, total: { count: items.length, isMore: next !== null }, searchedTo }
}

const ofChat = (chatId: ChatId) => (values: { add(value: unknown): string }) =>
  `h.chat_id = ${values.add(chatId)}::uuid`

function nextText(hits: readonly TextHit[], limit: number, searchedTo: number | null): string | null {
  const last = hits[limit - 1]
  if (hits.length > limit && last) return writePageKey(last.at, last.id)
  return searchedTo === null ? null : writePageKey(searchedTo, NO_ID)
}

const LAST_MOMENT = 8.64e15

function readTextKey(key: string): { at: number; id: string } {
  const { numbers, id } = readPageKey(key, 1)
  const at = numbers[0] ?? 0
  return { at: Math.max(0, Math.min(at, LAST_MOMENT)), id }
}
