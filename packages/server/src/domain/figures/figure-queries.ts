import type { FunnelStep, LossReasonId, StageKind } from '@parley/protocol/model'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import { addDays, type FigureScope } from './figure-scope.ts'
import type { Group, SumTable } from './figure-sums.ts'

/** The cells of a rollup that are of the period or the one before, with what they are grouped by. */
const cells = (scope: FigureScope, table: string, columns: string, more: RawBuilder<unknown> = sql`true`) => sql`
  select hour < ${scope.from}::timestamp as is_previous, hour::date as day, channel_id, user_id,
    extract(isodow from hour)::int as weekday, extract(hour from hour)::int as hour, ${sql.raw(columns)}
  from ${sql.table(table)}
  where account_id = ${scope.accountId} and hour >= ${scope.previousFrom}::timestamp
    and hour < ${addDays(scope.to, 1)}::timestamp
    and (${scope.channelId}::uuid is null or channel_id = ${scope.channelId}::uuid)
    and (${scope.userIds}::bigint[] is null or user_id = any (${scope.userIds}::bigint[])) and ${more}`

const ofPipeline = ({ pipelineId }: FigureScope) =>
  sql`(${pipelineId}::bigint is null or pipeline_id = ${pipelineId}::bigint)`

const GROUP = sql`is_previous, day::text, channel_id, user_id::float8, weekday, hour,
  grouping(day, channel_id, user_id, weekday) as apart`
/** Of the period before, only the whole. */
const GROUPED = sql`having not is_previous or grouping(day, channel_id, user_id, weekday) = 15`
const SETS = sql`grouping sets ((is_previous), (is_previous, day), (is_previous, channel_id), (is_previous, user_id),
  (is_previous, weekday, hour))`

export async function addMessages(db: Db, scope: FigureScope, table: SumTable): Promise<void> {
  const { rows } = await sql<Group & { received: number; sent: number }>`
    select ${GROUP}, sum(received)::float8 as received, sum(sent)::float8 as sent
    from (${cells(scope, 'figure_message', 'received, sent')}) k group by ${SETS} ${GROUPED}`.execute(db)
  for (const row of rows) table.add(row, { received: row.received, sent: row.sent })
}

interface LeadRow extends Group {
  leads: number
  accepted: number
  declined: number
  won: number
  wonPrice: number
  lost: number
}

export async function addLeads(db: Db, scope: FigureScope, table: SumTable): Promise<void> {
  const { rows } = await sql<LeadRow>`
    select ${GROUP},
      coalesce(sum(leads) filter (where kind = 'created'), 0)::float8 as leads,
      coalesce(sum(leads) filter (where kind = 'created' and outcome in ('open', 'won', 'lost')), 0)::float8 as accepted,
      coalesce(sum(leads) filter (where kind = 'created' and outcome = 'declined'), 0)::float8 as declined,
      coalesce(sum(leads) filter (where kind = 'closed' and outcome = 'won'), 0)::float8 as won,
      coalesce(sum(price) filter (where kind = 'closed' and outcome = 'won'), 0)::float8 as "wonPrice",
      coalesce(sum(leads) filter (where kind = 'closed' and outcome = 'lost'), 0)::float8 as lost
    from (${cells(scope, 'figure_lead', 'kind, outcome, leads, price', sql`kind in ('created', 'closed') and ${ofPipeline(scope)}`)}) k
    group by ${SETS} ${GROUPED}`.execute(db)
  for (const { leads, accepted, declined, won, wonPrice, lost, ...group } of rows)
    table.add(group, { leads, accepted, declined, won, wonPrice, lost })
}

/** Also under each hour of the day, whatever the day of the week: weekday 0. */
export async function addAnswers(db: Db, scope: FigureScope, table: SumTable): Promise<void> {
  const { rows } = await sql<Group & { kind: 'first' | 'each'; bucket: number; n: number }>`
    select is_previous, day::text, channel_id, user_id::float8, null::int as weekday, hour,
      grouping(day, channel_id, user_id, hour) as apart, kind, bucket, sum(n)::float8 as n
    from (${cells(scope, 'figure_answer', 'kind, bucket, n', sql`within = ${scope.within}`)}) k
    group by kind, bucket, grouping sets ((is_previous), (is_previous, day), (is_previous, channel_id),
      (is_previous, user_id), (is_previous, hour))
    having not is_previous or grouping(day, channel_id, user_id, hour) = 15`.execute(db)
  for (const { kind, bucket, n, ...group } of rows) table.count(group, kind, bucket, n)
}

interface StageRow {
  id: FunnelStep['stageId']
  name: string
  kind: StageKind
  hue: number
}

/** Leads made in the period by the deepest stage they came to; each is counted in all stages before, too. */
export async function getFunnel(db: Db, scope: FigureScope, pipelineId: number): Promise<FunnelStep[]> {
  const stages = await sql<StageRow>`
    select id, name, kind, hue from stage
    where account_id = ${scope.accountId} and pipeline_id = ${pipelineId} and kind <> 'lost'
    order by kind = 'won', kind <> 'incoming', position, id`.execute(db)
  const reached = await sql<{ stage_id: number; leads: number; price: number }>`
    select stage_id, sum(leads)::float8 as leads, sum(price)::float8 as price
    from (${cells(scope, 'figure_lead', 'stage_id, leads, price', sql`kind = 'created' and pipeline_id = ${pipelineId}`)}) k
    where not is_previous group by stage_id`.execute(db)
  const depthOf = new Map<number, number>(stages.rows.map(({ id }, depth) => [id, depth]))
  const atLeast = (depth: number) => reached.rows.filter((row) => (depthOf.get(row.stage_id) ?? 0) >= depth)
  const all = sum(reached.rows, 'leads')
  return stages.rows.map(({ id, name, kind, hue }, depth) => {
    const rows = atLeast(depth)
    const leads = sum(rows, 'leads')
    return { stageId: id, name, kind, hue, leads, share: all === 0 ? 0 : leads / all, price: sum(rows, 'price') }
  })
}

const sum = <Name extends string>(rows: readonly Record<Name, number>[], name: Name) =>
  rows.reduce((total, row) => total + row[name], 0)

export async function listLost(db: Db, scope: FigureScope) {
  const { rows } = await sql<{ reasonId: LossReasonId | null; name: string | null; leads: number; price: number }>`
    select nullif(k.loss_reason_id, 0) as "reasonId", r.name, sum(k.leads)::float8 as leads, sum(k.price)::float8 as price
    from (${cells(scope, 'figure_lead', 'loss_reason_id, leads, price', sql`kind = 'closed' and outcome = 'lost' and ${ofPipeline(scope)}`)}) k
    left join loss_reason r on r.account_id = ${scope.accountId} and r.id = k.loss_reason_id
    where not is_previous group by 1, 2 having sum(k.leads) <> 0 order by 3 desc, 2`.execute(db)
  return rows
}

export async function findPipelineId(db: Db, scope: FigureScope) {
  const row = await db
    .selectFrom('pipeline')
    .select('id')
    .where('account_id', '=', scope.accountId)
    .$if(scope.pipelineId !== null, (query) => query.where('id', '=', scope.pipelineId!))
    .orderBy('is_main', 'desc')
    .orderBy('position')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}
