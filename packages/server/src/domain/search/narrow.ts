import type {
  AccountId,
  AmojoId,
  ChannelId,
  ChatId,
  SearchGroup,
  SearchProblem,
  TagId,
  UserId,
} from '@parley/protocol/model'
import type { SearchFilter } from '@parley/protocol/text'
import type { Db } from '../../db/open-database.ts'
import type { Runner } from '../../db/statement.ts'
import type { Clock } from '../../lib/clock.ts'
import { listConnections } from '../deliveries/connection-health.ts'
import { listPipelines } from '../pipelines/pipeline-queries.ts'
import type { Viewer } from '../users/viewer.ts'
import { authorFact, channelFact, chatFact, EARLIEST_MS, kindFact, linkFact, noteFact, personFact } from './facts.ts'
import { readDate } from './read-date.ts'
import { findChatsOf } from './search-names.ts'
import type { Condition } from './search-texts.ts'
import { allOf, anyOf, noneOf } from './to-tsquery.ts'
import { wordsOf } from './words.ts'

/** What the operators of a query come to. */
export interface Narrowing {
  /** For the index of texts: each must hold. */
  facts: string[]
  /** One of them says what is there, not only what is not. */
  hasPositiveFact: boolean
  /** On `h` (a hit among texts), `s` (its chat's state) and `l` (its lead). */
  textConditions: Condition[]
  /** On `l`. */
  leadConditions: Condition[]
  /** On `n`, a row of `search_name`. */
  personConditions: Condition[]
  /** Where an operator that was given makes sense. */
  groups: Set<SearchGroup>
  fromMs: number
  toMs: number
  /** What can match is little, wherever in time it stands. */
  isNarrow: boolean
  /** Something was asked for that there is none of. */
  isImpossible: boolean
  problems: SearchProblem[]
}

export interface NarrowDeps {
  db: Db
  searchPool: Runner
  clock: Pick<Clock, 'now'>
}

const LATEST_MS = Date.UTC(9999, 0, 1)

/** Looks up what the operators name. What there is none of finds nothing, and says so. */
export async function narrow(deps: NarrowDeps, viewer: Viewer, filters: readonly SearchFilter[]): Promise<Narrowing> {
  const narrowing: Narrowing = {
    facts: [],
    hasPositiveFact: false,
    textConditions: [],
    leadConditions: [],
    personConditions: [],
    groups: new Set(['people', 'leads', 'messages']),
    fromMs: EARLIEST_MS,
    toMs: LATEST_MS,
    isNarrow: false,
    isImpossible: false,
    problems: [],
  }
  for (const filter of filters) {
    const reason = await apply(deps, viewer, narrowing, filter)
    if (reason === undefined) continue
    narrowing.isImpossible = true
    narrowing.problems.push({ operator: filter.operator, value: filter.value, reason })
  }
  return narrowing
}

/** Answers what is wrong with the filter. */
async function apply(
  deps: NarrowDeps,
  viewer: Viewer,
  to: Narrowing,
  filter: SearchFilter,
): Promise<string | undefined> {
  const accountId = viewer.account.id
  switch (filter.operator) {
    case 'from':
      return applyFrom(deps, viewer, to, filter)
    case 'channel':
      return applyChannel(deps.db, accountId, to, filter)
    case 'stage':
      return applyStage(deps.db, accountId, to, filter)
    case 'tag':
      return applyTag(deps.db, accountId, to, filter)
    case 'in':
      return applyIn(to, filter)
    case 'has':
      return applyHas(to, filter)
    case 'is':
      return applyIs(deps, viewer, to, filter)
    case 'before':
    case 'after':
      return applyDate(to, filter, viewer.account.timeZone, deps.clock.now().getTime())
  }
}

function addFact(to: Narrowing, isNot: boolean, facts: readonly string[]): undefined {
  to.facts.push(isNot ? noneOf(facts) : anyOf(facts))
  to.hasPositiveFact ||= !isNot
}

function only(to: Narrowing, ...groups: SearchGroup[]): void {
  for (const group of to.groups) if (!groups.includes(group)) to.groups.delete(group)
}

const AUTHORS = { client: 'client', me: 'user', bot: 'bot', team: 'user' } as const

