import { type Kysely, sql } from 'kysely'

// Frozen once merged: imports nothing of ours.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table channel
    -- Until then the simulator takes the hooks of the account that registered the channel, in the place of its address…
    add column simulated_until timestamptz,
    -- …and answers them so.
    add column simulated_answer jsonb`.execute(db)
  await sql`create table simulated_client (
    account_id integer not null references account (id) on delete cascade,
    channel_id uuid not null references channel (id) on delete cascade,
    id uuid not null,
    name text not null,
    phone text,
    -- A sample picture, by name; null: none.
    avatar text,
    -- The source it writes to, as the channel names it; null: none in particular.
    source text,
    created_at timestamptz not null,
    primary key (account_id, channel_id, id))`.execute(db)
  await sql`create table simulator_entry (
    account_id integer not null references account (id) on delete cascade,
    channel_id uuid not null references channel (id) on delete cascade,
    id bigint generated always as identity,
    at timestamptz not null,
    kind text not null check (kind in ('request', 'hook')),
    -- What was sent and answered. Not jsonb: bodies may hold U+0000.
    data json not null,
    primary key (account_id, channel_id, id))`.execute(db)
}
