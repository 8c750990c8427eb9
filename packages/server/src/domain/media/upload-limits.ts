import type { AccountId } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'

const SMALLEST_LIMIT_BYTES = 100 * 1024 * 1024

const largestFileSize = statementsOf('media')(
  'largest_file_size',
  `select max(ch.max_file_size) as bytes from connection cn join channel ch on ch.id = cn.channel_id
   where cn.account_id = $1 and cn.disconnected_at is null`,
)

/** The largest file that some connected channel of the account takes; which channel it is for is not known yet. */
export async function getUploadLimit(pool: Runner, accountId: AccountId): Promise<number> {
  const [row] = await run<{ bytes: number | null }>(pool, largestFileSize, [accountId])
  return Math.max(row?.bytes ?? 0, SMALLEST_LIMIT_BYTES)
}

/** Keeps one person from holding every connection: so many uploads at once. */
export class UploadPlaces<Key> {
  readonly #most: number
  readonly #taken = new Map<Key, number>()

  constructor(most: number) {
    this.#most = most
  }

  /** False: there is no place. */
  take(key: Key): boolean {
    const taken = this.#taken.get(key) ?? 0
    if (taken >= this.#most) return false
    this.#taken.set(key, taken + 1)
    return true
  }

  giveBack(key: Key): void {
    const left = (this.#taken.get(key) ?? 0) - 1
    if (left > 0) this.#taken.set(key, left)
    else this.#taken.delete(key)
  }
}