async function applyFrom(
  { db, searchPool }: NarrowDeps,
  { account, user }: Viewer,
  to: Narrowing,
  { value, isNot }: SearchFilter,
): Promise<string | undefined> {
  only(to, 'messages')
  const name = value.toLowerCase()
  if (name === 'me') return addFact(to, isNot, [personFact(user.amojoId)])
  if (name in AUTHORS) return addFact(to, isNot, [authorFact(AUTHORS[name as keyof typeof AUTHORS])])
  const [users, chats] = await Promise.all([
    findUsers(db, account.id, value),
    findChatsOf(searchPool, account.id, wordsOf(value)),
  ])
  if (users.length + chats.length === 0) return `There is nobody called "${value}".`
  const byUsers = users.map((amojoId) => allOf([personFact(amojoId)]))
  const byClients = chats.length === 0 ? [] : [`(${allOf([authorFact('client')])} & ${anyOf(chats.map(chatFact))})`]
  const either = `(${[...byUsers, ...byClients].join(' | ')})`
  to.facts.push(isNot ? `!${either}` : either)
  to.hasPositiveFact ||= !isNot
}

async function findUsers(db: Db, accountId: AccountId, name: string): Promise<AmojoId[]> {
  const users = await db
    .selectFrom('account_user')
    .select(['amojo_id', 'name'])
    .where('account_id', '=', accountId)
    .execute()
  return pickNamed(users, name, (user) => user.name).map((user) => user.amojo_id)
}

/** Those that are called so; when there are none, those whose name's words begin so. */
export function pickNamed<Item>(items: readonly Item[], name: string, nameOf: (item: Item) => string): Item[] {
  const asked = wordsOf(name).map(({ plain }) => plain)
  if (asked.length === 0) return []
  const folded = (item: Item) => wordsOf(nameOf(item)).map(({ plain }) => plain)
  const exact = items.filter((item) => folded(item).join(' ') === asked.join(' '))
  if (exact.length > 0) return exact
  return items.filter((item) => asked.every((word) => folded(item).some((one) => one.startsWith(word))))
}

async function applyChannel(
  db: Db,
  accountId: AccountId,
  to: Narrowing,
  { value, isNot }: SearchFilter,
): Promise<string | undefined> {
  const all = await listConnections(db, accountId)
  const byCode = all.filter(({ code }) => code === value)
  const connections = byCode.length > 0 ? byCode : pickNamed(all, value, ({ title }) => title)
  if (connections.length === 0) return `There is no channel called "${value}".`
  const ids = connections.map(({ channelId }) => channelId)
  addFact(to, isNot, ids.map(channelFact))
  const not = isNot ? 'not ' : ''
  to.leadConditions.push((values) => `${not}coalesce(${channelOfChat('l.chat_id', ids)(values)}, false)`)
  to.personConditions.push((values) => `${not}coalesce(${channelOfChat('any (n.chat_ids)', ids)(values)}, false)`)
}

const channelOfChat =
  (chat: string, ids: readonly ChannelId[]): Condition =>
  (values) =>
    `exists (select from chat c where c.account_id = $1 and c.id = ${chat} and c.channel_id = any (${values.add(ids)}::uuid[]))`

async function applyStage(
  db: Db,
  accountId: AccountId,
  to: Narrowing,
  { value, isNot }: SearchFilter,
): Promise<string | undefined> {
  only(to, 'leads', 'messages')
  const stages = (await listPipelines(db, accountId)).flatMap(({ id, stages: all }) =>
    all.map((stage) => ({ pipelineId: id, stageId: stage.id, name: stage.name })),
  )
  const picked = pickNamed(stages, value, ({ name }) => name)
  if (picked.length === 0) return `There is no stage called "${value}".`
  const condition: Condition = (values) =>
    `${isNot ? 'not ' : ''}coalesce((l.pipeline_id, l.stage_id) in (select * from unnest(
      ${values.add(picked.map(({ pipelineId }) => pipelineId))}::bigint[],
      ${values.add(picked.map(({ stageId }) => stageId))}::bigint[])), false)`
  to.textConditions.push(condition)
  to.leadConditions.push(condition)
}

async function applyTag(
  db: Db,
  accountId: AccountId,
  to: Narrowing,
  { value, isNot }: SearchFilter,
): Promise<string | undefined> {
  const tags = await db.selectFrom('tag').select(['id', 'name']).where('account_id', '=', accountId).execute()
  const ids = pickNamed(tags, value, ({ name }) => name).map(({ id }) => id)
  if (ids.length === 0) return `There is no tag called "${value}".`
  const not = isNot ? 'not ' : ''
  const lead = tagged('lead_tag', 'lead_id = l.id', ids)
  const person = tagged('contact_tag', "contact_id = case when n.kind = 'contact' then n.id::bigint end", ids)
  to.textConditions.push((values) => not + lead(values))
  to.leadConditions.push((values) => not + lead(values))
  to.personConditions.push((values) => not + person(values))
}

