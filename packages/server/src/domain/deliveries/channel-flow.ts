import type { ChannelFlow, ChannelId, DeliveryFigures, DeliveryPeriod } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import type { Deps } from '../deps.ts'
import { SWITCH_OFF_AFTER_MS } from './endpoint-health.ts'

/** Whether a channel's hooks go out, and how many wait, over all accounts it serves. */
export async function getChannelFlow(db: Db, channelId: ChannelId): Promise<ChannelFlow> {
  const { rows } = await sql<{
    switched_off_at: Date | null
    is_held: boolean | null
    failing_since: Date | null
    last_failure: string | null
    waiting: number
  }>`
    select h.switched_off_at, h.is_held, h.failing_since, h.last_failure, (
      select coalesce(sum(last_turn - settled_turn), 0)::int from delivery_lane
      where channel_id = ${channelId} and due_at is not null) as waiting
    from (select 1) one left join channel_health h on h.channel_id = ${channelId}`.execute(db)
  const [row] = rows
  const offAt = row?.switched_off_at ?? null
  const failingSince = row?.failing_since ?? null
  return {
    state: offAt === null ? 'on' : row?.is_held ? 'held' : whyOff(offAt, failingSince),
    since: offAt?.getTime() ?? null,
    lastFailure: failingSince ? (row?.last_failure ?? null) : null,
    waiting: row?.waiting ?? 0,
  }
}

function whyOff(offAt: Date, failingSince: Date | null): 'paused' | 'switched_off' {
  const hasFailedForDays = failingSince !== null && offAt.getTime() - failingSince.getTime() >= SWITCH_OFF_AFTER_MS
  return hasFailedForDays ? 'switched_off' : 'paused'
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const PERIODS: Record<DeliveryPeriod, { ms: number; bucketMs: number }> = {
  hour: { ms: HOUR_MS, bucketMs: MINUTE_MS },
  day: { ms: 24 * HOUR_MS, bucketMs: HOUR_MS },
  week: { ms: 7 * 24 * HOUR_MS, bucketMs: 6 * HOUR_MS },
}
/** The newest of each account; those before them are not drawn. */
const LOOKED_AT = 5000

/** How long the tries of late took, and how many failed. */
export async function countTries(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  channelId: ChannelId,
  period: DeliveryPeriod,
): Promise<DeliveryFigures> {
  const { ms, bucketMs } = PERIODS[period]
  const from = Math.floor((clock.now().getTime() - ms) / bucketMs) * bucketMs
  const { rows } = await sql<{ at: number; tries: number; failures: number; p50: number; p95: number }>`
    select (floor(extract(epoch from a.started_at) * 1000 / ${bucketMs}::float8) * ${bucketMs}::float8)::float8 as at,
      count(*)::int as tries,
      (count(*) filter (where a.status is null or a.status >= 300))::int as failures,
      percentile_disc(0.5) within group (order by a.duration_ms) as p50,
      percentile_disc(0.95) within group (order by a.duration_ms) as p95
    from connection n
    cross join lateral (
      select id from delivery where account_id = n.account_id and channel_id = n.channel_id
      order by id desc limit ${LOOKED_AT}) d
    join delivery_attempt a on a.account_id = n.account_id and a.delivery_id = d.id
    where n.channel_id = ${channelId} and a.started_at >= ${new Date(from)}
    group by 1 order by 1`.execute(db)
  return {
    from,
    bucketMs,
    buckets: rows.map(({ p50, p95, ...row }) => ({ ...row, p50Ms: p50, p95Ms: p95 })),
  }
}
