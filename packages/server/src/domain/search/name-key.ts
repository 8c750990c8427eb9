import { AppError } from '../../lib/app-error.ts'
import type { NamePlace } from './search-names.ts'

const ID = /^([0-9]{1,16}|[0-9a-f-]{36})$/

/** A place among people or leads as an opaque text for a URL. */
export const writeNameKey = ({ rank, madeAt, id }: NamePlace): string =>
  Buffer.from(`${rank} ${madeAt} ${id}`).toString('base64url')

/** @throws {AppError} `invalid_request` when it is not one that was given out */
export function readNameKey(key: string): NamePlace {
  const [rank, madeAt, id = '', ...more] = Buffer.from(key, 'base64url').toString('latin1').split(' ')
  const numbers = [Number(rank), Number(madeAt)] as const
  if (more.length > 0 || !numbers.every(Number.isSafeInteger) || Math.abs(numbers[1]) > 8.64e15 || !ID.test(id))
    throw new AppError('invalid_request', 'The page key is not one that was given out. Ask for the first page again.')
  return { rank: numbers[0], madeAt: numbers[1], id }
}
