import type { AccountId, ChatId, LeadId, MessageId, MessageStatus, NotificationId } from '@parley/protocol/model'
import type pg from 'pg'
import { inOneWrite, plainColumn, run, withClient } from '../../db/statement.ts'
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
  const { answers, accounts } = await withClient(pool, async (client) => {
    try {
      return await settleWith(client, settlements, clock.now())
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    }
  })
  for (const accountId of accounts) nudge(accountId)
  return answers
}

interface SettledBatch {
  answers: SettledLane[]
  /** To nudge. */
  accounts: AccountId[]
}

async function settleWith(client: pg.ClientBase, settlements: readonly Settlement[], now: Date): Promise<SettledBatch> {
  const { moreIn, messages } = await writeAsIfHeld(client, settlements, now)
  const held = settlements.filter(({ lane }) => moreIn.has(keyOf(lane)))
  if (held.length < settlements.length) {
    // Some lane is another worker's by now: nothing of this stands, and the rest is written again without it.
    await client.query('rollback')
    const rest = held.length > 0 ? await settleWith(client, held, now) : { answers: [], accounts: [] }
    const answerOf = new Map(held.map(({ lane }, index) => [keyOf(lane), rest.answers[index]]))
    return { answers: settlements.map(({ lane }) => answerOf.get(keyOf(lane)) ?? LOST), accounts: rest.accounts }
  }
  const notices = await notifyOfFailures(client, messages)
  const accounts = await commitWithEvents(client, [...messages.map(statusChanged), ...notices.map(noticeCreated)])
  const answers = settlements.map(({ lane }) => ({ held: true, hasMore: moreIn.get(keyOf(lane)) ?? false }))
  return { answers, accounts }
}

const LOST: SettledLane = { held: false, hasMore: false }

const keyOf = (lane: { accountId: AccountId; chatId: ChatId }) => `${lane.accountId}/${lane.chatId}`

/** All at once, in one write: that a lane was lost is rare, and then all of it is undone. */
async function writeAsIfHeld(client: pg.ClientBase, settlements: readonly Settlement[], now: Date) {
  const settled = settlements.flatMap(({ lane, delivery }) =>
    delivery ? [{ accountId: lane.accountId, chatId: lane.chatId, delivery }] : [],
  )
  const [, moreIn, , , messages] = await inOneWrite(client, () =>
    Promise.all([
      client.query('begin'),
      settleLanes(client, settlements, now),
      settleDeliveries(client, settled, now),
      insertAttempts(client, settled),
      settleMessages(client, settled),
    ]),
  )
  return { moreIn, messages }
}

/** Whether more waits, for each lane that is ours to settle. */
async function settleLanes(
  client: pg.ClientBase,
  settlements: readonly Settlement[],
  now: Date,
): Promise<Map<string, boolean>> {
  // In one order for all workers, so that two of them wait for each other instead of in a circle.
  const sorted = [...settlements].sort(
    (a, b) => a.lane.accountId - b.lane.accountId || (a.lane.chatId < b.lane.chatId ? -1 : 1),
  )
  const rows = await run<{ account_id: AccountId; chat_id: ChatId; has_more: boolean }>(client, sql.settleLanes, [
    plainColumn(sorted, ({ lane }) => lane.accountId),
    plainColumn(sorted, ({ lane }) => lane.chatId),
    plainColumn(sorted, ({ lane }) => lane.lease),
    plainColumn(sorted, ({ delivery }) => (delivery && delivery.state !== 'waiting' ? delivery.turn : 0)),
    plainColumn(sorted, ({ failures }) => failures),
    plainColumn(sorted, ({ delivery }) => timeOf(delivery?.nextTryAt)),
    plainColumn(sorted, ({ leasedUntil }) => timeOf(leasedUntil)),
    now,
  ])
  return new Map(rows.map((row) => [keyOf({ accountId: row.account_id, chatId: row.chat_id }), row.has_more]))
}

const timeOf = (time: Date | null | undefined) => time?.toISOString() ?? null

async function settleDeliveries(client: pg.ClientBase, settled: readonly Settled[], now: Date): Promise<void> {
  if (settled.length === 0) return
  await run(client, sql.settleDeliveries, [
    plainColumn(settled, ({ accountId }) => accountId),
    plainColumn(settled, ({ delivery }) => delivery.id),
    plainColumn(settled, ({ delivery }) => delivery.state),
    plainColumn(settled, ({ delivery }) => delivery.attempts),
    settled.map(({ delivery }) => delivery.failure),
    now,
  ])
}

async function insertAttempts(client: pg.ClientBase, settled: readonly Settled[]): Promise<void> {
  const tries = settled.flatMap(({ accountId, delivery }) =>
    delivery.attempt ? [{ accountId, deliveryId: delivery.id, number: delivery.attempts, ...delivery.attempt }] : [],
  )
  if (tries.length === 0) return
  await run(client, sql.insertAttempts, [
    plainColumn(tries, (one) => one.accountId),
    plainColumn(tries, (one) => one.deliveryId),
    plainColumn(tries, (one) => one.number),
    tries.map((one) => one.url),
    plainColumn(tries, (one) => one.startedAt.toISOString()),
    plainColumn(tries, (one) => one.durationMs),
    plainColumn(tries, (one) => one.status),
    tries.map((one) => one.error),
    tries.map((one) => one.reply),
  ])
}

const STATUS_OF = { delivered: 'sent', waiting: 'queued', given_up: 'failed' } as const

/** Answers the messages that changed. */
async function settleMessages(client: pg.ClientBase, settled: readonly Settled[]): Promise<MessageRow[]> {
  const ofMessages = settled.filter(({ delivery }) => delivery.messageId !== null)
  if (ofMessages.length === 0) return []
  return run<MessageRow>(client, sql.settleMessages, [
    plainColumn(ofMessages, ({ accountId }) => accountId),
    plainColumn(ofMessages, ({ delivery }) => delivery.messageId),
    plainColumn(ofMessages, ({ delivery }) => STATUS_OF[delivery.state]),
    ofMessages.map(({ delivery }) => delivery.failure),
    plainColumn(ofMessages, ({ delivery }) => timeOf(delivery.nextTryAt)),
  ])
}

async function notifyOfFailures(client: pg.ClientBase, messages: readonly MessageRow[]): Promise<NoticeRow[]> {
  const failed = messages.filter((message) => message.status === 'failed')
  if (failed.length === 0) return []
  return run<NoticeRow>(client, sql.insertFailureNotices, [
    plainColumn(failed, (message) => message.account_id),
    plainColumn(failed, (message) => message.chat_id),
    plainColumn(failed, (message) => message.id),
  ])
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
