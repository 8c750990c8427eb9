import type { AccountId, ChatId, LeadId, MessageId, MessageStatus, NotificationId } from '@parley/protocol/model'
import type pg from 'pg'
import { type BatchEvent, commitWithEvents } from '../../events/commit-with-events.ts'
import type { DeliveryDeps } from './delivery-deps.ts'
import type { SettledDelivery, Settlement } from './lane.ts'
import * as sql from './statements.ts'

export interface SettledLane {
  /** False: the lease had run out and another worker took the lane. Nothing was changed; that worker sends again. */
  held: boolean
  /** More waits in the lane. */
  hasMore: boolean
}

interface Settled {
  accountId: AccountId
  chatId: ChatId
  delivery: SettledDelivery
}

interface MessageRow {
  account_id: AccountId
  id: MessageId
  chat_id: ChatId
  status: MessageStatus
}

interface NoticeRow {
  account_id: AccountId
  id: NotificationId
  chat_id: ChatId
  message_id: MessageId
  lead_id: LeadId | null
}

/**
 * Writes down what a batch of attempts came to, in one transaction: lanes, deliveries, attempts, messages, events.
 * At most one settlement per lane. Nudges the accounts after the commit.
 *
 * Shape:  one answer per settlement, in their order.
 * Errors: anything thrown has been rolled back whole.
 */
export async function settleBatch(
  { pool, clock, nudge }: Pick<DeliveryDeps, 'pool' | 'clock' | 'nudge'>,
  settlements: readonly Settlement[],
): Promise<SettledLane[]> {
  const client = await pool.connect()
  let failure: unknown
  try {
    const { answers, accounts } = await settleWith(client, settlements, clock.now())
    for (const accountId of accounts) nudge(accountId)
    return answers
  } catch (error) {
    failure = error
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    // After an error the connection may be half dead: it is not used again.
    client.release(failure !== undefined)
  }
}

async function settleWith(client: pg.PoolClient, settlements: readonly Settlement[], now: Date) {
  const begun = client.query('begin')
  const [, hasMoreOf] = await Promise.all([begun, settleLanes(client, settlements, now)])
  const answers = settlements.map(({ lane }) => {
    const hasMore = hasMoreOf.get(keyOf(lane))
    return { held: hasMore !== undefined, hasMore: hasMore ?? false }
  })
  const settled = settlements.flatMap(({ lane, delivery }, index) =>
    delivery && answers[index]?.held ? [{ accountId: lane.accountId, chatId: lane.chatId, delivery }] : [],
  )
  const [messages] = await Promise.all([
    settleMessages(client, settled),
    settleDeliveries(client, settled, now),
    insertAttempts(client, settled),
  ])
  const notices = await notifyOfFailures(client, messages)
  const accounts = await commitWithEvents(client, [...messages.map(statusChanged), ...notices.map(noticeCreated)])
  return { answers, accounts }
}

const keyOf = (lane: { accountId: AccountId; chatId: ChatId }) => `${lane.accountId}/${lane.chatId}`

/** Whether more waits, for each lane that is ours to settle. */
async function settleLanes(
  client: pg.PoolClient,
  settlements: readonly Settlement[],
  now: Date,
): Promise<Map<string, boolean>> {
  // In one order for all workers, so that two of them wait for each other instead of in a circle.
  const sorted = [...settlements].sort((a, b) => compare(keyOf(a.lane), keyOf(b.lane)))
  const { rows } = await client.query<{ account_id: AccountId; chat_id: ChatId; has_more: boolean }>({
    ...sql.settleLanes,
    values: [
      sorted.map(({ lane }) => lane.accountId),
      sorted.map(({ lane }) => lane.chatId),
      sorted.map(({ lane }) => lane.lease),
      sorted.map(({ delivery }) => (delivery && delivery.state !== 'waiting' ? delivery.turn : 0)),
      sorted.map(({ failures }) => failures),
      sorted.map(({ delivery }) => delivery?.nextTryAt ?? null),
      sorted.map(({ leasedUntil }) => leasedUntil),
      now,
    ],
  })
  return new Map(rows.map((row) => [keyOf({ accountId: row.account_id, chatId: row.chat_id }), row.has_more]))
}

async function settleDeliveries(client: pg.PoolClient, settled: readonly Settled[], now: Date): Promise<void> {
  if (settled.length === 0) return
  await client.query({
    ...sql.settleDeliveries,
    values: [
      settled.map(({ accountId }) => accountId),
      settled.map(({ delivery }) => delivery.id),
      settled.map(({ delivery }) => delivery.state),
      settled.map(({ delivery }) => delivery.attempts),
      settled.map(({ delivery }) => delivery.failure),
      now,
    ],
  })
}

async function insertAttempts(client: pg.PoolClient, settled: readonly Settled[]): Promise<void> {
  const tries = settled.flatMap(({ accountId, delivery }) =>
    delivery.attempt ? [{ accountId, deliveryId: delivery.id, number: delivery.attempts, ...delivery.attempt }] : [],
  )
  if (tries.length === 0) return
  await client.query({
    ...sql.insertAttempts,
    values: [
      tries.map((one) => one.accountId),
      tries.map((one) => one.deliveryId),
      tries.map((one) => one.number),
      tries.map((one) => one.url),
      tries.map((one) => one.startedAt),
      tries.map((one) => one.durationMs),
      tries.map((one) => one.status),
      tries.map((one) => one.error),
      tries.map((one) => one.reply),
    ],
  })
}

const STATUS_OF = { delivered: 'sent', waiting: 'queued', given_up: 'failed' } as const

/** Answers the messages that changed. */
async function settleMessages(client: pg.PoolClient, settled: readonly Settled[]): Promise<MessageRow[]> {
  const ofMessages = settled.filter(({ delivery }) => delivery.messageId !== null)
  if (ofMessages.length === 0) return []
  const { rows } = await client.query<MessageRow>({
    ...sql.settleMessages,
    values: [
      ofMessages.map(({ accountId }) => accountId),
      ofMessages.map(({ delivery }) => delivery.messageId),
      ofMessages.map(({ delivery }) => STATUS_OF[delivery.state]),
      ofMessages.map(({ delivery }) => delivery.failure),
      ofMessages.map(({ delivery }) => delivery.nextTryAt),
    ],
  })
  return rows
}

async function notifyOfFailures(client: pg.PoolClient, messages: readonly MessageRow[]): Promise<NoticeRow[]> {
  const failed = messages.filter((message) => message.status === 'failed')
  if (failed.length === 0) return []
  const { rows } = await client.query<NoticeRow>({
    ...sql.insertFailureNotices,
    values: [
      failed.map((message) => message.account_id),
      failed.map((message) => message.chat_id),
      failed.map((message) => message.id),
    ],
  })
  return rows
}

const statusChanged = (row: MessageRow): BatchEvent => ({
  accountId: row.account_id,
  type: 'message.status_changed',
  chatId: row.chat_id,
  messageId: row.id,
})

const noticeCreated = (row: NoticeRow): BatchEvent => ({
  accountId: row.account_id,
  type: 'notification.created',
  chatId: row.chat_id,
  messageId: row.message_id,
  leadId: row.lead_id,
  notificationId: row.id,
})

function compare(a: string, b: string): number {
  if (a < b) return -1
  return a > b ? 1 : 0
}
