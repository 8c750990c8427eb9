import type { AccountId, ChannelId, LeadId, PipelineId, SourceCount, StageCount, StageId } from '@parley/protocol/model'
import type pg from 'pg'
import { inSnapshot, type Runner, run, statementsOf } from '../../db/statement.ts'
import { getFollowedSeq } from '../../events/follow-events.ts'
import { ownedSql, ownersFor, ownersValues, type Viewer } from '../users/viewer.ts'
import { COUNTED_NOW, NO_CHANNEL, NOBODY } from './counted.ts'
import { LEAD_COUNTS } from './follow-leads.ts'

/** Events the counters may be behind and are still made up for when they are read. */
const MOST_BEHIND = 2000

const statement = statementsOf('board')

/** The leads that changed since they were counted. */
const selectUncounted = statement(
  'uncounted',
  `select distinct lead_id from (
     select lead_id, type from event where account_id = $1 and seq > $2 order by seq limit ${MOST_BEHIND}) e
   where lead_id is not null and type like 'lead.%'`,
)

/** The counters, and what the leads $2 add to them until they are counted. */
const COUNTS = `
  select pipeline_id, stage_id, responsible_user_id, channel_id, source_external_id, leads::bigint as leads, total
  from lead_count where account_id = $1 and %WHERE%
  union all
  select pipeline_id, stage_id, responsible_user_id, channel_id, source_external_id, n, n * price
  from (select 1 as n, now.* from (${COUNTED_NOW}) now
    union all select -1 as n, c.* from lead_counted c where c.account_id = $1 and c.lead_id = any ($2::bigint[])) each
  where %WHERE%`

const counted = (where: string) => COUNTS.replaceAll('%WHERE%', where)
const OWNED = ownedSql(`nullif(responsible_user_id, ${NOBODY})`, 3)

const selectStages = statement(
  'stage_counts',
  `select stage_id, sum(leads)::int as leads, sum(total)::float8 as total
   from (${counted(`pipeline_id = $5 and ${OWNED}
     and ($6::bigint[] is null or responsible_user_id = any ($6::bigint[]))
     and ($7::uuid is null or channel_id = $7) and ($8::text is null or source_external_id = $8)`)}) k
   group by stage_id having sum(leads) <> 0`,
)

const selectSources = statement(
  'source_counts',
  `select channel_id, source_external_id, sum(k.leads)::int as leads
   from (${counted(OWNED)}) k
   join stage s on s.account_id = $1 and s.pipeline_id = k.pipeline_id and s.id = k.stage_id and s.kind = 'incoming'
   group by 1, 2 having sum(k.leads) > 0 order by 1, 2`,
)

/** What the counters themselves can tell apart. */
export interface CountedFilter {
  /** Null in it: nobody. */
  responsible?: readonly (number | null)[] | undefined
  channelId?: ChannelId | undefined
  sourceExternalId?: string | undefined
}

/**
 * How many leads the viewer sees in each stage of a pipeline, and what they add up to: read from counters, however many leads
 * there are. A stage without leads is not among them.
 */
export async function countStages(
  pool: pg.Pool,
  viewer: Viewer,
  pipelineId: PipelineId,
  { responsible, channelId, sourceExternalId }: CountedFilter = {},
): Promise<StageCount[]> {
  return inSnapshot(pool, async (client) => {
    const rows = await run<{ stage_id: StageId; leads: number; total: number }>(client, selectStages, [
      viewer.account.id,
      await listUncounted(client, viewer.account.id),
      ...ownersValues(ownersFor(viewer, 'leads')),
      pipelineId,
      responsible?.map((id) => id ?? NOBODY) ?? null,
      channelId ?? null,
      sourceExternalId ?? null,
    ])
    return rows.map(({ stage_id, leads, total }) => ({ stageId: stage_id, leads, total, isMore: false }))
  })
}

/** How many incoming leads the viewer sees, by where they came from. */
export async function countIncoming(pool: pg.Pool, viewer: Viewer): Promise<SourceCount[]> {
  return inSnapshot(pool, async (client) => {
    const rows = await run<{ channel_id: ChannelId; source_external_id: string; leads: number }>(
      client,
      selectSources,
      [viewer.account.id, await listUncounted(client, viewer.account.id), ...ownersValues(ownersFor(viewer, 'leads'))],
    )
    return rows.map(({ channel_id, source_external_id, leads }) => ({
      channelId: channel_id === NO_CHANNEL ? null : channel_id,
      source: source_external_id === '' ? null : source_external_id,
      leads,
    }))
  })
}

async function listUncounted(client: Runner, accountId: AccountId): Promise<LeadId[]> {
  const seq = await getFollowedSeq(client as pg.ClientBase, accountId, LEAD_COUNTS)
  const rows = await run<{ lead_id: LeadId }>(client, selectUncounted, [accountId, seq])
  return rows.map((row) => row.lead_id)
}
