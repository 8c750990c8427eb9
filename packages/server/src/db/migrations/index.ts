import type { Migration } from 'kysely'
import * as foundation from './0001-foundation.ts'

/** In order. A name, once merged, never changes. */
export const migrations: Record<string, Migration> = {
  '0001-foundation': foundation,
}
