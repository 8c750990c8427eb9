import { z } from 'zod'
import { AppError } from '../../lib/app-error.ts'
import { isUuid } from '../../lib/page-key.ts'
import { sayIssue } from '../../lib/say-issue.ts'

/** @throws {AppError} `invalid_request` that names the first field that is wrong, and why */
export function readInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(input ?? {}, { error: sayIssue })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.join('.')
  const reason = issue?.message ?? 'not understood'
  throw new AppError('invalid_request', field ? `${field}: ${reason}` : reason, field ? { details: { field } } : {})
}

/** An id of the path; what cannot be one is nobody's. */
export function readUuid<Id extends string>(params: unknown, name: string): Id {
  const value = (params as Record<string, string>)[name] ?? ''
  if (!isUuid(value)) throw new AppError('not_found', `${name}: there is nothing with this id.`)
  return value.toLowerCase() as Id
}

/** The name of a session or token: half of its digest. */
export function readDigestId(params: unknown, name: string): string {
  const value = (params as Record<string, string>)[name] ?? ''
  if (!/^[0-9a-f]{32}$/.test(value)) throw new AppError('not_found', `${name}: there is nothing with this id.`)
  return value
}

/** An integer id of the path. */
export function readNumber<Id extends number>(params: unknown, name: string): Id {
  const value = Number((params as Record<string, string>)[name])
  if (!Number.isSafeInteger(value) || value < 1)
    throw new AppError('not_found', `${name}: there is nothing with this id.`)
  return value as Id
}

const DEFAULT_PAGE = 50
const LARGEST_PAGE = 100

const pageQuery = (keyName: string) =>
  z.object({
    limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(DEFAULT_PAGE),
    [keyName]: z.string().max(200).optional(),
  })

/** `?limit=&after=` (or another name for the key). */
export function readPage(query: unknown, keyName = 'after'): { key: string | undefined; limit: number } {
  const read = readInput(pageQuery(keyName), query) as { limit: number } & Record<string, string | undefined>
  return { key: read[keyName], limit: read.limit }
}
