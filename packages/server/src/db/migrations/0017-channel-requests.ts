import { type Kysely, sql } from 'kysely'

// Frozen once merged: imports nothing of ours.
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // A channel is not a tenant's: one serves many accounts, and who registered it looks at all of them. No foreign key: rows are
  // written in passing and gone after days.
  `create table channel_request (
    channel_id uuid not null,
    id uuid not null,
    at timestamptz not null,
    -- Whose connection it came by, as far as known.
    account_id integer,
    request_id text not null,
    method text not null,
    path text not null,
    status integer not null,
    duration_ms real not null,
    error_type text,
    error text,
    -- [[name, value], …] as they were sent.
    headers jsonb not null,
    -- The beginning of the body; as bytes where it is no text.
    body text,
    body_bytes bytea,
    body_size integer not null,
    answer_headers jsonb not null,
    answer text,
    answer_size integer not null,
    is_masked boolean not null,
    -- Requests between this one and the one before it that were not kept, and how many of them were refused.
    left_out integer not null,
    left_out_refused integer not null,
    primary key (channel_id, id)
  )`,
  'create index channel_request_at on channel_request (channel_id, at)',
  'create index channel_request_refused on channel_request (channel_id, id) where status >= 400',
]
