import type { AccountId, ChannelRequestId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { ErasureScope } from '../../db/schema.ts'
import { KEPT_BODY_BYTES } from '../channel-requests/request-log.ts'
import { type Erasing, type Progress, remove } from './erasing.ts'

/** Looked at in one transaction; each may be 32 kB long. */
const PAGE = 500
/** Whatever came before somebody was erased is written down by then. */
const SETTLED_MS = 10_000
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'
/** Shorter ones would be found in what has nothing to do with anybody. */
const SHORTEST_RAW = 6

type Marks = Pick<ErasureScope, 'contactIds' | 'participantIds' | 'chatIds'>

/** What a channel calls a person and his conversations, and how he is reached: read while it is still there. */
export async function readMarks(tx: Tx, accountId: AccountId, scope: Marks): Promise<string[]> {
  const { contactIds, participantIds, chatIds } = scope
  const { rows } = await sql<{ mark: string | null }>`
    select client_id as mark from chat where account_id = ${accountId} and id = any (${chatIds}::uuid[])
    union select begun_phone from chat where account_id = ${accountId} and id = any (${chatIds}::uuid[])
    union select unnest(array[client_id, name, phone, email]) from participant
      where account_id = ${accountId} and id = any (${participantIds}::uuid[])
    union select name from contact where account_id = ${accountId} and id = any (${contactIds}::bigint[])
    union select unnest(array[value, normal]) from contact_point
      where account_id = ${accountId} and contact_id = any (${contactIds}::bigint[])`.execute(tx)
  return rows.flatMap(({ mark }) => (mark === null || mark === '' ? [] : [mark]))
}

interface Row {
  channel_id: string
  id: ChannelRequestId
  is_theirs: boolean
}

/**
 * What the account's channels have asked of late, which their developers can read for a week: what names the person goes. So does
 * what was kept in part, for who was named in the rest nobody knows.
 */
export async function eraseRequests({ tx, accountId, scope, askedAt, now }: Erasing): Promise<Progress> {
  if (now.getTime() < askedAt.getTime() + SETTLED_MS) return 'wait'
  const [channelId, id] = scope.cursor?.split(' ') ?? [BEFORE_ALL, BEFORE_ALL]
  const marks = patternsOf(scope)
  const { rows } = await sql<Row>`
    select r.channel_id, r.id, (
      r.body_bytes is not null or r.body_size > ${KEPT_BODY_BYTES} or r.answer_size > ${KEPT_BODY_BYTES}
      or exists (select from unnest(${marks}::text[]) mark
        where position(mark in concat_ws(E'\\n', r.path, r.body, r.answer, r.error)) > 0)) as is_theirs
    from channel_request r
    where (r.channel_id, r.id) > (${channelId}::uuid, ${id}::uuid) and r.at <= ${askedAt}
      and r.channel_id in (select channel_id from connection where account_id = ${accountId})
      and (r.account_id = ${accountId} or r.account_id is null)
    order by r.channel_id, r.id limit ${PAGE}`.execute(tx)
  const theirs = rows.filter((row) => row.is_theirs)
  const [channelIds, ids] = [theirs.map((row) => row.channel_id), theirs.map((row) => row.id)]
  const isTheirs = sql`(channel_id, id) in (select * from unnest(${channelIds}::uuid[], ${ids}::uuid[]))`
  if (theirs.length > 0) await remove(tx, 'channel_request', isTheirs)
  const last = rows.at(-1)
  if (last) scope.cursor = `${last.channel_id} ${last.id}`
  return rows.length < PAGE ? 'done' : 'more'
}

/** As they stand in JSON, whole values only; what is long enough to be nobody else's, anywhere. */
function patternsOf({ marks = [], chatIds, participantIds }: ErasureScope): string[] {
  const raw = [...chatIds, ...participantIds, ...marks.filter((mark) => isUnmistakable(mark))]
  const quoted = marks.flatMap((mark) => [JSON.stringify(mark), inAscii(JSON.stringify(mark))])
  return [...new Set([...raw, ...quoted])]
}

const isUnmistakable = (mark: string) => mark.length >= SHORTEST_RAW && /@|^\+?[\d\s()-]+$/.test(mark)

/** As PHP and Python write it unless told otherwise. */
const inAscii = (json: string) =>
  json.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
