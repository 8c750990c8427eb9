import { parseMailDate } from '../signing/index.ts'
import { bodyForms, md5 } from './body-forms.ts'
import type { Deviation } from './deviation.ts'
import type { Recipe } from './recipe.ts'

const EMPTY_DIGEST = 'd41d8cd98f00b204e9800998ecf8427e'
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

export function methodDeviations({ method }: Recipe): Deviation[] {
  const upper = method.toUpperCase()
  const cased = [method.toLowerCase(), upper[0] + method.slice(1).toLowerCase(), upper]
  return [
    ...cased.map((value) => ({ kind: 'method_case' as const, value })),
    ...METHODS.filter((value) => value !== upper).map((value) => ({ kind: 'method_other' as const, value })),
  ].map((one) => ({ ...one, on: 'method', change: { method: one.value }, isCommon: true }))
}

/** What may have stood in the line of the digest, where the header says `contentMd5`. */
export function digestDeviations({ body, contentMd5 }: Recipe): Deviation[] {
  const digest = md5(body)
  const base64 = Buffer.from(digest, 'hex').toString('base64')
  const lines: [Deviation['kind'], string, string?][] = [
    ['digest_case', digest.toUpperCase()],
    ['digest_case', contentMd5.toUpperCase()],
    ['digest_case', contentMd5.toLowerCase()],
    // Signed, and lost on the way.
    [contentMd5 === '' ? 'digest_missing' : 'digest_other_body', digest],
    ['digest_base64', base64],
    ['digest_base64', Buffer.from(digest).toString('base64')],
    ['digest_empty_body', EMPTY_DIGEST],
    ['body_for_digest', body],
  ]
  const plain = lines.map(([kind, line, value]) => deviation(kind, { contentMd5: line }, value, true))
  return [
    ...plain,
    ...bodyForms(body).map((form) => deviation(form.kind, { contentMd5: md5(form.body) }, form.value, false)),
  ]
}

/** The same of a signature over the body alone. */
export function bodyDeviations({ body }: Recipe): Deviation[] {
  const digests = [md5(body), contentBase64(body)]
  return [
    ...bodyForms(body).map((form) => deviation(form.kind, { body: form.body }, form.value, false)),
    ...digests.map((digest) => deviation('digest_other_body', { body: digest }, undefined, false)),
  ]
}

const contentBase64 = (body: string) => Buffer.from(md5(body), 'hex').toString('base64')

const deviation = (
  kind: Deviation['kind'],
  change: Partial<Recipe>,
  value: string | undefined,
  isCommon: boolean,
): Deviation => ({
  kind,
  on: 'digest',
  change,
  isCommon,
  ...(value !== undefined && { value }),
})

const CONTENT_TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
  'application/json; charset=UTF-8',
  'application/json;charset=UTF-8',
  'application/x-www-form-urlencoded',
  'text/plain',
  'text/plain;charset=UTF-8',
  'text/plain; charset=utf-8',
]

export function contentTypeDeviations({ contentType }: Recipe): Deviation[] {
  const others = CONTENT_TYPES.filter((value) => value !== contentType).map((value) => ({
    kind: contentType === '' ? ('content_type_missing' as const) : ('content_type_other' as const),
    value,
  }))
  return [...others, { kind: 'line_left_out' as const, value: '' }]
    .filter(({ value }) => value !== contentType)
    .map(({ kind, value }) => ({
      kind,
      on: 'contentType',
      change: { contentType: value },
      value: kind === 'line_left_out' ? 'Content-Type' : value,
      isCommon: true,
    }))
}

const MINUTE_MS = 60_000
const WESTMOST_HOURS = -12
const EASTMOST_HOURS = 14
/** Formatting a date twice, a little apart, gives the next second or the one after. */
const SLIPS_SECONDS = [1, -1, 2, -2, 3, -3]

