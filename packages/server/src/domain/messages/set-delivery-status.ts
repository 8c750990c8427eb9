import type {
  AccountId,
  ChannelId,
  ChatId,
  Direction,
  MessageId,
  MessageStatus,
  NotificationKind,
} from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents, type NewEvent } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { isUuid } from '../../lib/page-key.ts'
import type { Deps } from '../deps.ts'

/** What a channel tells of a message it was given to deliver. `sent` is what we know already. */
export type DeliveryReport = { status: 'sent' | 'delivered' | 'read' } | { status: 'failed'; reason: string }

interface About {
  chatId: ChatId
  messageId: MessageId
}

/** A message as far as a report is about it. */
export interface Reported {
  id: MessageId
  chat_id: ChatId
  direction: Direction
  status: MessageStatus
  failure: string | null
}

/**
 * Writes down how far an outgoing message got, and tells the screens when that is news.
 * @param messageRef our id of the message, or else the integration's
 * @throws {AppError} `ORIGIN_MESSAGE_NOT_FOUND` when the connection has no such message; `ORIGIN_INVALID_PAYLOAD` when a client wrote it
 */
export async function setDeliveryStatus(
  { db, nudge }: Pick<Deps, 'db' | 'nudge'>,
  scope: { accountId: AccountId; channelId: ChannelId },
  messageRef: string,
  report: DeliveryReport,
): Promise<void> {
  const wasChanged = await db.transaction().execute(async (tx) => {
    const message = await lockMessage(tx, scope, messageRef)
    const events = await applyReport(tx, scope.accountId, message, report)
    await appendEvents(tx, scope.accountId, events)
    return events.length > 0
  })
  if (wasChanged) nudge(scope.accountId)
}

/**
 * Changes a locked message as a report says; answers the events to append, none when nothing is news.
 * @throws {AppError} `ORIGIN_INVALID_PAYLOAD` when a client wrote the message
 */
export async function applyReport(
  tx: Tx,
  accountId: AccountId,
  message: Reported,
  report: DeliveryReport,
): Promise<NewEvent[]> {
  if (message.direction === 'in') {
    throw new AppError(
      'ORIGIN_INVALID_PAYLOAD',
      'msgid: a client wrote this message; only outgoing ones have a delivery status',
    )
  }
  const next = planStatus(message, report)
  if (next === undefined) return []
  await tx
    .updateTable('message')
    .set({ ...next, next_try_at: null })
    .where('account_id', '=', accountId)
    .where('id', '=', message.id)
    .execute()
  const about = { chatId: message.chat_id, messageId: message.id }
  const notice = next.status === 'failed' ? [await insertNotice(tx, accountId, about)] : []
  return [{ type: 'message.status_changed', ...about }, ...notice]
}

/** Somebody should know that an answer did not arrive. */
async function insertNotice(tx: Tx, accountId: AccountId, { chatId, messageId }: About): Promise<NewEvent> {
  const notice = await tx
    .insertInto('notification')
    .columns(['account_id', 'kind', 'chat_id', 'lead_id', 'message_id'])
    .expression((eb) =>
      eb
        .selectFrom('chat_state')
        .select((select) => [
          'account_id',
          select.val<NotificationKind>('delivery_failed').as('kind'),
          'chat_id',
          'lead_id',
          sql<MessageId>`${messageId}::uuid`.as('message_id'),
        ])
        .where('account_id', '=', accountId)
        .where('chat_id', '=', chatId),
    )
    .returning(['id', 'lead_id'])
    .executeTakeFirstOrThrow()
  return { type: 'notification.created', chatId, leadId: notice.lead_id, notificationId: notice.id }
}

/** What a report makes of a message: reports may come late, twice and out of order. Undefined when nothing changes. */
export function planStatus(
  { status, failure }: Pick<Reported, 'status' | 'failure'>,
  report: DeliveryReport,
): { status: 'delivered' | 'read' | 'failed'; failure: string | null } | undefined {
  switch (report.status) {
    case 'sent':
      return undefined
    case 'delivered':
      return status === 'delivered' || status === 'read' ? undefined : { status: 'delivered', failure: null }
    case 'read':
      return status === 'read' ? undefined : { status: 'read', failure: null }
    case 'failed':
      if (status === 'read' || (status === 'failed' && failure === report.reason)) return undefined
      return { status: 'failed', failure: report.reason }
  }
}

async function lockMessage(
  tx: Tx,
  scope: { accountId: AccountId; channelId: ChannelId },
  ref: string,
): Promise<Reported> {
  const messages = tx
    .selectFrom('message as m')
    .innerJoin('chat as c', (join) => join.onRef('c.account_id', '=', 'm.account_id').onRef('c.id', '=', 'm.chat_id'))
    .where('m.account_id', '=', scope.accountId)
    .where('c.channel_id', '=', scope.channelId)
    .select(['m.id', 'm.chat_id', 'm.direction', 'm.status', 'm.failure'])
    .forUpdate('m')
  const byOurs = isUuid(ref) ? await messages.where('m.id', '=', ref as MessageId).executeTakeFirst() : undefined
  // Only what went out can have a status; an incoming message is looked for by our id alone, to say so.
  const byTheirs = () => messages.where('m.msgid', '=', ref).where('m.direction', '=', 'out').executeTakeFirst()
  const message = byOurs ?? (await byTheirs())
  if (message === undefined) {
    const hint = "put the platform's message id (message.message.id of the hook) in the path"
    throw new AppError(
      'ORIGIN_MESSAGE_NOT_FOUND',
      `msgid: this connection has no outgoing message with this id; ${hint}`,
    )
  }
  return message
}