const tagged =
  (table: 'lead_tag' | 'contact_tag', is: string, ids: readonly TagId[]): Condition =>
  (values) =>
    `exists (select from ${table} x where x.account_id = $1 and x.${is} and x.tag_id = any (${values.add(ids)}::bigint[]))`

function applyIn(to: Narrowing, { value, isNot }: SearchFilter): string | undefined {
  only(to, 'messages')
  const place = value.toLowerCase()
  if (!/^(notes?|messages?)$/.test(place)) return 'Use in:note or in:message.'
  addFact(to, place.startsWith('message') !== isNot, [noteFact])
}

const HAS: Record<string, readonly string[]> = {
  file: [kindFact('file')],
  picture: [kindFact('picture')],
  photo: [kindFact('picture')],
  image: [kindFact('picture')],
  video: [kindFact('video')],
  voice: [kindFact('voice')],
  audio: [kindFact('audio'), kindFact('voice')],
  sticker: [kindFact('sticker')],
  location: [kindFact('location')],
  contact: [kindFact('contact')],
  link: [linkFact],
}

export const HAS_VALUES = ['file', 'picture', 'voice', 'video', 'audio', 'link', 'location', 'contact']

function applyHas(to: Narrowing, { value, isNot }: SearchFilter): string | undefined {
  only(to, 'messages')
  const facts = HAS[value.toLowerCase()]
  if (!facts) return `Use one of ${Object.keys(HAS).join(', ')}.`
  addFact(to, isNot, facts)
}

/** Of a chat (`s`) and its lead (`l`). */
const IS: Record<string, string | ((userId: UserId) => string)> = {
  unread: 's.unread > 0',
  waiting: 's.waiting_since is not null',
  closed: 's.closed_at is not null',
  incoming: 'l.is_incoming',
  unassigned: 'l.id is not null and l.responsible_user_id is null',
  mine: (userId) => `l.responsible_user_id = ${Number(userId)}`,
}

export const IS_VALUES = Object.keys(IS)

/** Of the inbox's rows: of these there are often so few that the index is asked for just their messages. */
const RARE: Record<string, string> = { unread: 'is_unread', waiting: 'waiting_minute is not null' }
const FEW_CHATS = 300

async function applyIs(
  { searchPool }: NarrowDeps,
  { account, user }: Viewer,
  to: Narrowing,
  { value, isNot }: SearchFilter,
): Promise<string | undefined> {
  only(to, 'leads', 'messages')
  const name = value.toLowerCase()
  const is = Object.hasOwn(IS, name) ? IS[name] : undefined
  if (is === undefined) return `Use one of ${Object.keys(IS).join(', ')}.`
  const condition = typeof is === 'string' ? is : is(user.id)
  const rare = RARE[name]
  if (rare !== undefined && !isNot) await keepToChats(searchPool, account.id, to, rare)
  const not = isNot ? 'not ' : ''
  to.textConditions.push(() => `${not}coalesce(${condition}, false)`)
  to.leadConditions.push(() =>
    condition.startsWith('s.')
      ? `${not}exists (select from talk t join chat_state s on s.account_id = $1 and s.chat_id = t.chat_id and s.lead_id = l.id
          where t.account_id = $1 and t.lead_id = l.id and ${condition})`
      : `${not}coalesce(${condition}, false)`,
  )
}

/** Those alone are looked through, unless they are many. */
async function keepToChats(pool: Runner, accountId: AccountId, to: Narrowing, condition: string): Promise<void> {
  const { rows } = await pool.query<{ chat_id: ChatId }>({
    text: `select chat_id from inbox_chat where account_id = $1 and ${condition} limit ${FEW_CHATS + 1}`,
    values: [accountId],
  })
  if (rows.length > FEW_CHATS) return
  if (rows.length === 0) to.isImpossible = true
  else to.facts.push(anyOf(rows.map(({ chat_id }) => chatFact(chat_id))))
  to.isNarrow = true
}

function applyDate(
  to: Narrowing,
  { operator, value, isNot }: SearchFilter,
  timeZone: string,
  nowMs: number,
): string | undefined {
  only(to, 'messages')
  const date = readDate(value, timeZone, nowMs)
  if (!date) return 'Use a date like 2026-03-01, a month like 2026-03, a year, today or yesterday.'
  // Not before it: from its beginning on.
  if ((operator === 'before') === isNot) to.fromMs = Math.max(to.fromMs, date.fromMs)
  else to.toMs = Math.min(to.toMs, date.fromMs)
}
