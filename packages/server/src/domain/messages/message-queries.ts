import type {
  AccountId,
  AuthorKind,
  ChatId,
  Direction,
  Message,
  MessageId,
  MessageKind,
  MessageStatus,
  Reaction,
} from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import type { MessageContent, StoredReaction } from './message-content.ts'
import { presentContent } from './present-content.ts'

interface MessageRow {
  id: MessageId
  chat_id: ChatId
  direction: Direction
  author_kind: AuthorKind
  author_id: string
  author_name: string
  kind: MessageKind
  body: string
  sent_at: Date
  received_at: Date
  status: MessageStatus
  failure: string | null
  next_try_at: Date | null
  content: MessageContent | null
  reactions: StoredReaction[] | null
  edited_at: Date | null
}

const statement = statementsOf('messages')

/** Every read of messages is made of this, and so carries its tenant ($1). */
const messagesWhere = (rest: string, direction: 'asc' | 'desc' = 'desc') => `
  select m.id, m.chat_id, m.direction, m.author_kind, m.author_id, m.kind, m.body, m.sent_at, m.received_at, m.status,
    m.failure, m.next_try_at, m.content, m.reactions, m.edited_at, coalesce(p.name, u.name, ch.bot_name) as author_name
  from (select * from message m where m.account_id = $1 ${rest}) m
  join chat c on c.account_id = m.account_id and c.id = m.chat_id
  join channel ch on ch.id = c.channel_id
  left join participant p on p.account_id = m.account_id and p.id = m.author_id and m.author_kind = 'client'
  left join account_user u on u.account_id = m.account_id and u.amojo_id = m.author_id and m.author_kind = 'user'
  order by m.sent_at ${direction}, m.id ${direction}`

const runOf = (name: string, condition: string, direction: 'asc' | 'desc') =>
  statement(
    name,
    messagesWhere(
      `and m.chat_id = $2 ${condition} order by m.sent_at ${direction}, m.id ${direction} limit $3`,
      direction,
    ),
  )

const PLACE = '($4::timestamptz, $5::uuid)'
const newest = runOf('newest', '', 'desc')
const runs = {
  older: runOf('older', `and (m.sent_at, m.id) < ${PLACE}`, 'desc'),
  upTo: runOf('up_to', `and (m.sent_at, m.id) <= ${PLACE}`, 'desc'),
  newer: runOf('newer', `and (m.sent_at, m.id) > ${PLACE}`, 'asc'),
}

const byIds = statement('by_ids', messagesWhere('and m.id = any ($2::uuid[])'))

/** A place in a conversation; both together are the order: the sender's clock, then arrival. */
export interface MessagePlace {
  at: Date
  id: string
}

export interface MessageRun {
  /** `upTo` includes what stands at the place itself. */
  direction: 'older' | 'upTo' | 'newer'
  /** Undefined: from the newest on. */
  from: MessagePlace | undefined
  limit: number
}

/** A run of a chat's messages, nearest to the place first. An unknown chat has none. */
export async function listMessages(
  pool: Runner,
  accountId: AccountId,
  chatId: ChatId,
  { direction, from, limit }: MessageRun,
): Promise<Message[]> {
  const values = [accountId, chatId, limit, ...(from ? [from.at, from.id] : [])]
  const rows = await run<MessageRow>(pool, from ? runs[direction] : newest, values)
  return rows.map((row) => toMessage(accountId, row))
}

/** Those of the ids that are messages of this account. */
export async function findMessages(pool: Runner, accountId: AccountId, ids: readonly MessageId[]): Promise<Message[]> {
  if (ids.length === 0) return []
  const rows = await run<MessageRow>(pool, byIds, [accountId, ids])
  return rows.map((row) => toMessage(accountId, row))
}

/** @throws {AppError} `not_found`: no such message in this chat of this account */
export async function getMessage(pool: Runner, accountId: AccountId, chatId: ChatId, id: MessageId): Promise<Message> {
  const [message] = await findMessages(pool, accountId, [id])
  if (message?.chatId !== chatId) throw new AppError('not_found', 'There is no such message in this chat.')
  return message
}

function toMessage(accountId: AccountId, row: MessageRow): Message {
  const message: Message = {
    id: row.id,
    chatId: row.chat_id,
    direction: row.direction,
    author: { id: row.author_id, kind: row.author_kind, name: row.author_name },
    kind: row.kind,
    text: row.body,
    sentAt: row.sent_at.getTime(),
    receivedAt: row.received_at.getTime(),
    status: row.status,
    failure: row.failure === null ? null : { reason: row.failure, nextTryAt: row.next_try_at?.getTime() ?? null },
  }
  if (row.content) Object.assign(message, presentContent(accountId, row.content))
  if (row.reactions) message.reactions = row.reactions.map(presentReaction)
  if (row.edited_at) message.editedAt = row.edited_at.getTime()
  return message
}

const presentReaction = ({ emoji, authorId, authorKind, name }: StoredReaction): Reaction => ({
  emoji,
  author: { id: authorId, kind: authorKind, name },
})
