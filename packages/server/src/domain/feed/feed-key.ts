import { AppError } from '../../lib/app-error.ts'

/** What a feed is made of, in the order of their ranks where two are of the same moment. */
export const RANKS = { change: 0, taskMade: 1, taskDone: 2, note: 3, message: 4 } as const
export type SourceName = keyof typeof RANKS

/** A place in a feed: newest first, then by rank, then by id. */
export interface FeedKey {
  at: number
  rank: number
  id: string
}

/** From where one source goes on: older than `at`, or of that moment and (`all`) or with a lower id. */
export interface Before {
  at: number
  all: boolean
  id: string | null
}

export function beforeIn(source: SourceName, key: FeedKey): Before {
  const rank = RANKS[source]
  return { at: key.at, all: rank < key.rank, id: rank === key.rank ? key.id : null }
}

/** Newest first. */
export function compareKeys(a: FeedKey, b: FeedKey): number {
  if (a.at !== b.at) return b.at - a.at
  if (a.rank !== b.rank) return b.rank - a.rank
  return compareIds(b.id, a.id)
}

/** UUIDs are all of one length; of numbers the longer one is the larger. */
const compareIds = (a: string, b: string) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)

export const writeFeedKey = ({ at, rank, id }: FeedKey): string =>
  Buffer.from(`${at} ${rank} ${id}`).toString('base64url')

/** @throws {AppError} `invalid_request` */
export function readFeedKey(key: string): FeedKey {
  const [at, rank, id, ...rest] = Buffer.from(key, 'base64url').toString('latin1').split(' ')
  const read = { at: Number(at), rank: Number(rank), id: id ?? '' }
  const isId = read.rank >= RANKS.note ? /^[0-9a-f-]{36}$/.test(read.id) : /^[1-9][0-9]{0,15}$/.test(read.id)
  const isKey = rest.length === 0 && Number.isSafeInteger(read.at) && Math.abs(read.at) < 8e15
  if (isKey && Number.isSafeInteger(read.rank) && read.rank >= 0 && read.rank <= RANKS.message && isId) return read
  throw new AppError('invalid_request', 'before: use the `next` of the page before')
}
