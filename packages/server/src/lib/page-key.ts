import { AppError } from './app-error.ts'

/** A page's place as an opaque text that goes into a URL; readers hand it back, they do not read it. */
export function writePageKey(...parts: readonly (string | number)[]): string {
  return Buffer.from(parts.join(' ')).toString('base64url')
}

/**
 * Reads a page key of ours: whole numbers first, then a UUID.
 * @throws {AppError} `invalid_request` when it is not one
 */
export function readPageKey(key: string, numbers: number): { numbers: number[]; id: string } {
  const parts = Buffer.from(key, 'base64url').toString('latin1').split(' ')
  const id = parts.pop() ?? ''
  const values = parts.map(Number)
  if (values.length !== numbers || !values.every(Number.isSafeInteger) || !isUuid(id)) {
    throw new AppError('invalid_request', 'The page key is not one that was given out. Ask for the first page again.')
  }
  return { numbers: values, id }
}

export const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** A page's place in an order of one's own: what the last item was sorted by, and its number. */
export const writeSortKey = (value: string | number, id: number): string =>
  Buffer.from(JSON.stringify([value, id])).toString('base64url')

/** @throws {AppError} `invalid_request` when it is not a key of ours, or of another order */
export function readSortKey<Value extends 'string' | 'number'>(
  key: string,
  type: Value,
): [value: Value extends 'string' ? string : number, id: number] {
  const [value, id] = parseSortKey(key)
  if (typeof value !== type || !Number.isSafeInteger(id) || (typeof value === 'number' && !Number.isSafeInteger(value)))
    throw new AppError('invalid_request', 'The page key is not one that was given out. Ask for the first page again.')
  return [value, id] as [Value extends 'string' ? string : number, number]
}

function parseSortKey(key: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(key, 'base64url').toString())
    return Array.isArray(parsed) ? parsed : []
  } catch {
    return []
  }
}
