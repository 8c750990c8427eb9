import type { AccountId, ChannelId } from '@parley/protocol/model'
import { createGuardedFetch, type Database, openDatabase, sql, systemClock } from '@parley/server/internals'
import { Endpoints } from './endpoints.ts'
import { sharedNowMs, sleep } from './figures.ts'
import { cpuUsOf, familyOf } from './process-usage.ts'
import { makeSample } from './sample.ts'
import type { ServerProcess } from './server-process.ts'

export interface DeliveryFigures {
  deliveries: number
  chats: number
  perSecond: number
  /** The same requests to the same endpoint by the same client, as many at once, with nothing behind them. */
  ceilingPerSecond: number
  /** Tries that are written down. */
  attempts: number
  outOfOrder: number
  serverCpuUsPerDelivery: number
  databaseCpuUsPerDelivery: number
}

const CHATS = 500
/** As many as the server sends to one channel at once. */
const AT_ONCE = 128
const ENDPOINT_DELAY_MS = 1

/** A backlog of answers in many chats, delivered to an endpoint that answers in 1 ms. */
export async function measureDeliveries(server: ServerProcess, deliveries: number): Promise<DeliveryFigures> {
  const endpoints = await Endpoints.open(1, ENDPOINT_DELAY_MS)
  const database = openDatabase(server.database)
  try {
    const sample = await makeSample(server, { accounts: 1, hookUrl: endpoints.urlOf(0) })
    const scope = { accountId: sample.accounts[0]?.id as AccountId, channelId: sample.channel.id as ChannelId }
    const bodies = await seed(database, scope, deliveries)
    const databasePids = familyOf(server.databasePid)
    const before = { server: cpuUsOf([server.pid]), database: cpuUsOf(databasePids) }
    await setDue(database, scope)
    await untilSettled(database, scope)
    const settledAt = sharedNowMs()
    const arrivals = await endpoints.takeArrivals()
    // From the first hook on: until the server looks, nobody has told it.
    const perSecond = Math.round(deliveries / ((settledAt - (arrivals[0]?.[1] ?? 0)) / 1000))
    const [serverUs, databaseUs] = [cpuUsOf([server.pid]) - before.server, cpuUsOf(databasePids) - before.database]
    const outOfOrder = await countOutOfOrder(database, scope, arrivals)
    return {
      deliveries,
      chats: CHATS,
      perSecond,
      ceilingPerSecond: await measureCeiling(endpoints, bodies),
      attempts: await countAttempts(database, scope),
      outOfOrder,
      serverCpuUsPerDelivery: Math.round(serverUs / deliveries),
      databaseCpuUsPerDelivery: Math.round(databaseUs / deliveries),
    }
  } finally {
    endpoints.close()
    await database.close()
  }
}

interface Scope {
  accountId: AccountId
  channelId: ChannelId
}

/** Answers as the app API stores them, in lanes that are due in a far future; answers the hooks' bodies. */
async function seed({ db }: Database, { accountId, channelId }: Scope, deliveries: number): Promise<string[]> {
  const turns = Math.ceil(deliveries / CHATS)
  await sql`
    create temporary table answer as
    select gen_random_uuid() as message_id, uuidv7() as delivery_id, chat_id, turn
    from (select uuidv7() as chat_id from generate_series(1, ${CHATS}::int)) c, generate_series(1, ${turns}::int) turn`.execute(
    db,
  )
  const { rows } = await sql<{ body: string }>`
    with chats as (
      insert into chat_state (account_id, chat_id) select distinct ${accountId}::int, chat_id from answer),
    lanes as (
      insert into delivery_lane (account_id, chat_id, channel_id, last_turn, due_at)
      select ${accountId}::int, chat_id, ${channelId}::uuid, ${turns}::int, '2100-01-01' from answer group by chat_id),
    messages as (
      insert into message (account_id, id, chat_id, direction, author_kind, author_id, kind, body, sent_at, received_at, status)
      select ${accountId}::int, message_id, chat_id, 'out', 'user', gen_random_uuid(), 'text', 'We kept one for you.',
        now(), now(), 'queued'
      from answer)
    insert into delivery (account_id, id, chat_id, channel_id, message_id, hook_version, turn, body)
    select ${accountId}::int, delivery_id, chat_id, ${channelId}::uuid, message_id, 'v2', turn,
      ${BODY_HEAD}::text || message_id || ${BODY_TAIL}::text
    from answer
    returning body`.execute(db)
  return rows.map(({ body }) => body)
}

const BODY_HEAD = `{"account_id":"52e591f7-c98f-4255-8495-827210138c81","time":1794852000,"message":{"receiver":{"id":"2ed64e26-70a1-4857-8382-bb066a076219","phone":"+46700000055","client_id":"hc-user-55"},"sender":{"id":"76fc2bea-902f-425c-9a3d-dcdac4766090","name":"Ana Lind"},"conversation":{"id":"8e4d4baa-9e6c-4a88-838a-5f62be227bdc","client_id":"hc-conv-1001"},"timestamp":1794852000,"msec_timestamp":1794852000000,"message":{"id":"`
const BODY_TAIL =
  '","type":"text","text":"We kept one for you.","markup":null,"tag":"","media":"","thumbnail":"","file_name":"","file_size":0}}}'

async function setDue({ db }: Database, { accountId }: Scope): Promise<void> {
  await sql`update delivery_lane set due_at = now() where account_id = ${accountId}`.execute(db)
}

const SETTLES_WITHIN_MS = 120_000

async function untilSettled({ db }: Database, { accountId }: Scope): Promise<void> {
  for (const deadline = Date.now() + SETTLES_WITHIN_MS; Date.now() < deadline; await sleep(25)) {
    const { rows } = await sql`
      select from delivery_lane where account_id = ${accountId} and due_at is not null limit 1`.execute(db)
    if (rows.length === 0) return
  }
  throw new Error('The deliveries did not end.')
}

async function countAttempts({ db }: Database, { accountId }: Scope): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from delivery_attempt where account_id = ${accountId} and status = 200`.execute(db)
  return rows[0]?.n ?? 0
}

async function countOutOfOrder(
  { db }: Database,
  { accountId }: Scope,
  arrivals: readonly (readonly [string, number])[],
): Promise<number> {
  const { rows } = await sql<{ message_id: string; chat_id: string; turn: number }>`
    select message_id, chat_id, turn from delivery where account_id = ${accountId}`.execute(db)
  const placeOf = new Map(rows.map((row) => [row.message_id, row]))
  const last = new Map<string, number>()
  let outOfOrder = 0
  for (const [messageId] of arrivals) {
    const place = placeOf.get(messageId)
    if (!place || place.turn <= (last.get(place.chat_id) ?? 0)) outOfOrder += 1
    else last.set(place.chat_id, place.turn)
  }
  return outOfOrder
}

async function measureCeiling(endpoints: Endpoints, bodies: readonly string[]): Promise<number> {
  const http = createGuardedFetch({ clock: systemClock, allowPrivateNetwork: true })
  const url = endpoints.urlOf(0)
  const headers = { 'Content-Type': 'application/json' }
  let next = 0
  const startedAt = performance.now()
  const send = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      await http.fetch({ url, method: 'POST', headers, body: Buffer.from(body), timeoutMs: 10_000 })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, send))
  const perSecond = Math.round(bodies.length / ((performance.now() - startedAt) / 1000))
  await http.close()
  return perSecond
}
