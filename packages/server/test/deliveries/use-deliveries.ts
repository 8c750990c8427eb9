import { HookReceiver, TestClock, waitUntil } from '@parley/testkit'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type DeliveryWorld, openDeliveryWorld, type SentMessage, type TestLane } from './delivery-world.ts'

export interface DeliveryGround {
  world: DeliveryWorld
  clock: TestClock
  /** A new one for every test. */
  hook: HookReceiver
}

/** A world for the tests of a file; what is answered is filled in before each of them. */
export function useDeliveries(): DeliveryGround {
  const ground = {} as DeliveryGround
  beforeAll(async () => {
    ground.clock = new TestClock()
    ground.world = await openDeliveryWorld({ clock: ground.clock })
  })
  afterAll(() => ground.world.close())
  beforeEach(async () => {
    ground.hook = await HookReceiver.start()
  })
  afterEach(async () => {
    ground.hook.answerAlways(200)
    await ground.hook.stop()
    await ground.world.stopWorkers()
  })
  return ground
}

export interface LaneGiven {
  hookRetry?: 'on' | 'off'
  url?: string | null
  urlV1?: string
}

export async function aLane({ world, hook }: DeliveryGround, given: LaneGiven = {}): Promise<TestLane> {
  const account = await world.anAccount()
  const channelId = await world.aChannel({ accountId: account.accountId, url: hook.url, ...given })
  return world.aChat(account, channelId)
}

export const hasStatus = ({ world }: DeliveryGround, message: SentMessage, status: string) =>
  waitUntil(`the message is ${status}`, async () => {
    const found = await world.messageOf(message)
    return found.status === status && found
  })

export const hasTried = ({ world }: DeliveryGround, message: SentMessage, times: number) =>
  waitUntil(`${times} tries are written down`, async () => {
    const found = await world.deliveryOf(message)
    return found.attemptsMade.length === times && found
  })

export async function waitingIn({ world }: DeliveryGround, accountId: SentMessage['accountId']): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(last_turn - settled_turn), 0)::int as n from delivery_lane where account_id = ${accountId}`.execute(
    world.db,
  )
  return rows[0]?.n ?? 0
}

export async function eventsOf({ world }: DeliveryGround, { accountId }: TestLane): Promise<string[]> {
  const rows = await world.db
    .selectFrom('event')
    .select('type')
    .where('account_id', '=', accountId)
    .orderBy('seq')
    .execute()
  return rows.map(({ type }) => type)
}
