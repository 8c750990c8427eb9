import type {
  AccountId,
  AuthorKind,
  ChannelId,
  ChatId,
  Direction,
  MessageId,
  MessageStatus,
} from '@parley/protocol/model'
import type { Deps } from '@parley/server/internals'

export interface MessageRow {
  accountId: AccountId
  id: MessageId
  chatId: ChatId
  msgid: string | null
  direction: Direction
  authorKind: AuthorKind
  text: string
  sentAt: Date
  status: MessageStatus
}

/** What is stored, in order of arrival. For what the app API does not show; prefer what a person can see. */
export async function listMessages(db: Deps['db'], channelId: string): Promise<MessageRow[]> {
  const rows = await db
    .selectFrom('message as m')
    .innerJoin('chat as c', (join) => join.onRef('c.account_id', '=', 'm.account_id').onRef('c.id', '=', 'm.chat_id'))
    .selectAll('m')
    .where('c.channel_id', '=', channelId as ChannelId)
    .orderBy('m.received_at')
    .orderBy('m.id')
    .execute()
  return rows.map((row) => ({
    accountId: row.account_id,
    id: row.id,
    chatId: row.chat_id,
    msgid: row.msgid,
    direction: row.direction,
    authorKind: row.author_kind,
    text: row.body,
    sentAt: row.sent_at,
    status: row.status,
  }))
}

export interface AttemptRow {
  messageId: MessageId | null
  attempt: number
  startedAt: Date
  status: number | null
  error: string | null
}

export async function listAttempts(db: Deps['db'], channelId: string): Promise<AttemptRow[]> {
  const rows = await db
    .selectFrom('delivery_attempt as t')
    .innerJoin('delivery as d', (join) =>
      join.onRef('d.account_id', '=', 't.account_id').onRef('d.id', '=', 't.delivery_id'),
    )
    .select(['d.message_id', 't.attempt', 't.started_at', 't.status', 't.error'])
    .where('d.channel_id', '=', channelId as ChannelId)
    .orderBy('t.started_at')
    .orderBy('d.id')
    .orderBy('t.attempt')
    .execute()
  return rows.map((row) => ({
    messageId: row.message_id,
    attempt: row.attempt,
    startedAt: row.started_at,
    status: row.status,
    error: row.error,
  }))
}
