import { type Kysely, sql } from 'kysely'

// Frozen once merged: imports nothing of ours.
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of tables) await sql.raw(statement).execute(db)
}

// Hours are those of the wall clock of the account. User 0 is nobody, a channel of zeroes is none.
const tables = [
  `alter table account
    -- {"week": [[[fromMinute, toMinute], ...] x 7, Monday first], "holidays": ["YYYY-MM-DD"]}; null: always.
    add column working_hours jsonb`,
  `create table figure_message (
    account_id integer not null,
    hour timestamp not null,
    channel_id uuid not null,
    user_id bigint not null,
    received integer not null,
    sent integer not null,
    primary key (account_id, hour, channel_id, user_id)
  ) with (fillfactor = 70)`,
  // A histogram of how long clients waited, under the hour they began to.
  `create table figure_answer (
    account_id integer not null,
    hour timestamp not null,
    channel_id uuid not null,
    user_id bigint not null,
    kind text not null check (kind in ('first', 'each')),
    within text not null check (within in ('clock', 'working')),
    bucket smallint not null,
    n integer not null,
    primary key (account_id, hour, channel_id, user_id, kind, within, bucket)
  ) with (fillfactor = 70)`,
  // Leads by how far they came and what became of them: "created" under the hour they were made, "closed" under that
  // they were won or lost in.
  `create table figure_lead (
    account_id integer not null,
    kind text not null check (kind in ('created', 'closed')),
    hour timestamp not null,
    channel_id uuid not null,
    user_id bigint not null,
    pipeline_id bigint not null,
    -- The deepest one reached; 0: none that is still there.
    stage_id bigint not null,
    outcome text not null check (outcome in ('incoming', 'open', 'won', 'lost', 'declined')),
    -- 0: none was given.
    loss_reason_id bigint not null,
    leads integer not null,
    price numeric not null,
    primary key (account_id, kind, hour, channel_id, user_id, pipeline_id, stage_id, outcome, loss_reason_id)
  ) with (fillfactor = 70)`,
  // How each lead stands in figure_lead.
  `create table lead_figured (
    account_id integer not null,
    lead_id bigint not null,
    created_hour timestamp not null,
    closed_hour timestamp,
    channel_id uuid not null,
    user_id bigint not null,
    pipeline_id bigint not null,
    stage_id bigint not null,
    outcome text not null,
    loss_reason_id bigint not null,
    price bigint not null,
    primary key (account_id, lead_id)
  ) with (fillfactor = 85)`,
  // Where each chat stands between question and answer (domain/figures/step-chat.ts).
  `create table answer_state (
    account_id integer not null,
    chat_id uuid not null,
    asked_at timestamptz,
    last_asked_at timestamptz,
    is_answered boolean not null,
    has_lead boolean not null,
    is_over boolean not null,
    primary key (account_id, chat_id)
  ) with (fillfactor = 85)`,
]
