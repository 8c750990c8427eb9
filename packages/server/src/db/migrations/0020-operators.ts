import { type Kysely, sql } from 'kysely'

// Frozen once merged: imports nothing of ours.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table account_user
    -- Runs this server: decides about channels that accounts register.
    add column is_operator boolean not null default false`.execute(db)
  await sql`create index account_user_operator on account_user (account_id, id) where is_operator`.execute(db)
  await sql`alter table channel
    -- Who of the owner's account asked for it, or for its change, last: he is told what was decided. No foreign key, for it names
    -- a row of another tenant's table and is read with a join that may find nobody.
    add column asked_by bigint`.execute(db)
}
