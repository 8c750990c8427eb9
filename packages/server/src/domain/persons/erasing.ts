import type { AccountId } from '@parley/protocol/model'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { ErasureScope } from '../../db/schema.ts'
import type { FileStorage } from '../../lib/file-storage.ts'

/** A chunk of work; what it changes in `scope` is written down with it. */
export interface Erasing {
  tx: Tx
  accountId: AccountId
  scope: ErasureScope
  askedAt: Date
  now: Date
  storage: FileStorage
}

/** `more`: there may be more of the same; `wait`: not now; `done`: on to the next step. */
export type Progress = 'more' | 'wait' | 'done'

/** Rows in one transaction: short enough that nobody waits for it. */
export const AT_ONCE = 500

export async function remove(tx: Tx, table: string, where: RawBuilder<unknown>): Promise<void> {
  await sql`delete from ${sql.table(table)} where ${where}`.execute(tx)
}

export const addTo = <Value>(list: Value[], more: readonly Value[]): Value[] => [...new Set([...list, ...more])]
