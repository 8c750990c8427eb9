import type { AccountId, AuthorKind, ChannelId, ChatId, MessageId, MessageKind } from '@parley/protocol/model'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import { cutText } from '../../lib/cut-text.ts'
import { type MessageContent, QUOTE_LENGTH, type StoredQuote } from '../messages/message-content.ts'
import type { QuotedMessage } from './reply.ts'

/** A message that another one is about. */
export interface FoundMessage {
  kind: MessageKind
  text: string
  content: MessageContent
  quoted: QuotedMessage
}

interface QuotedRow {
  id: MessageId
  chat_id: ChatId
  msgid: string | null
  direction: 'in' | 'out'
  author_kind: AuthorKind
  author_id: string
  author_name: string
  kind: MessageKind
  body: string
  sent_at: Date
  content: MessageContent | null
  client_ref: string
  client_id: string | null
  client_name: string
  bot_client_id: string
}

/** A message of this chat; undefined when there is none. */
export const findInChat = (db: Db, accountId: AccountId, message: { chatId: ChatId; id: MessageId }) =>
  findMessage(db, accountId, message.id, sql`c.id = ${message.chatId}::uuid`)

/** A message of any chat of this channel in the account; undefined when there is none. */
export const findOnChannel = (db: Db, accountId: AccountId, message: { channelId: ChannelId; id: MessageId }) =>
  findMessage(db, accountId, message.id, sql`c.channel_id = ${message.channelId}::uuid`)

async function findMessage(
  db: Db,
  accountId: AccountId,
  id: MessageId,
  where: RawBuilder<unknown>,
): Promise<FoundMessage | undefined> {
  const { rows } = await sql<QuotedRow>`
    select m.id, m.chat_id, m.msgid, m.direction, m.author_kind, m.author_id, m.kind, m.body, m.sent_at, m.content,
      case m.author_kind when 'client' then p.name when 'user' then coalesce(u.name, '') else ch.bot_name end as author_name,
      p.id as client_ref, p.client_id, p.name as client_name, ch.bot_client_id
    from message m
    join chat c on c.account_id = m.account_id and c.id = m.chat_id
    join channel ch on ch.id = c.channel_id
    join participant p on p.account_id = m.account_id and p.id = case m.author_kind when 'client' then m.author_id else c.participant_id end
    left join account_user u on u.account_id = m.account_id and u.amojo_id = m.author_id and m.author_kind = 'user'
    where m.account_id = ${accountId} and m.id = ${id}::uuid and ${where}`.execute(db)
  const [row] = rows
  return row && { kind: row.kind, text: row.body, content: row.content ?? {}, quoted: toQuoted(row) }
}

function toQuoted(row: QuotedRow): QuotedMessage {
  const { media, location, contact } = row.content ?? {}
  const client = { id: row.client_ref, clientId: row.client_id, name: row.client_name }
  const authorClientId = { client: row.client_id, user: null, bot: row.bot_client_id }[row.author_kind]
  return {
    messageId: row.id,
    chatId: row.chat_id,
    msgid: row.msgid,
    author: { id: row.author_id, clientId: authorClientId, name: row.author_name },
    receiver: row.direction === 'out' ? client : null,
    kind: row.kind,
    text: row.body,
    sentAtMs: row.sent_at.getTime(),
    fileName: media?.fileName ?? null,
    sizeBytes: media?.sizeBytes ?? null,
    durationMs: media?.durationMs ?? null,
    fileId: media?.file?.id ?? null,
    thumbnailId: media?.thumbnail?.id ?? null,
    sourceUrl: media?.sourceUrl ?? null,
    ...(location && { location }),
    ...(contact && { contact }),
  }
}

/** What is kept of it: enough to show. */
export function toStoredQuote({ sourceUrl: _, ...quote }: QuotedMessage): StoredQuote {
  return { ...quote, text: cutText(quote.text, QUOTE_LENGTH) }
}
