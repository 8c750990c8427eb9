import { type Kysely, sql } from 'kysely'

// Frozen once merged: imports nothing of ours.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table channel
    -- Who registered it and may change it; null: the operator.
    add column owner_account_id integer references account (id) on delete set null,
    add column about text,
    -- An SVG that was looked through (protocol/model/text/check-icon).
    add column icon text,
    -- The secret before this one, taken as well until then.
    add column previous_secret_sealed bytea,
    add column previous_secret_until timestamptz,
    -- Somebody has signed with the present secret: hooks are signed with it, too, from then on.
    add column secret_used boolean not null default true,
    add column moderation text not null default 'approved'
      check (moderation in ('waiting', 'approved', 'returned', 'refused')),
    add column moderation_note text,
    add column asked_at timestamptz,
    -- A change that waits for the operator, by the names of the app API.
    add column pending jsonb`.execute(db)
  await sql`create index channel_of_owner on channel (owner_account_id) where owner_account_id is not null`.execute(db)
  await sql`create index channel_to_moderate on channel (asked_at) where asked_at is not null`.execute(db)
}
