import type {
  Board,
  CardPage,
  LeadCard,
  LeadFilter,
  LeadId,
  LeadSort,
  Page,
  PipelineId,
  StageCount,
  StageId,
} from '@parley/protocol/model'
import { type RawBuilder, sql } from 'kysely'
import { getLastSeq } from '../../events/list-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { readSortKey, writeSortKey } from '../../lib/page-key.ts'
import type { Deps } from '../deps.ts'
import { getPipeline } from '../pipelines/pipeline-queries.ts'
import type { Viewer } from '../users/viewer.ts'
import { countStages } from './board-counts.ts'
import { LEADS, leadConditions } from './lead-conditions.ts'
import { listCards } from './list-cards.ts'

export type BoardDeps = Pick<Deps, 'db' | 'hotPool'>

export interface PageOf {
  key: string | undefined
  limit: number
}

/** Leads that are counted one by one when the filters are not among what the counters tell apart. */
const MOST_COUNTED = 5000

/**
 * A pipeline's board as it opens: how many leads each stage has and what they add up to, and each stage's first cards.
 * Order:  as people have put them; what came last is on top.
 * @throws {AppError} `not_found`: no such pipeline
 */
export async function getBoard(
  deps: BoardDeps,
  viewer: Viewer,
  pipelineId: PipelineId,
  filter: LeadFilter,
  limit: number,
): Promise<Board> {
  // Read first: what happens after it comes again through the stream.
  const seq = await getLastSeq(deps.hotPool, viewer.account.id)
  const { stages } = await getPipeline(deps.db, viewer.account.id, pipelineId)
  const asked = stages.filter(({ id }) => !filter.stage || filter.stage.includes(id)).map(({ id }) => id)
  const [counts, ...pages] = await Promise.all([
    countBoard(deps, viewer, pipelineId, filter),
    ...asked.map(async (stageId) => ({
      stageId,
      ...(await listStage(deps, viewer, { pipelineId, stageId }, filter, { key: undefined, limit })),
    })),
  ])
  return { counts, stages: pages, seq }
}

/**
 * The next cards of one stage.
 * @throws {AppError} `not_found`: no such stage; `invalid_request`: a page key that was not given out
 */
export async function getStagePage(
  deps: BoardDeps,
  viewer: Viewer,
  stage: { pipelineId: PipelineId; stageId: StageId },
  filter: LeadFilter,
  page: PageOf,
): Promise<CardPage> {
  const seq = await getLastSeq(deps.hotPool, viewer.account.id)
  const { stages } = await getPipeline(deps.db, viewer.account.id, stage.pipelineId)
  if (!stages.some(({ id }) => id === stage.stageId))
    throw new AppError('not_found', 'There is no such stage in this pipeline.')
  return { ...(await listStage(deps, viewer, stage, filter, page)), seq }
}

async function listStage(
  deps: BoardDeps,
  viewer: Viewer,
  { pipelineId, stageId }: { pipelineId: PipelineId; stageId: StageId },
  filter: LeadFilter,
  { key, limit }: PageOf,
): Promise<Page<LeadCard>> {
  const [rank, id] = key === undefined ? [] : readSortKey(key, 'number')
  const behind = rank === undefined ? sql`` : sql`and (l.rank, l.id) < (${rank}::bigint, ${id}::bigint)`
  const { rows } = await sql<{ id: LeadId; key: number }>`
    select l.id, l.rank as key from ${LEADS}
    where ${leadConditions(viewer, filter)} and l.pipeline_id = ${pipelineId} and l.stage_id = ${stageId} ${behind}
    order by l.rank desc, l.id desc limit ${limit + 1}`.execute(deps.db)
  return toPage(deps, viewer, rows, limit)
}

async function toPage(
  deps: BoardDeps,
  viewer: Viewer,
  rows: readonly { id: LeadId; key: string | number }[],
  limit: number,
): Promise<Page<LeadCard>> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const items = await listCards(
    deps.hotPool,
    viewer,
    shown.map((row) => row.id),
  )
  return { items, next: rows.length > limit && last ? writeSortKey(last.key, last.id) : null }
}

