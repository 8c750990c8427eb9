import { type Kysely, sql } from 'kysely'

// Frozen once merged: imports nothing of ours.
export async function up(db: Kysely<unknown>): Promise<void> {
  // The operator switched it off: only he switches it on.
  await sql`alter table channel_health add column is_held boolean not null default false`.execute(db)
}
