import { Migrator, sql } from 'kysely'
import { migrations } from './migrations/index.ts'
import type { Db } from './open-database.ts'

/** PostgreSQL's oldest major version Parley runs on. */
const OLDEST_POSTGRES = 15

/**
 * Brings the database to this version's tables. Safe to run twice and by two nodes at once: one works, the other waits.
 * @throws {Error} the server is too old, or a migration failed (then nothing of it is kept)
 */
export async function migrate(db: Db): Promise<void> {
  const { rows } = await sql<{ num: number }>`select current_setting('server_version_num')::int as num`.execute(db)
  const major = Math.floor((rows[0]?.num ?? 0) / 10_000)
  if (major < OLDEST_POSTGRES)
    throw new Error(`PostgreSQL ${OLDEST_POSTGRES} or newer is needed; this server is ${major}.`)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error instanceof Error ? error : new Error(String(error))
}