/** Other ways to write the date that was sent, and other seconds. */
export function dateDeviations({ date }: Recipe): Deviation[] {
  const sentAtMs = parseMailDate(date) ?? Date.parse(date)
  const leftOut: Deviation = { kind: 'line_left_out', on: 'date', change: { date: '' }, value: 'Date' }
  if (Number.isNaN(sentAtMs)) return date === '' ? [] : [leftOut]
  const forms = zonedForms(sentAtMs).map((value) => dated('date_zone', value, {}))
  const slips = SLIPS_SECONDS.flatMap((seconds) =>
    utcForms(sentAtMs + seconds * 1000).map((value) => dated('date_made_twice', value, { seconds })),
  )
  const usual = utcForms(sentAtMs).map((value) => dated('date_format', value, { isCommon: true }))
  return [
    ...usual,
    ...slips,
    ...forms,
    ...numberForms(sentAtMs).map((value) => dated('date_format', value, {})),
    leftOut,
  ].filter(({ change }) => change.date !== date)
}

const dated = (kind: Deviation['kind'], value: string, more: Partial<Deviation>): Deviation => ({
  kind,
  on: 'date',
  change: { date: value },
  value,
  ...more,
})

function utcForms(atMs: number): string[] {
  const gmt = new Date(atMs).toUTCString()
  return [gmt, ...['+0000', 'UTC', '+00:00', 'Z'].map((zone) => gmt.replace('GMT', zone))]
}

function numberForms(atMs: number): string[] {
  const iso = new Date(atMs).toISOString()
  const short = iso.slice(0, 'yyyy-mm-ddThh:mm:ss'.length)
  return [
    iso,
    `${short}Z`,
    `${short}+00:00`,
    `${short}+0000`,
    short,
    short.replace('T', ' '),
    String(atMs / 1000),
    String(atMs),
  ]
}

/** The same instant, and the same figures under another zone's name, in every whole hour's zone. */
function zonedForms(atMs: number): string[] {
  const forms: string[] = []
  for (let hours = WESTMOST_HOURS; hours <= EASTMOST_HOURS; hours++) {
    const zone = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}`
    const local = new Date(atMs + hours * 60 * MINUTE_MS).toUTCString()
    forms.push(
      local.replace('GMT', `${zone}00`),
      local.replace('GMT', `${zone}:00`),
      local,
      local.replace('GMT', '+0000'),
    )
  }
  return forms
}

export interface PathContext {
  /** Path and query, as they were asked for. */
  target: string
  /** Addresses that the sender may have had before the path. */
  origins: readonly string[]
  /** Paths of the channel that are easily taken one for another. */
  knownPaths: readonly string[]
}

export function pathDeviations({ path }: Recipe, { target, origins, knownPaths }: PathContext): Deviation[] {
  const lines: [Deviation['kind'], string, string?][] = [
    ['query_signed', target],
    ...origins.flatMap((origin): [Deviation['kind'], string, string][] =>
      [origin, origin.replace(/^[a-z]+:\/\//i, '')].flatMap((start) => [
        ['url_signed', start + path, start],
        ['url_signed', start + target, start],
      ]),
    ),
    ['path_recoded', recoded(path, decodeURIComponent)],
    ['path_recoded', recoded(path, encodeURI)],
    ['path_recoded', recoded(path, encodeURIComponent)],
    ['path_slash', `${path}/`],
    ['path_slash', path.replace(/\/$/, '')],
    ['path_slash', path.slice(1)],
    ['path_slash', `/${path}`],
    ['path_slash', path.replace(/\/{2,}/g, '/')],
    ['line_left_out', '', 'path'],
    ['path_other', path.toLowerCase(), path.toLowerCase()],
    ['path_other', path.toUpperCase(), path.toUpperCase()],
    ...tails(path).map((tail): [Deviation['kind'], string, string] => ['path_other', tail, tail]),
    ...knownPaths.map((known): [Deviation['kind'], string, string] => ['path_other', known, known]),
  ]
  return lines
    .filter(([, line]) => line !== path)
    .map(([kind, line, value]) => ({
      kind,
      on: 'path',
      change: { path: line },
      isCommon: kind !== 'path_other',
      ...(value && { value }),
    }))
}

/** `/v2/origin/custom/x` without its first parts: what is left where a client has them in its base address. */
function tails(path: string): string[] {
  const parts = path.split('/').slice(0, 8)
  return parts.flatMap((_, at) =>
    at < 2 ? [] : [`/${path.split('/').slice(at).join('/')}`, path.split('/').slice(at).join('/')],
  )
}

function recoded(path: string, by: (text: string) => string): string {
  try {
    return Buffer.from(by(Buffer.from(path, 'latin1').toString('utf8')), 'utf8').toString('latin1')
  } catch {
    return path
  }
}
