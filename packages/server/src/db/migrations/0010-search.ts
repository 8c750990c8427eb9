import { type Kysely, sql } from 'kysely'

// Frozen once merged: imports nothing of ours. The tables begin empty; the follower `search` fills them from the first event on.
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const extension of ['btree_gin', 'pg_trgm']) await addExtension(db, extension)
  for (const statement of tables) await sql.raw(statement).execute(db)
}

/** Both come with PostgreSQL and are trusted: the owner of a database may create them, unless its operator took that away. */
async function addExtension(db: Kysely<unknown>, name: string): Promise<void> {
  try {
    await sql`create extension if not exists ${sql.id(name)}`.execute(db)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `Search needs PostgreSQL's extension ${name}, and it cannot be created (${reason}). Ask who runs the database to do ` +
        `once, in this database: CREATE EXTENSION ${name};`,
      { cause: error },
    )
  }
}

const tables = [
  // What was said, ready to be searched: messages and notes. Derived; can be emptied and filled anew.
  `create table search_text (
    account_id integer not null,
    -- The message's or the note's.
    id uuid not null,
    kind text not null check (kind in ('message', 'note')),
    chat_id uuid,
    -- Of notes.
    lead_id bigint,
    contact_id bigint,
    -- What hits are ordered by: when it was sent, but never after it came here.
    at timestamptz not null,
    -- Words as written (with their places), their stems, and facts about the message (domain/search/facts.ts).
    vector tsvector not null,
    primary key (account_id, id)
  )`,
  // What waits to be sorted in is read by every search, so not much may wait. In kB.
  'create index search_text_vector on search_text using gin (account_id, vector) with (gin_pending_list_limit = 1024)',
  // People and leads by what they are called and reached by.
  `create table search_name (
    account_id integer not null,
    -- A client is somebody in a messenger who belongs to no contact.
    kind text not null check (kind in ('contact', 'client', 'lead')),
    id text not null,
    -- Words in the letters a to z, a space before each: trigrams know no others in some locales.
    words text not null,
    -- Digits of phone numbers, and of a lead's own number; a space before each.
    digits text not null,
    -- A person's chats, the newest first.
    chat_ids uuid[] not null default '{}',
    made_at timestamptz not null,
    primary key (account_id, kind, id)
  )`,
  `create index search_name_words on search_name using gin (account_id, kind, words gin_trgm_ops)
    with (gin_pending_list_limit = 1024)`,
  `create index search_name_digits on search_name using gin (account_id, kind, digits gin_trgm_ops)
    with (gin_pending_list_limit = 1024)`,
]
