import type { AccountId, ChannelId, ChatId, DeliveryId, MessageId } from '@parley/protocol/model'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import type { DeliveryState, HookVersion } from '../../db/schema.ts'
import { AppError } from '../../lib/app-error.ts'
import type { AttemptRecord } from './lane.ts'

export interface DeliveryRef {
  id: DeliveryId
  /** Absent: of whatever account it is (the operator's view). */
  accountId?: AccountId
  /** Absent: of whatever channel it is. */
  channelId?: ChannelId
}

export interface DeliveryFilter {
  /** Absent: of all accounts (the operator's view). */
  accountId?: AccountId
  channelId?: ChannelId
  chatId?: ChatId
  state?: DeliveryState
  /** Made then or later; before then. */
  from?: Date
  until?: Date
  /** The id of the last delivery the caller has. */
  before?: DeliveryId
  limit: number
}

export interface DeliverySummary {
  id: DeliveryId
  accountId: AccountId
  channelId: ChannelId
  chatId: ChatId
  messageId: MessageId | null
  kind: 'message' | 'reaction'
  hookVersion: HookVersion
  state: DeliveryState
  attempts: number
  lastError: string | null
  createdAt: Date
  settledAt: Date | null
  /** When it goes out next, if it is the first in its chat: null when it waits for others, for its channel, or for nothing. */
  nextTryAt: Date | null
}

export interface DeliveryDetails extends DeliverySummary {
  body: string
  attemptsMade: ({ attempt: number } & AttemptRecord)[]
}

const summary = sql<DeliverySummary>`d.id, d.account_id as "accountId", d.channel_id as "channelId",
  d.chat_id as "chatId", d.message_id as "messageId", d.kind, d.hook_version as "hookVersion", d.state, d.attempts,
  d.last_error as "lastError", d.created_at as "createdAt", d.settled_at as "settledAt",
  case when d.state = 'waiting' then (
    select l.due_at from delivery_lane l
    left join channel_health h on h.channel_id = l.channel_id
    where l.account_id = d.account_id and l.chat_id = d.chat_id and h.switched_off_at is null
      and d.turn = (
        select turn from delivery
        where account_id = l.account_id and chat_id = l.chat_id and turn > l.settled_turn
        order by turn limit 1)) end as "nextTryAt"`

/** Newest first, at most `limit`. Each account is asked by its own index, so none is read through for another's rows. */
export async function listDeliveries(db: Db, filter: DeliveryFilter): Promise<DeliverySummary[]> {
  const conditions = [...conditionsOf(filter.state)]
  if (filter.channelId !== undefined) conditions.push(sql`d.channel_id = ${filter.channelId}`)
  if (filter.chatId !== undefined) conditions.push(sql`d.chat_id = ${filter.chatId}`)
  if (filter.from !== undefined) conditions.push(sql`d.created_at >= ${filter.from}`)
  if (filter.until !== undefined) conditions.push(sql`d.created_at < ${filter.until}`)
  if (filter.before !== undefined) conditions.push(sql`d.id < ${filter.before}`)
  const accounts = [
    ...(filter.accountId === undefined ? [] : [sql`a.id = ${filter.accountId}`]),
    ...(filter.channelId === undefined
      ? []
      : [sql`exists (select from connection n where n.account_id = a.id and n.channel_id = ${filter.channelId})`]),
  ]
  // What waits is found through the lanes that are due some time: few, however many deliveries there are.
  const source =
    filter.state === 'waiting'
      ? sql`delivery_lane l join delivery d on d.account_id = l.account_id
    and d.chat_id = l.chat_id and d.turn > l.settled_turn`
      : sql`delivery d`
  const { rows } = await sql<DeliverySummary>`
    select ${summary} from account a
    cross join lateral (
      select d.* from ${source} where ${sql.join(conditions, sql` and `)} order by d.id desc limit ${filter.limit}) d
    where ${accounts.length === 0 ? sql`true` : sql.join(accounts, sql` and `)}
    order by d.id desc
    limit ${filter.limit}`.execute(db)
  return rows
}

function conditionsOf(state: DeliveryState | undefined): RawBuilder<unknown>[] {
  switch (state) {
    case 'waiting':
      return [sql`l.account_id = a.id`, sql`l.due_at is not null`]
    case 'given_up':
      return [sql`d.account_id = a.id`, sql`d.given_up_at is not null`]
    case 'delivered':
      return [sql`d.account_id = a.id`, sql`d.state = 'delivered'`]
    case undefined:
      return [sql`d.account_id = a.id`]
  }
}

/** By key in every account: ids are unique by themselves, the primary key begins with the account. */
export async function findDelivery(
  db: Db,
  ref: DeliveryRef,
): Promise<(DeliverySummary & { body: string }) | undefined> {
  const ofAccount = ref.accountId === undefined ? sql`true` : sql`a.id = ${ref.accountId}`
  const ofChannel = ref.channelId === undefined ? sql`true` : sql`d.channel_id = ${ref.channelId}`
  const { rows } = await sql<DeliverySummary & { body: string }>`
    select ${summary}, d.body from account a
    cross join lateral (select * from delivery where account_id = a.id and id = ${ref.id} limit 1) d
    where ${ofAccount} and ${ofChannel}`.execute(db)
  return rows[0]
}

/**
 * A delivery with every try, oldest first.
 * @throws {AppError} `not_found`
 */
export async function showDelivery(db: Db, ref: DeliveryRef): Promise<DeliveryDetails> {
  const delivery = await findDelivery(db, ref)
  if (!delivery) throw new AppError('not_found', 'There is no such delivery.')
  const { accountId, id } = delivery
  const attemptsMade = await db
    .selectFrom('delivery_attempt')
    .select(['attempt', 'url', 'started_at as startedAt', 'duration_ms as durationMs', 'status', 'error', 'reply'])
    .where('account_id', '=', accountId)
    .where('delivery_id', '=', id)
    .orderBy('attempt')
    .execute()
  return { ...delivery, attemptsMade }
}
