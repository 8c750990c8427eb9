import type {
  AmojoId,
  ChannelHour,
  ChannelId,
  ChannelRequest,
  ChannelRequestId,
  ChannelRequestLine,
  ChannelRequestPage,
  ChannelRequestQuery,
  RecordedBody,
} from '@parley/protocol/model'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'

/** A page looks through so many for what is asked, and then says how far back it came. */
const LOOKED_AT = 5000

interface LineRow {
  id: ChannelRequestId
  at: Date
  method: string
  path: string
  status: number
  duration_ms: number
  request_id: string
  error_type: string | null
  amojo_id: AmojoId | null
  left_out: number
}

const LINE = sql`r.id, r.at, r.method, r.path, r.status, r.duration_ms, r.request_id, r.error_type, r.left_out`

/** Newest first. */
export async function listRequests(
  db: Db,
  channelId: ChannelId,
  query: ChannelRequestQuery,
): Promise<ChannelRequestPage> {
  const { limit } = query
  const looked = sql`select * from channel_request where ${sql.join(boundsOf(channelId, query), sql` and `)} order by id desc`
  const { rows } = await sql<LineRow>`
    select ${LINE}, a.amojo_id from (
      select * from (${looked} limit ${LOOKED_AT}) l
      where ${sql.join(conditionsOf(query), sql` and `)} order by id desc limit ${limit + 1}) r
    left join account a on a.id = r.account_id
    order by r.id desc`.execute(db)
  const items = rows.slice(0, limit).map(presentLine)
  if (rows.length > limit) return { items, next: items.at(-1)?.id ?? null, searchedTo: null }
  const { rows: ends } = await sql<{ id: ChannelRequestId; at: Date }>`
    select id, at from (${looked} offset ${LOOKED_AT - 1} limit 1) l`.execute(db)
  return { items, next: ends[0]?.id ?? null, searchedTo: ends[0]?.at.getTime() ?? null }
}

/** What an index answers. */
function boundsOf(channelId: ChannelId, { only, before, from, until }: ChannelRequestQuery): RawBuilder<unknown>[] {
  return [
    sql`channel_id = ${channelId}`,
    ...(only === 'errors' ? [sql`status >= 400`] : []),
    ...(before ? [sql`id < ${before}`] : []),
    ...(from ? [sql`at >= ${from}`] : []),
    ...(until ? [sql`at < ${until}`] : []),
  ]
}

/** What is looked for among these. */
function conditionsOf({ method, status, q }: ChannelRequestQuery): RawBuilder<unknown>[] {
  return [
    sql`true`,
    ...(method ? [sql`method = ${method}`] : []),
    ...(status ? [sql`status between ${status * 100} and ${status * 100 + 99}`] : []),
    ...(q ? [isMatch(q)] : []),
  ]
}

function isMatch(q: string): RawBuilder<unknown> {
  const pattern = `%${q.replaceAll('\0', '').replace(/[\\%_]/g, '\\$&')}%`
  return sql`(request_id = ${q.replaceAll('\0', '')} or path ilike ${pattern} or body ilike ${pattern} or answer ilike ${pattern})`
}

function presentLine(row: LineRow): ChannelRequestLine {
  return {
    id: row.id,
    at: row.at.getTime(),
    method: row.method,
    path: row.path,
    status: row.status,
    durationMs: row.duration_ms,
    requestId: row.request_id,
    errorType: row.error_type,
    amojoId: row.amojo_id,
    leftOut: row.left_out,
  }
}

type Pairs = [string, string][]

/**
 * One request, with everything of it that was kept.
 * @throws {AppError} `not_found`
 */
export async function getRequest(db: Db, channelId: ChannelId, requestId: ChannelRequestId): Promise<ChannelRequest> {
  const row = await db
    .selectFrom('channel_request as r')
    .leftJoin('account as a', 'a.id', 'r.account_id')
    .selectAll('r')
    .select('a.amojo_id')
    .where('r.channel_id', '=', channelId)
    .where('r.id', '=', requestId)
    .executeTakeFirst()
  if (!row) throw new AppError('not_found', 'There is no such request any more: they are kept for seven days.')
  return {
    ...presentLine(row),
    error: row.error,
    headers: row.headers as Pairs,
    body: presentBody(row.body, row.body_bytes, row.body_size),
    answerHeaders: row.answer_headers as Pairs,
    answer: presentBody(row.answer, null, row.answer_size),
    isMasked: row.is_masked,
  }
}

function presentBody(text: string | null, bytes: Buffer | null, size: number): RecordedBody {
  if (bytes) return { text: bytes.toString('base64'), encoding: 'base64', size, isCut: bytes.length < size }
  return { text: text ?? '', encoding: 'utf8', size, isCut: Buffer.byteLength(text ?? '') < size }
}

const HOUR_MS = 60 * 60_000

/** The last hour, what was not kept included; how long they took is known of those that were. */
export async function countLastHour(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  channelId: ChannelId,
): Promise<ChannelHour> {
  const since = new Date(clock.now().getTime() - HOUR_MS)
  const { rows } = await sql<{ requests: number; errors: number; p95: number | null }>`
    select (count(*) + coalesce(sum(left_out), 0))::int as requests,
      (count(*) filter (where status >= 400) + coalesce(sum(left_out_refused), 0))::int as errors,
      percentile_disc(0.95) within group (order by duration_ms) as p95
    from channel_request where channel_id = ${channelId} and at >= ${since}`.execute(db)
  const { requests = 0, errors = 0, p95 = null } = rows[0] ?? {}
  return { requests, errors, p95Ms: p95 }
}
