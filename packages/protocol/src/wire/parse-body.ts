import type { z } from 'zod'
import { findJsonFault } from './find-json-fault.ts'

/** `description` is `path: reason`, e.g. `payload.sender.id: is missing`. */
export type ParsedBody<Data> = { ok: true; data: Data } | { ok: false; description: string }

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a request's raw body against a schema: UTF-8, then JSON, then an object, then its fields. Never throws.
 * A byte order mark in front is skipped. Of a name that stands twice the last one counts. Fields that the schema does not know are ignored.
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: Uint8Array): ParsedBody<z.infer<Schema>> {
  if (body.length === 0) return refuse('body: is missing')
  const text = decode(body)
  if (text === undefined) return refuse('body: not valid UTF-8')
  const value = parseJson(text)
  if (value === undefined) return refuse(describeBrokenJson(text))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('body: must be a JSON object')
  // Written any other way than by this escape, U+0000 is no JSON: texts without it need no search.
  if (text.includes('\\u0000')) {
    const path = findNul(value)
    if (path !== undefined) return refuse(`${formatPath(path)}: must not contain the character U+0000`)
  }
  const parsed = schema.safeParse(value, { error: sayPlainly })
  return parsed.success ? { ok: true, data: parsed.data } : refuse(describeIssues(parsed.error.issues))
}

/** The first thing wrong, as `path: reason`. */
export function describeIssues(issues: readonly Issue[]): string {
  const first = issues[0]
  if (first === undefined) return 'body: is not accepted'
  const path = first.code === 'unrecognized_keys' ? [...first.path, ...(first.keys ?? []).slice(0, 1)] : first.path
  return `${formatPath(path)}: ${first.message}`
}

interface Issue {
  path: readonly PropertyKey[]
  message: string
  code?: string
  /** Of `unrecognized_keys`. */
  keys?: readonly string[]
}

function refuse(description: string): { ok: false; description: string } {
  return { ok: false, description }
}

function decode(body: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(body)
  } catch {
    return undefined
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function describeBrokenJson(text: string): string {
  const found = findJsonFault(text)
  return found === undefined
    ? 'body: not valid JSON'
    : `body: not valid JSON: ${found.reason} at position ${found.position}`
}

/** Words for what zod itself finds; our own fields bring theirs. */
function sayPlainly(issue: {
  code?: string | undefined
  input?: unknown
  expected?: unknown
  values?: unknown
  discriminator?: unknown
}) {
  const input =
    typeof issue.discriminator === 'string'
      ? (issue.input as Record<string, unknown>)[issue.discriminator]
      : issue.input
  if (issue.code === 'unrecognized_keys') return 'is not a field of this method'
  if (input === undefined || input === null) return 'is missing'
  if (issue.code === 'invalid_type')
    return `must be ${TYPE_NAMES[String(issue.expected)] ?? `of type ${String(issue.expected)}`}`
  if (issue.code === 'invalid_value' && Array.isArray(issue.values)) {
    return `unknown value; use ${issue.values.filter((value) => value !== '').join(' or ')}`
  }
  return 'unknown value'
}

const TYPE_NAMES: Record<string, string> = {
  object: 'an object',
  boolean: 'true or false',
  string: 'a string',
  array: 'an array',
}

/** `payload.forwards[0].id`; `body` for the whole; a name that is no word in brackets. */
function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'body'
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`
      const name = String(key)
      if (/^[\w-]{1,255}$/.test(name)) return index === 0 ? name : `.${name}`
      return `${index === 0 ? 'body' : ''}[${JSON.stringify(name.slice(0, LONGEST_NAME))}]`
    })
    .join('')
}

const LONGEST_NAME = 100

/** The path of the first string with U+0000 in it. Keeps its own stack: a body may nest deeper than functions can call. */
function findNul(root: unknown): PropertyKey[] | undefined {
  interface Place {
    value: unknown
    key: PropertyKey
    parent: Place | undefined
  }
  const waiting: Place[] = [{ value: root, key: '', parent: undefined }]
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { value } = place
    if (typeof value === 'string' && value.includes('\0')) {
      const path: PropertyKey[] = []
      for (let step: Place = place; step.parent !== undefined; step = step.parent) path.unshift(step.key)
      return path
    }
    if (typeof value !== 'object' || value === null) continue
    const entries: [PropertyKey, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
    for (const [key, child] of entries.reverse()) waiting.push({ value: child, key, parent: place })
  }
  return undefined
}
