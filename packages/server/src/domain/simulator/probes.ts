import type { AccountId, AmojoId, ChannelId, DeliveryId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { HookVersion } from '../../db/schema.ts'
import { AppError } from '../../lib/app-error.ts'
import { getOwnChannel } from '../channels/own-channels.ts'
import { tellConsole } from '../channels/tell-console.ts'
import type { Deps } from '../deps.ts'

/** `signature`: a hook that is signed wrongly. `repeat`: the same hook once more. */
export type ProbeKind = 'signature' | 'repeat'

/** What the endpoint answered. */
export interface ProbeResult {
  at: string
  deliveryId: string
  /** Null when no answer came; then `error` says why. */
  status: number | null
  error: string | null
}
export type Probes = Partial<Record<ProbeKind, ProbeResult>>

/** What is sent again, and where to. */
export interface ProbeGround {
  deliveryId: DeliveryId
  attempts: number
  body: string
  hookVersion: HookVersion
  amojoId: AmojoId
  secret: string
  endpoint: { webhookUrlV1: string | null; webhookUrlV2: string | null; isSimulated: boolean }
}

interface Row {
  id: DeliveryId
  attempts: number
  body: string
  hook_version: HookVersion
  amojo_id: AmojoId
  webhook_url_v1: string | null
  webhook_url_v2: string | null
  is_simulated: boolean
  secret_sealed: Buffer
}

type ProbeDeps = Pick<Deps, 'db' | 'clock' | 'secretBox'>

/**
 * The last answer that the channel took since the run was begun.
 * @throws {AppError} `not_found`; `conflict`: there is none yet
 */
export async function getProbeGround(
  deps: ProbeDeps,
  accountId: AccountId,
  channelId: ChannelId,
): Promise<ProbeGround> {
  await getOwnChannel(deps, accountId, channelId)
  const now = deps.clock.now()
  // Where hooks go and how they are signed: as of deliveries/statements.
  const { rows } = await sql<Row>`
    select d.id, d.attempts, d.body, d.hook_version, a.amojo_id, c.webhook_url_v1, c.webhook_url_v2,
      coalesce(c.simulated_until > ${now}, false) as is_simulated,
      case when c.previous_secret_until > ${now} and not c.secret_used then c.previous_secret_sealed
        else c.secret_sealed end as secret_sealed
    from test_run r
    join delivery d on d.account_id = r.account_id and d.channel_id = r.channel_id and d.created_at >= r.started_at
    join account a on a.id = r.account_id
    join channel c on c.id = r.channel_id and c.owner_account_id = r.account_id
    where r.account_id = ${accountId} and r.channel_id = ${channelId} and d.state = 'delivered' and d.kind = 'message'
    order by d.created_at desc limit 1`.execute(deps.db)
  const [row] = rows
  if (!row) throw new AppError('conflict', 'The channel has taken no answer yet. Answer a client first.')
  return {
    deliveryId: row.id,
    attempts: row.attempts,
    body: row.body,
    hookVersion: row.hook_version,
    amojoId: row.amojo_id,
    secret: deps.secretBox.open(row.secret_sealed),
    endpoint: {
      webhookUrlV1: row.webhook_url_v1,
      webhookUrlV2: row.webhook_url_v2,
      isSimulated: row.is_simulated,
    },
  }
}

/** Remembers what came of it, and tells the screens. */
export async function keepProbe(
  { db, whisper }: Pick<Deps, 'db' | 'whisper'>,
  { accountId, channelId }: { accountId: AccountId; channelId: ChannelId },
  kind: ProbeKind,
  result: ProbeResult,
): Promise<void> {
  await sql`update test_run set probes = probes || ${JSON.stringify({ [kind]: result })}::jsonb
    where account_id = ${accountId} and channel_id = ${channelId}`.execute(db)
  tellConsole(whisper, { accountId, channelId }, 'test_run')
}

/**
 * Begins it, or begins it anew, and tells the screens.
 * @throws {AppError} `not_found`
 */
export async function startTestRun(
  deps: Pick<Deps, 'db' | 'clock' | 'whisper'>,
  accountId: AccountId,
  channelId: ChannelId,
): Promise<void> {
  await getOwnChannel(deps, accountId, channelId)
  const startedAt = deps.clock.now()
  await deps.db
    .insertInto('test_run')
    .values({ account_id: accountId, channel_id: channelId, started_at: startedAt })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'channel_id']).doUpdateSet({ started_at: startedAt, probes: '{}' }),
    )
    .execute()
  tellConsole(deps.whisper, { accountId, channelId }, 'test_run')
}
