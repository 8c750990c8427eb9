import type { AccountId, AmojoId, ChannelId, ChatId, DeliveryId, MessageId } from '@parley/protocol/model'
import type { HookVersion } from '../../db/schema.ts'
import { plainColumn } from '../../db/statement.ts'
import type { Deps } from '../deps.ts'
import type { DeliveryDeps } from './delivery-deps.ts'
import type { ClaimedLane, WaitingDelivery } from './lane.ts'
import * as sql from './statements.ts'

export interface ClaimRequest {
  /** Lanes in all. */
  limit: number
  /** Lanes of one channel… */
  channelLimit: number
  /** …and of those that have something under way already: how many more. */
  free: ReadonlyMap<ChannelId, number>
  leaseMs: number
}

interface LaneRow {
  account_id: AccountId
  chat_id: ChatId
  channel_id: ChannelId
  settled_turn: number
  failures: number
  title: string
  amojo_id: AmojoId
  is_connected: boolean
  is_disabled: boolean
  is_simulated: boolean
  webhook_url_v1: string | null
  webhook_url_v2: string | null
  secret_sealed: Buffer
  hook_retry: 'on' | 'off'
  failing_since: Date | null
}

interface DeliveryRow {
  account_id: AccountId
  chat_id: ChatId
  id: DeliveryId
  turn: number
  message_id: MessageId | null
  hook_version: HookVersion
  body: string
  attempts: number
}

/** So many deliveries of a lane are taken along; of one whose first has failed, that one. */
const DELIVERIES_PER_LANE = 16

/**
 * Takes lanes that are due and leases them; a lease that ran out was a dead worker's, and its lane is due again.
 * Clocks of nodes on one database may differ by a few seconds (see LEASE_MARGIN_MS of the job), not more.
 */
export async function claimLanes(
  { pool, clock, newId }: Pick<DeliveryDeps, 'pool' | 'clock' | 'newId'>,
  request: ClaimRequest,
): Promise<ClaimedLane[]> {
  const now = clock.now()
  const leasedUntil = new Date(now.getTime() + request.leaseMs)
  const lease = newId()
  const { rows } = await pool.query<LaneRow>({
    ...sql.claimLanes,
    values: [
      [...request.free.keys()],
      [...request.free.values()],
      request.channelLimit,
      now,
      request.limit,
      leasedUntil,
      lease,
    ],
  })
  const lanes = rows.map((row) => toLane(row, lease, leasedUntil))
  await loadDeliveries(pool, lanes)
  return lanes
}

function toLane(row: LaneRow, lease: string, leasedUntil: Date): ClaimedLane {
  return {
    accountId: row.account_id,
    chatId: row.chat_id,
    channelId: row.channel_id,
    lease,
    leasedUntil,
    settledTurn: row.settled_turn,
    failures: row.failures,
    endpoint: {
      title: row.title,
      account: row.amojo_id,
      isConnected: row.is_connected,
      isDisabled: row.is_disabled,
      isSimulated: row.is_simulated,
      webhookUrlV1: row.webhook_url_v1,
      webhookUrlV2: row.webhook_url_v2,
      secretSealed: row.secret_sealed,
      hookRetry: row.hook_retry,
      failingSince: row.failing_since,
    },
    deliveries: [],
  }
}

async function loadDeliveries(pool: DeliveryDeps['pool'], lanes: readonly ClaimedLane[]): Promise<void> {
  if (lanes.length === 0) return
  const { rows } = await pool.query<DeliveryRow>({
    ...sql.loadDeliveries,
    values: [
      plainColumn(lanes, (lane) => lane.accountId),
      plainColumn(lanes, (lane) => lane.chatId),
      plainColumn(lanes, (lane) => lane.settledTurn),
      plainColumn(lanes, (lane) => (lane.failures > 0 ? 1 : DELIVERIES_PER_LANE)),
    ],
  })
  const laneOf = new Map(lanes.map((lane) => [`${lane.accountId}/${lane.chatId}`, lane]))
  for (const row of rows) laneOf.get(`${row.account_id}/${row.chat_id}`)?.deliveries.push(toDelivery(row))
}

const toDelivery = (row: DeliveryRow): WaitingDelivery => ({
  id: row.id,
  turn: row.turn,
  messageId: row.message_id,
  hookVersion: row.hook_version,
  body: row.body,
  attempts: row.attempts,
})

/** When the first of the deliveries is due that were not due at `after`; undefined when none waits. */
export async function findNextDue({ pool }: Pick<DeliveryDeps, 'pool'>, after: Date): Promise<Date | undefined> {
  const { rows } = await pool.query<{ due_at: Date | null }>({ ...sql.findNextDue, values: [after] })
  return rows[0]?.due_at ?? undefined
}

/**
 * Gives every lane back at once. Only for the start of a node that is alone on its database (the embedded one):
 * what is leased then was in the hands of this server's earlier life.
 */
export async function releaseLeases({ db }: Pick<Deps, 'db'>): Promise<void> {
  await db
    .updateTable('delivery_lane')
    .set({ leased_until: null, leased_by: null })
    .where('leased_until', 'is not', null)
    .execute()
}
