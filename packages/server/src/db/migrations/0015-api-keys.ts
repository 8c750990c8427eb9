import { type Kysely, sql } from 'kysely'

// Frozen once merged: imports nothing of ours.
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of apiKeys) await sql.raw(statement).execute(db)
}

const apiKeys = [
  // What programs of 2017 log in with: one per user.
  `create table api_key (
    account_id integer not null,
    user_id bigint not null,
    -- SHA-256: the key itself is shown once.
    key_hash bytea not null,
    created_at timestamptz not null,
    last_used_at timestamptz,
    primary key (account_id, user_id),
    foreign key (account_id, user_id) references account_user (account_id, id) on delete cascade
  )`,
  // Opened by a key, and gone with it.
  `create table api_key_session (
    account_id integer not null,
    token_hash bytea not null,
    user_id bigint not null,
    expires_at timestamptz not null,
    primary key (account_id, token_hash),
    foreign key (account_id, user_id) references api_key (account_id, user_id) on delete cascade
  )`,
  'create index api_key_session_user on api_key_session (account_id, user_id)',
]
