import { type Kysely, sql } from 'kysely'

// Frozen once merged: imports nothing of ours.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table test_run (
    account_id integer not null references account (id) on delete cascade,
    channel_id uuid not null references channel (id) on delete cascade,
    -- What happened before counts for nothing.
    started_at timestamptz not null,
    -- What the endpoint answered to the hooks that were sent as a test, by kind: {"signature": {…}, "repeat": {…}}.
    probes jsonb not null default '{}',
    primary key (account_id, channel_id))`.execute(db)
}