/**
 * How many leads each stage of a pipeline has now.
 * @throws {AppError} `not_found`: no such pipeline
 */
export async function getStageCounts(
  deps: BoardDeps,
  viewer: Viewer,
  pipelineId: PipelineId,
  filter: LeadFilter,
): Promise<StageCount[]> {
  await getPipeline(deps.db, viewer.account.id, pipelineId)
  return countBoard(deps, viewer, pipelineId, filter)
}

/**
 * How many leads each stage has, and what they add up to. Filters by responsible user, channel and source are read from counters;
 * with others, so many are counted and no more.
 */
async function countBoard(
  deps: BoardDeps,
  viewer: Viewer,
  pipelineId: PipelineId,
  filter: LeadFilter,
): Promise<StageCount[]> {
  const { responsible, channel, source, stage, ...others } = filter
  if (Object.values(others).every((value) => value === undefined)) {
    const counts = await countStages(deps.hotPool, viewer, pipelineId, {
      responsible,
      channelId: channel as never,
      sourceExternalId: source,
    })
    return counts.filter(({ stageId }) => !stage || stage.includes(stageId))
  }
  const { rows } = await sql<{ stage_id: StageId; leads: number; total: number }>`
    select stage_id, count(*)::int as leads, sum(price)::float8 as total
    from (select l.stage_id, l.price from ${LEADS}
      where ${leadConditions(viewer, filter)} and l.pipeline_id = ${pipelineId} limit ${MOST_COUNTED + 1}) l
    group by stage_id`.execute(deps.db)
  const isMore = rows.reduce((sum, row) => sum + row.leads, 0) > MOST_COUNTED
  return rows.map(({ stage_id, leads, total }) => ({ stageId: stage_id, leads, total, isMore }))
}

interface SortBy {
  expression: RawBuilder<unknown>
  type: 'string' | 'number'
}

const milliseconds = (column: string) => sql`floor(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`

const SORTS: Record<LeadSort['sort'], SortBy> = {
  created: { expression: milliseconds('l.created_at'), type: 'number' },
  updated: { expression: milliseconds('l.updated_at'), type: 'number' },
  stageSince: { expression: milliseconds('l.stage_since'), type: 'number' },
  price: { expression: sql`l.price`, type: 'number' },
  stage: { expression: sql`coalesce(s.position, 0)`, type: 'number' },
  title: { expression: sql`lower(l.title)`, type: 'string' },
  contact: { expression: sql`lower(coalesce(ct.name, ''))`, type: 'string' },
  responsible: { expression: sql`lower(coalesce(u.name, ''))`, type: 'string' },
}

/**
 * The leads of a pipeline as a list.
 * @throws {AppError} `not_found`: no such pipeline; `invalid_request`: a page key of another order
 */
export async function listLeads(
  deps: BoardDeps,
  viewer: Viewer,
  pipelineId: PipelineId | undefined,
  { sort, dir, ...filter }: LeadFilter & LeadSort,
  { key, limit }: PageOf,
): Promise<CardPage> {
  const seq = await getLastSeq(deps.hotPool, viewer.account.id)
  if (pipelineId !== undefined) await getPipeline(deps.db, viewer.account.id, pipelineId)
  const { expression, type } = SORTS[sort]
  const direction = dir === 'asc' ? sql`asc` : sql`desc`
  const [value, id] = key === undefined ? [] : readSortKey(key, type)
  const cast = type === 'string' ? sql`text` : sql`bigint`
  const behind =
    value === undefined
      ? sql``
      : sql`and (${expression}, l.id) ${dir === 'asc' ? sql`>` : sql`<`} (${value}::${cast}, ${id}::bigint)`
  const within = pipelineId === undefined ? sql`` : sql`and l.pipeline_id = ${pipelineId}`
  const { rows } = await sql<{ id: LeadId; key: string | number }>`
    select l.id, ${expression} as key from ${LEADS}
    where ${leadConditions(viewer, filter)} ${within} ${behind}
    order by ${expression} ${direction}, l.id ${direction} limit ${limit + 1}`.execute(deps.db)
  return { ...(await toPage(deps, viewer, rows, limit)), seq }
}
