import type { z } from 'zod'

type Issue = z.core.$ZodRawIssue

/** Words for what the schema library finds by itself; a field with a rule of its own brings its own. */
export function sayIssue(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') return `there is no field ${listed(issue.keys, 'and')}`
  if (isMissing(issue)) return 'is missing'
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be ${listed(issue.values, 'or')}`
    case 'too_big':
      return sayBound(issue.origin, MOST, issue.maximum, issue.inclusive)
    case 'too_small':
      return sayBound(issue.origin, LEAST, issue.minimum, issue.inclusive)
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'is not written as it must be'
    case 'invalid_union':
      return sayUnion(issue)
    default:
      return 'is not taken'
  }
}

/** Of a union it is the field that decides between its kinds. */
function isMissing(issue: Issue): boolean {
  if (issue.code !== 'invalid_union' || issue.discriminator === undefined) return issue.input === undefined
  return (issue.input as Record<string, unknown> | null | undefined)?.[issue.discriminator] === undefined
}

/** What each of the kinds would have wanted. */
function sayUnion(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  if (Array.isArray(issue.options)) return `must be ${listed(issue.options, 'or')}`
  const wishes = issue.errors.flatMap(([first]) =>
    first ? [first.path.length === 0 ? first.message : `${first.path.join('.')} ${first.message}`] : [],
  )
  return [...new Set(wishes)].join(', or ') || 'is not taken'
}

interface Bounds {
  text: (n: string) => string
  list: (n: string) => string
  amount: (n: string, isInclusive: boolean) => string
}

const MOST: Bounds = {
  text: (n) => `must not be longer than ${n} characters`,
  list: (n) => `must not have more than ${n} entries`,
  amount: (n, isInclusive) => (isInclusive ? `must be at most ${n}` : `must be less than ${n}`),
}
const LEAST: Bounds = {
  text: (n) => (n === '1' ? 'must not be empty' : `must not be shorter than ${n} characters`),
  list: (n) => (n === '1' ? 'must not be empty' : `must have at least ${n} entries`),
  amount: (n, isInclusive) => (isInclusive ? `must be at least ${n}` : `must be more than ${n}`),
}

function sayBound(origin: string, bounds: Bounds, limit: number | bigint, isInclusive = true): string {
  if (origin === 'string') return bounds.text(String(limit))
  if (origin === 'array' || origin === 'set' || origin === 'record') return bounds.list(String(limit))
  return bounds.amount(String(limit), isInclusive)
}

const TYPES: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

const FORMATS: Record<string, string> = {
  email: 'is not an e-mail address',
  url: 'is not an address',
  uuid: 'is not an id (a UUID)',
  datetime: 'is not a time like 2026-03-03T10:15:30Z',
  date: 'is not a day like 2026-03-03',
}

function listed(values: readonly unknown[], last: 'and' | 'or'): string {
  const texts = values.map(String)
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} ${last} ${texts.at(-1)}`
}
