import type { AccountId, CardPlace, LeadId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { NewEvent } from '../../events/append-events.ts'
import type { StageTarget } from './plan-change.ts'

/** Between two cards of the same millisecond there are so many places. */
const STEP = 1024
/** Room between the cards of a stage that was spread out: a second. */
const ROOM = STEP * 1000

type StagePlace = Pick<StageTarget, 'pipeline_id' | 'id'>

interface Placed {
  rank: number
  /** When others had to make room. */
  events: NewEvent[]
}

/** The rank that puts a card on top of its stage. */
export const topRank = sql<number>`floor(extract(epoch from clock_timestamp()) * 1000)::bigint * ${STEP}`

/**
 * The rank that puts a lead where it was dropped. A neighbour that has left the stage meanwhile counts no more.
 * Locks: the stage's leads, in id order, when there is no room left between two: they are spread out.
 */
export async function placeLead(
  tx: Tx,
  accountId: AccountId,
  leadId: LeadId,
  stage: StagePlace,
  place: CardPlace,
): Promise<Placed> {
  if (place.rank !== undefined) return { rank: place.rank, events: [] }
  const found = await findRank(tx, accountId, leadId, stage, place)
  if (found !== undefined) return { rank: found, events: [] }
  await spread(tx, accountId, stage)
  const rank = await findRank(tx, accountId, leadId, stage, place)
  if (rank === undefined) throw new Error('A stage that was spread out has no room.')
  return { rank, events: [{ type: 'settings.changed', topic: 'board' }] }
}

/** Undefined: there is no room between the two. */
async function findRank(
  tx: Tx,
  accountId: AccountId,
  leadId: LeadId,
  stage: StagePlace,
  { below, above }: CardPlace,
): Promise<number | undefined> {
  const inStage = sql`l.account_id = ${accountId} and l.pipeline_id = ${stage.pipeline_id} and l.stage_id = ${stage.id}
    and l.deleted_at is null and l.id <> ${leadId}`
  // Under the one that was named; above the other one only when the first is not there any more.
  const { rows } = await sql<{ now: number; upper: number | null; lower: number | null }>`
    with named as (
      select l.rank, l.id, l.id = ${below ?? 0} as is_upper from lead l
      where ${inStage} and l.id in (${below ?? 0}, ${above ?? 0})
      order by is_upper desc limit 1)
    select ${topRank} as now,
      case when n.is_upper then n.rank else (select l.rank from lead l where ${inStage}
        and (l.rank, l.id) > (n.rank, n.id) order by l.rank, l.id limit 1) end as upper,
      case when not n.is_upper then n.rank else (select l.rank from lead l where ${inStage}
        and (l.rank, l.id) < (n.rank, n.id) order by l.rank desc, l.id desc limit 1) end as lower
    from (select 1) one left join named n on true`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('The database does not know what time it is.')
  const { now, upper, lower } = row
  if (upper === null) return lower === null ? now : Math.max(now, lower + STEP)
  if (lower === null) return upper - STEP
  const between = Math.floor((upper + lower) / 2)
  return between > lower && between < upper ? between : undefined
}

async function spread(tx: Tx, accountId: AccountId, { pipeline_id, id }: StagePlace): Promise<void> {
  await sql`select id from lead where account_id = ${accountId} and pipeline_id = ${pipeline_id} and stage_id = ${id}
    and deleted_at is null order by id for update`.execute(tx)
  await sql`update lead l set rank = k.rank
    from (
      select id, max(rank) over () - (row_number() over (order by rank desc, id desc) - 1) * ${ROOM}::bigint as rank
      from lead
      where account_id = ${accountId} and pipeline_id = ${pipeline_id} and stage_id = ${id} and deleted_at is null
    ) k
    where l.account_id = ${accountId} and l.id = k.id`.execute(tx)
}
