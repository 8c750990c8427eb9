import type { AccountId, ChannelId, TestRun, TestStep, TestStepId } from '@parley/protocol/model'
import { sql } from 'kysely'
import { scopeIdOf } from '../channels/channel-registry.ts'
import { amojoIdOf, getOwnChannel } from '../channels/own-channels.ts'
import type { Deps } from '../deps.ts'
import { findRepeat, type LoggedRequest } from './find-repeat.ts'
import type { ProbeResult, Probes } from './probes.ts'

type RunDeps = Pick<Deps, 'db' | 'clock'>

interface Ground {
  accountId: AccountId
  channelId: ChannelId
  since: Date
}

/** So many of a channel's requests are looked through for one that was sent twice. */
const LOOKED_AT = 500

/**
 * How far the test run of one's own channel is, of nothing but what is stored; null before it was begun.
 * @throws {AppError} `not_found`
 */
export async function getTestRun(deps: RunDeps, accountId: AccountId, channelId: ChannelId): Promise<TestRun | null> {
  await getOwnChannel(deps, accountId, channelId)
  const row = await deps.db
    .selectFrom('test_run')
    .select(['started_at', 'probes'])
    .where('account_id', '=', accountId)
    .where('channel_id', '=', channelId)
    .executeTakeFirst()
  if (!row) return null
  const ground = { accountId, channelId, since: row.started_at }
  const probes = row.probes as Probes
  const steps = await Promise.all([
    connectStep(deps, ground),
    messageStep(deps, ground, 'message'),
    answerStep(deps, ground, 'answer'),
    signatureStep(probes.signature),
    statusStep(deps, ground),
    messageStep(deps, ground, 'mediaIn'),
    answerStep(deps, ground, 'mediaOut'),
    repeatedHookStep(probes.repeat),
    repeatedMessageStep(deps, ground),
  ])
  return { startedAt: row.started_at.getTime(), steps }
}

const waiting = (id: TestStepId, reason: string | null = null): TestStep => ({
  id,
  state: 'waiting',
  at: null,
  evidence: null,
  reason,
})
const passed = (id: TestStepId, at: Date, evidence: string | null): TestStep => ({
  id,
  state: 'passed',
  at: at.getTime(),
  evidence,
  reason: null,
})
const failed = (id: TestStepId, at: Date, evidence: string | null, reason: string | null): TestStep => ({
  id,
  state: 'failed',
  at: at.getTime(),
  evidence,
  reason,
})

async function connectStep({ db }: RunDeps, { accountId, channelId }: Ground): Promise<TestStep> {
  const row = await db
    .selectFrom('connection')
    .select('connected_at')
    .where('account_id', '=', accountId)
    .where('channel_id', '=', channelId)
    .where('disconnected_at', 'is', null)
    .executeTakeFirst()
  if (!row) return waiting('connect')
  return passed('connect', row.connected_at, scopeIdOf(channelId, await amojoIdOf(db, accountId)))
}

/** The first message of a client; with `mediaIn`, the best that came of one with a file. */
async function messageStep(
  { db }: RunDeps,
  { accountId, channelId, since }: Ground,
  id: 'message' | 'mediaIn',
): Promise<TestStep> {
  const { rows } = await sql<{ id: string; received_at: Date; state: string | null; failure: string | null }>`
    select m.id, m.received_at, m.content->'media'->>'state' as state, m.content->'media'->>'failure' as failure
    from message m join chat c on c.account_id = m.account_id and c.id = m.chat_id
    where m.account_id = ${accountId} and c.channel_id = ${channelId} and m.direction = 'in' and m.received_at >= ${since}
      and (${id} = 'message' or m.content->'media' is not null)
    order by case m.content->'media'->>'state' when 'ready' then 0 when 'waiting' then 1 else 2 end, m.received_at
    limit 1`.execute(db)
  const [row] = rows
  if (!row) return waiting(id)
  if (id === 'message' || row.state === 'ready') return passed(id, row.received_at, row.id)
  return row.state === 'failed' ? failed(id, row.received_at, row.id, row.failure) : waiting(id)
}

/** An answer of a manager that the channel took; with `mediaOut`, one with a file. */
async function answerStep(
  { db }: RunDeps,
  { accountId, channelId, since }: Ground,
  id: 'answer' | 'mediaOut',
): Promise<TestStep> {
  const { rows } = await sql<{
    id: string
    state: string
    last_error: string | null
    created_at: Date
    settled_at: Date | null
  }>`
    select d.id, d.state, d.last_error, d.created_at, d.settled_at
    from delivery d join message m on m.account_id = d.account_id and m.id = d.message_id
    where d.account_id = ${accountId} and d.channel_id = ${channelId} and d.created_at >= ${since}
      and (${id} = 'answer' or m.content->'media' is not null)
    order by case d.state when 'delivered' then 0 when 'waiting' then 1 else 2 end, d.created_at
    limit 1`.execute(db)
  const [row] = rows
  if (!row) return waiting(id)
  if (row.state === 'delivered') return passed(id, row.settled_at ?? row.created_at, row.id)
  if (row.state === 'given_up') return failed(id, row.settled_at ?? row.created_at, row.id, row.last_error)
  return waiting(id, row.last_error)
}

async function statusStep({ db }: RunDeps, { accountId, channelId, since }: Ground): Promise<TestStep> {
  const { rows } = await sql<{ id: string; created_at: Date; status: string }>`
    select m.id, d.created_at, m.status
    from delivery d join message m on m.account_id = d.account_id and m.id = d.message_id
    where d.account_id = ${accountId} and d.channel_id = ${channelId} and d.created_at >= ${since}
      and m.status in ('delivered', 'read')
    order by d.created_at limit 1`.execute(db)
  const [row] = rows
  return row ? passed('status', row.created_at, `${row.status} · ${row.id}`) : waiting('status')
}

/** A hook that was signed wrongly is refused by who checks. */
function signatureStep(probe: ProbeResult | undefined): TestStep {
  if (!probe) return waiting('signature')
  const [at, evidence] = [new Date(probe.at), probe.deliveryId]
  if (probe.status !== null && probe.status >= 400 && probe.status < 500) return passed('signature', at, evidence)
  return failed('signature', at, evidence, sayOf(probe))
}

/** The same hook once more is taken, for it is the same message. */
function repeatedHookStep(probe: ProbeResult | undefined): TestStep {
  if (!probe) return waiting('hookRepeat')
  const [at, evidence] = [new Date(probe.at), probe.deliveryId]
  if (probe.status !== null && probe.status >= 200 && probe.status < 300) return passed('hookRepeat', at, evidence)
  return failed('hookRepeat', at, evidence, sayOf(probe))
}

const sayOf = ({ status, error }: ProbeResult) => (status === null ? error : `The channel answered ${status}`)

async function repeatedMessageStep({ db }: RunDeps, { accountId, channelId, since }: Ground): Promise<TestStep> {
  const { rows } = await sql<LoggedRequest>`
    select at, body, answer from channel_request
    where channel_id = ${channelId} and account_id = ${accountId} and at >= ${since} and method = 'POST' and status = 200
      and body like '%new_message%'
    order by at desc limit ${LOOKED_AT}`.execute(db)
  const repeat = findRepeat(rows)
  if (!repeat) return waiting('messageRepeat')
  if (repeat.isSame) return passed('messageRepeat', repeat.at, repeat.msgid)
  return failed('messageRepeat', repeat.at, repeat.msgid, 'The two were answered with different ids')
}
