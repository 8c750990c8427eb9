import { type Kysely, sql } from 'kysely'

// Frozen once merged: imports nothing of ours. Columns are added empty or with a constant, so no big table is rewritten.
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...channels, ...messages, ...files, ...crm]) await sql.raw(statement).execute(db)
}

const channels = [
  `alter table channel
    add column write_first boolean not null default false,
    add column supports_reply boolean not null default true,
    add column supports_voice boolean not null default true,
    add column saves_files boolean not null default false,
    -- Any emoji, or only those listed; neither: no reactions.
    add column reactions_all boolean not null default true,
    add column reactions_list text[] not null default '{}',
    -- Seconds in which a manager may answer a client's last message; null: no window.
    add column time_window_seconds integer,
    add column max_file_size bigint not null default 104857600,
    -- Refuses what is repaired otherwise (spec 01 §2.5).
    add column is_strict boolean not null default false,
    -- Requests a second and scope; null: the installation's.
    add column rate_limit integer,
    -- Whether a message sent elsewhere opens an incoming lead, too.
    add column lead_on_outgoing boolean not null default true`,
  // How the endpoint of a channel fares. A row is made by its first failure.
  `create table channel_health (
    channel_id uuid primary key references channel (id) on delete cascade,
    -- Null while it answers.
    failing_since timestamptz,
    last_failed_at timestamptz,
    last_failure text,
    -- When its people were last written to; null again once they know that it recovered.
    mailed_at timestamptz,
    -- Set while nothing is sent because it failed for days, or somebody paused it.
    switched_off_at timestamptz
  )`,
  "alter table delivery add column kind text not null default 'message' check (kind in ('message', 'reaction'))",
]

const messages = [
  `alter table message
    -- What a message has beyond its text (domain/messages/message-content.ts); null for plain text.
    add column content jsonb,
    -- [{authorId, authorKind, name, emoji}], one per author; null when there are none.
    add column reactions jsonb,
    add column edited_at timestamptz`,
  // What a message was before an edit; version 1 is the original.
  `create table message_edit (
    account_id integer not null,
    message_id uuid not null,
    version integer not null,
    kind text not null,
    body text not null,
    content jsonb,
    replaced_at timestamptz not null,
    primary key (account_id, message_id, version)
  )`,
  // In no index, so a message still updates the row in place. Restarts the channel's time window.
  'alter table chat_state add column last_client_at timestamptz',
  // Digits of the number with which a manager began the chat; null when the client came himself.
  'alter table chat add column begun_phone text',
  'create index chat_begun on chat (account_id, channel_id, begun_phone) where begun_phone is not null',
  // Comments under one public post are a talk of their own within the chat (spec 01 §3.4.2).
  'alter table talk add column post_id text',
  `create table chat_post (
    account_id integer not null,
    chat_id uuid not null,
    -- The integration's id of the post.
    post_id text not null,
    talk_id bigint,
    created_at timestamptz not null default now(),
    primary key (account_id, chat_id, post_id)
  )`,
]

const files = [
  // One row per content and account. The id is the unguessable part of its link: UUID v4.
  `create table file (
    account_id integer not null,
    id uuid not null,
    sha256 bytea not null,
    size_bytes bigint not null,
    -- As its bytes say, not as somebody claimed.
    media_type text not null,
    width integer,
    height integer,
    -- A smaller picture of it: another file.
    thumbnail_id uuid,
    created_at timestamptz not null default now(),
    primary key (account_id, id),
    unique (account_id, sha256)
  )`,
  // What a message or a participant links to and is not copied yet. Done: the row goes. Given up: due_at is null.
  `create table media_fetch (
    account_id integer not null,
    id uuid not null,
    owner_kind text not null check (owner_kind in ('message', 'participant')),
    owner_id uuid not null,
    slot text not null check (slot in ('media', 'thumbnail', 'preview', 'post_preview', 'avatar')),
    url text not null,
    max_bytes bigint not null,
    attempts integer not null default 0,
    due_at timestamptz,
    leased_until timestamptz,
    failure text,
    created_at timestamptz not null default now(),
    -- With its port. The job takes turns between hosts, so that one that hangs stops no other.
    host text not null generated always as
      (coalesce(left(lower(substring(url from '^[A-Za-z]+://(?:[^/?#]*@)?([^/?#]*)')), 255), '')) stored,
    primary key (account_id, id),
    unique (account_id, owner_id, slot)
  ) with (fillfactor = 80)`,
  // Exception: the job asks across tenants what is due.
  'create index media_fetch_due on media_fetch (host, due_at) where due_at is not null',
  // The copy of avatar_url; null until it is there.
  'alter table participant add column avatar_file_id uuid',
  // Whose rows change when a client does.
  'create index chat_participant on chat (account_id, participant_id)',
]

const crm = [
  // Lines behind a connection: a number, a page (spec 01 §4).
  `create table source (
    account_id integer not null references account (id) on delete cascade,
    id bigint generated by default as identity (start with 60001),
    channel_id uuid not null,
    external_id text not null,
    name text not null,
    -- Where its incoming leads go; null: the main pipeline.
    pipeline_id bigint,
    is_default boolean not null default false,
    created_at timestamptz not null default now(),
    deleted_at timestamptz,
    primary key (account_id, id)
  )`,
  'create unique index source_active on source (account_id, channel_id, external_id) where deleted_at is null',
  'create unique index source_default on source (account_id, channel_id) where is_default and deleted_at is null',
]
