import type {
  AccountId,
  AuthorKind,
  ChannelId,
  ChatId,
  Direction,
  MessageId,
  MessageKind,
} from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import { BoundedMap } from '../../lib/bounded-map.ts'
import type { Deps } from '../deps.ts'
import type { MessageContent } from './message-content.ts'

/** Somebody in a chat. Of a client all is there; a user or a bot has an id and a name. */
export interface HistoryPerson {
  id: string
  name: string
  client: { clientId: string | null; avatarUrl: string | null; phone: string | null; email: string | null } | null
}

/** A message as its channel may read it. */
export interface HistoryMessage {
  accountId: AccountId
  id: MessageId
  /** The integration's id, if it gave one. */
  msgid: string | null
  sentAt: Date
  sender: HistoryPerson
  /** Null for what a client wrote. */
  receiver: HistoryPerson | null
  kind: MessageKind
  text: string
  content: MessageContent | null
}

interface HistoryRow {
  id: MessageId
  msgid: string | null
  direction: Direction
  author_kind: AuthorKind
  author_id: string
  author_name: string
  sender_client_id: string | null
  sender_avatar: string | null
  sender_phone: string | null
  sender_email: string | null
  receiver_id: string
  receiver_name: string
  receiver_client_id: string | null
  receiver_avatar: string | null
  receiver_phone: string | null
  receiver_email: string | null
  kind: MessageKind
  body: string
  sent_at: Date
  content: MessageContent | null
}

const statement = statementsOf('messages')

/** The place is found in the index alone; rows are read of those messages only that are answered. */
const historyWhere = (rest: string) => `
  select m.id, m.msgid, m.direction, m.author_kind, m.author_id, m.kind, m.body, m.sent_at, m.content,
    coalesce(s.name, u.name, ch.bot_name) as author_name, s.client_id as sender_client_id, s.avatar_url as sender_avatar,
    s.phone as sender_phone, s.email as sender_email,
    r.id as receiver_id, r.name as receiver_name, r.client_id as receiver_client_id, r.avatar_url as receiver_avatar,
    r.phone as receiver_phone, r.email as receiver_email
  from chat c
  join channel ch on ch.id = c.channel_id
  cross join lateral (
    select p.account_id, p.id from message p
    where p.account_id = c.account_id and p.chat_id = c.id ${rest}) k
  join message m on m.account_id = k.account_id and m.id = k.id
  join participant r on r.account_id = c.account_id and r.id = coalesce(m.receiver_id, c.participant_id)
  left join participant s on s.account_id = c.account_id and s.id = m.author_id and m.author_kind = 'client'
  left join account_user u on u.account_id = c.account_id and u.amojo_id = m.author_id and m.author_kind = 'user'
  where c.account_id = $1 and c.id = $2 and c.channel_id = $3
  order by m.sent_at desc, m.id desc`

const counted = statement('history', historyWhere('order by p.sent_at desc, p.id desc limit $4 offset $5'))

const continued = statement(
  'history_continued',
  historyWhere('and (p.sent_at, p.id) < ($5::timestamptz, $6::uuid) order by p.sent_at desc, p.id desc limit $4'),
)

/** So far back messages are counted on every request: it costs next to nothing, and is exact. */
const CHEAP_OFFSET = 2000
/** So far at most: counting a million takes seconds. Who pages there one page after the other gets there all the same. */
const FARTHEST_JUMP = 100_000
/** How long the end of a page is remembered. */
const REMEMBERED_MS = 60_000

interface PageEnd {
  sentAt: Date
  id: MessageId
  readAtMs: number
}

/** Where deep pages ended, by chat and offset; per database. */
const pageEnds = new WeakMap<Runner, BoundedMap<string, PageEnd>>()

function pageEndsOf(pool: Runner): BoundedMap<string, PageEnd> {
  const known = pageEnds.get(pool) ?? new BoundedMap<string, PageEnd>(5000)
  pageEnds.set(pool, known)
  return known
}

/**
 * A chat's messages for its channel, counted from the newest as the wire wants it.
 *
 * Shape:  at most `limit`; none for a chat that is not there, or another channel's.
 * Order:  newest first, by the sender's clock and then by arrival.
 * Cost:   far back, a page that follows the one read before begins where that ended, whatever has come since.
 * Errors: `ORIGIN_INVALID_PAYLOAD` for a jump too far back.
 */
export async function listHistory(
  { hotPool, clock }: Pick<Deps, 'hotPool' | 'clock'>,
  chat: { accountId: AccountId; channelId: ChannelId; chatId: ChatId },
  { offset, limit }: { offset: number; limit: number },
): Promise<HistoryMessage[]> {
  const { accountId, channelId, chatId } = chat
  const ends = pageEndsOf(hotPool)
  const keyAt = (at: number) => `${channelId}/${accountId}/${chatId}/${at}`
  const nowMs = clock.now().getTime()
  const end = offset > CHEAP_OFFSET ? ends.get(keyAt(offset)) : undefined
  const isFresh = end !== undefined && nowMs - end.readAtMs < REMEMBERED_MS
  if (!isFresh && offset > FARTHEST_JUMP) throw tooFar()
  const values = [accountId, chatId, channelId, limit]
  const rows = isFresh
    ? await run<HistoryRow>(hotPool, continued, [...values, end.sentAt, end.id])
    : await run<HistoryRow>(hotPool, counted, [...values, offset])
  const last = rows.at(-1)
  const next = offset + rows.length
  if (last && next > CHEAP_OFFSET) ends.set(keyAt(next), { sentAt: last.sent_at, id: last.id, readAtMs: nowMs })
  return rows.map((row) => toHistoryMessage(accountId, row))
}

const tooFar = () =>
  new AppError(
    'ORIGIN_INVALID_PAYLOAD',
    `offset: must not be larger than ${FARTHEST_JUMP}, unless the page before was read within the last minute`,
  )

const toHistoryMessage = (accountId: AccountId, row: HistoryRow): HistoryMessage => ({
  accountId,
  id: row.id,
  msgid: row.msgid,
  sentAt: row.sent_at,
  sender: { id: row.author_id, name: row.author_name, client: row.author_kind === 'client' ? senderOf(row) : null },
  receiver: row.direction === 'in' ? null : receiverOf(row),
  kind: row.kind,
  text: row.body,
  content: row.content,
})

const senderOf = (row: HistoryRow) => ({
  clientId: row.sender_client_id,
  avatarUrl: row.sender_avatar,
  phone: row.sender_phone,
  email: row.sender_email,
})

const receiverOf = (row: HistoryRow): HistoryPerson => ({
  id: row.receiver_id,
  name: row.receiver_name,
  client: {
    clientId: row.receiver_client_id,
    avatarUrl: row.receiver_avatar,
    phone: row.receiver_phone,
    email: row.receiver_email,
  },
})
