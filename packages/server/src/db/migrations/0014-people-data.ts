import { type Kysely, sql } from 'kysely'

// Frozen once merged: imports nothing of ours.
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...notices, ...erasures]) await sql.raw(statement).execute(db)
}

const notices = [
  `alter table task
    -- When its user is to be reminded; null: was reminded, or never will be.
    add column ring_at timestamptz,
    -- Who gave it to its user, who is still to be told of it.
    add column given_by bigint`,
  // Of what is late already nobody is reminded.
  'update task set ring_at = due_at where due_at > now() and done_at is null and deleted_at is null',
  'create index task_to_ring on task (ring_at) where ring_at is not null and done_at is null and deleted_at is null',
]

const erasures = [
  // People whose data are being erased: what was begun goes on until nothing is left.
  `create table erasure (
    account_id integer not null references account (id) on delete cascade,
    id uuid not null,
    contact_id bigint not null,
    asked_by bigint,
    asked_at timestamptz not null,
    -- Whose data: found out once, for what leads to them is erased itself (domain/erasure).
    scope jsonb not null,
    step text not null,
    leased_until timestamptz,
    finished_at timestamptz,
    primary key (account_id, id)
  )`,
  'create unique index erasure_of_contact on erasure (account_id, contact_id)',
  'create index erasure_to_do on erasure (asked_at) where finished_at is null',
]
