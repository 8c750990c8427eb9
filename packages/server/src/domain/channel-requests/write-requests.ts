import type { Runner } from '../../db/statement.ts'
import { columns, run, statementsOf } from '../../db/statement.ts'
import type { Channel } from '../channels/channel-registry.ts'
import { createMasker } from './mask-secrets.ts'
import { KEPT_BODY_BYTES, type KeptRequest } from './request-log.ts'

const statement = statementsOf('channel_requests')

/** Does not wait for the disk: a crash may take the last lines of the log, nothing else. */
const insertRequests = statement(
  'insert',
  `with haste as materialized (select set_config('synchronous_commit', 'off', true))
   insert into channel_request (channel_id, id, at, account_id, request_id, method, path, status, duration_ms, error_type,
     error, headers, body, body_bytes, body_size, answer_headers, answer, answer_size, is_masked, left_out, left_out_refused)
   select k.* from haste cross join unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::int[], $5::text[], $6::text[],
     $7::text[], $8::int[], $9::real[], $10::text[], $11::text[], $12::jsonb[], $13::text[], $14::bytea[], $15::int[],
     $16::jsonb[], $17::text[], $18::int[], $19::boolean[], $20::int[], $21::int[]) as k
   on conflict do nothing`,
)

interface Row {
  channelId: string
  id: string
  kept: KeptRequest
  path: string
  errorType: string | null
  error: string | null
  headers: string
  body: string | null
  bodyBytes: Buffer | null
  answerHeaders: string
  answer: string | null
  answerSize: number
  isMasked: boolean
}

/** Writes down what was kept, oldest first, without what is secret. */
export async function writeRequests(pool: Runner, newId: () => string, kept: readonly KeptRequest[]): Promise<void> {
  const rows = kept.map((one) => toRow(one, newId()))
  await run(
    pool,
    insertRequests,
    columns(
      rows,
      (row) => row.channelId,
      (row) => row.id,
      (row) => row.kept.at,
      (row) => row.kept.accountId,
      (row) => row.kept.requestId,
      (row) => row.kept.method,
      (row) => row.path,
      (row) => row.kept.status,
      (row) => row.kept.durationMs,
      (row) => row.errorType,
      (row) => row.error,
      (row) => row.headers,
      (row) => row.body,
      (row) => row.bodyBytes,
      (row) => row.kept.bodySize,
      (row) => row.answerHeaders,
      (row) => row.answer,
      (row) => row.answerSize,
      (row) => row.isMasked,
      (row) => row.kept.leftOut,
      (row) => row.kept.leftOutRefused,
    ),
  )
}

function toRow(kept: KeptRequest, id: string): Row {
  const masker = createMasker(secretsOf(kept.channel))
  const text = readText(kept.body, kept.bodySize > kept.body.length)
  const answerBytes = Buffer.from(kept.answer)
  const refusal = kept.status >= 400 ? readRefusal(kept.answer) : undefined
  const row = {
    channelId: kept.channel.id,
    id,
    kept,
    path: plain(masker.path(kept.path)),
    errorType: refusal?.type ?? null,
    error: refusal?.said === undefined ? null : plain(masker.text(refusal.said)),
    headers: JSON.stringify(masker.headers(pairsOf(kept.rawHeaders))),
    body: text === undefined ? null : masker.text(text),
    bodyBytes: text === undefined ? masker.bytes(kept.body) : null,
    answerHeaders: JSON.stringify(masker.headers(entriesOf(kept.answerHeaders))),
    answer: readText(answerBytes.subarray(0, KEPT_BODY_BYTES), answerBytes.length > KEPT_BODY_BYTES) ?? null,
    answerSize: answerBytes.length,
  }
  return { ...row, isMasked: masker.hasMasked }
}

const secretsOf = ({ key, previous }: Pick<Channel, 'key' | 'previous'>): string[] =>
  [key, ...(previous ? [previous.key] : [])].map((one) => one.export().toString('utf8'))

/** Undefined: it is no text, or none that the database takes. Of a cut one a last half character is left out. */
function readText(bytes: Buffer, isCut: boolean): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: isCut })
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

const plain = (text: string) => text.replaceAll('\0', '')

function pairsOf(raw: readonly string[]): [string, string][] {
  const pairs: [string, string][] = []
  for (let at = 0; at + 1 < raw.length; at += 2) pairs.push([raw[at] ?? '', raw[at + 1] ?? ''])
  return pairs
}

const entriesOf = (headers: Readonly<Record<string, unknown>>): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]))

/** The envelope of the chats API (spec 01 §2.4), and of a failure of ours. */
function readRefusal(answer: string): { type?: string; said?: string } | undefined {
  try {
    const { error_type, error_description, title, detail } = JSON.parse(answer) as Record<string, unknown>
    const type = error_type ?? title
    const said = error_description ?? detail
    return { ...(typeof type === 'string' && { type }), ...(typeof said === 'string' && { said }) }
  } catch {
    return undefined
  }
}
