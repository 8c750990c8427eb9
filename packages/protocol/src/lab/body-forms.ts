import { createHash } from 'node:crypto'
import type { SignatureMistakeKind } from '../model/index.ts'

/** Other bytes that the sender may have had in hand when he took the digest or signed. A character per byte. */
export interface BodyForm {
  kind: SignatureMistakeKind
  body: string
  value?: string
}

export const md5 = (bytes: string) => createHash('md5').update(bytes, 'latin1').digest('hex')

interface Style {
  name: string
  colon?: string
  comma?: string
  indent?: number
  escapes?: readonly RegExp[]
}

const NOT_ASCII = /[\u0080-\uffff]/g
const HTML = /[<>&]/g
const HTML_OF_GSON = /[<>&='\u2028\u2029]/g
const SLASH = /\//g

/** How the usual encoders write the same JSON. */
const STYLES: readonly Style[] = [
  { name: 'JSON.stringify' },
  { name: 'PHP json_encode', escapes: [NOT_ASCII, SLASH] },
  { name: 'PHP json_encode, JSON_UNESCAPED_UNICODE', escapes: [SLASH] },
  { name: 'PHP json_encode, JSON_UNESCAPED_SLASHES', escapes: [NOT_ASCII] },
  { name: 'Python json.dumps', colon: ': ', comma: ', ', escapes: [NOT_ASCII] },
  { name: 'Python json.dumps, ensure_ascii=False', colon: ': ', comma: ', ' },
  { name: 'Go json.Marshal', escapes: [HTML] },
  { name: 'Java Gson', escapes: [HTML_OF_GSON] },
  { name: 'JSON.stringify, indent 2', indent: 2 },
  { name: 'JSON.stringify, indent 4', indent: 4 },
  { name: 'PHP json_encode, JSON_PRETTY_PRINT', indent: 4, escapes: [NOT_ASCII, SLASH] },
  { name: 'Python json.dumps, indent=2', indent: 2, escapes: [NOT_ASCII] },
  { name: 'Python json.dumps, indent=4', indent: 4, escapes: [NOT_ASCII] },
]

/** What `body` may have been before it was sent; never `body` itself. */
export function bodyForms(body: string): BodyForm[] {
  const forms: BodyForm[] = [
    { kind: 'body_newline', body: body.replace(/\r?\n$/, '') },
    { kind: 'body_newline', body: `${body}\n` },
    { kind: 'body_newline', body: `${body}\r\n` },
    { kind: 'body_newline', body: trimmed(body) },
    { kind: 'body_line_ends', body: body.replaceAll('\r\n', '\n') },
    { kind: 'body_line_ends', body: body.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n') },
    { kind: 'digest_empty_body', body: '' },
    { kind: 'digest_empty_body', body: '""', value: '""' },
    { kind: 'digest_empty_body', body: 'null', value: 'null' },
    { kind: 'digest_empty_body', body: '[]', value: '[]' },
    { kind: 'digest_empty_body', body: '{}', value: '{}' },
    { kind: 'body_encoded', body: `\xef\xbb\xbf${body}`, value: 'BOM' },
    { kind: 'body_encoded', body: Buffer.from(body, 'latin1').toString('base64'), value: 'base64' },
    { kind: 'body_encoded', body: `"${body}"`, value: '"…"' },
    {
      kind: 'body_encoded',
      body: Buffer.from(JSON.stringify(fromUtf8(body)), 'utf8').toString('latin1'),
      value: 'JSON in JSON',
    },
    ...recodings(body),
  ]
  return forms.filter((form) => form.body !== body)
}

const trimmed = (body: string) => {
  // What JSON calls white space: a byte of a letter must not be taken for it.
  let [start, end] = [0, body.length]
  while (start < end && ' \t\r\n'.includes(body[start]!)) start++
  while (end > start && ' \t\r\n'.includes(body[end - 1]!)) end--
  return body.slice(start, end)
}

const fromUtf8 = (bytes: string) => Buffer.from(bytes, 'latin1').toString('utf8')

function recodings(body: string): BodyForm[] {
  try {
    return recoded(JSON.parse(fromUtf8(body)) as unknown)
  } catch {
    // No JSON, or so deep that it cannot be written again.
    return []
  }
}

function recoded(json: unknown): BodyForm[] {
  const sorted = sortKeys(json, 0)
  const isSorted = JSON.stringify(sorted) === JSON.stringify(json)
  return STYLES.flatMap((style) => {
    const as = (value: unknown, name: string) => ({
      kind: 'body_recoded' as const,
      body: written(value, style),
      value: name,
    })
    return isSorted ? [as(json, style.name)] : [as(json, style.name), as(sorted, `${style.name}, sorted keys`)]
  })
}

const DEEPEST = 100

function sortKeys(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return value
  if (Array.isArray(value)) return value.map((item) => sortKeys(item, depth + 1))
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item, depth + 1)]))
}

/** A string, or what stands between values. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[:,]/g

function written(json: unknown, { colon = ':', comma = ',', indent, escapes = [] }: Style): string {
  const text = JSON.stringify(json, null, indent)
  const styled = text.replace(TOKEN, (token) => {
    if (token === ':') return indent === undefined ? colon : token
    if (token === ',') return comma
    return escapes.reduce((string, characters) => string.replace(characters, escaped), token)
  })
  return Buffer.from(styled, 'utf8').toString('latin1')
}

const escaped = (character: string) =>
  character === '/' ? '\\/' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
