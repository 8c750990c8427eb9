import { type Kysely, sql } from 'kysely'

// Frozen once merged: imports nothing of ours.
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of integrations) await sql.raw(statement).execute(db)
}

const integrations = [
  // What access tokens are signed with, the newest first; sealed.
  'alter table installation add column signing_keys bytea',
  // A program that accounts let in by OAuth 2.0.
  `create table integration (
    -- What the wire calls client_id, and client_uuid.
    id uuid primary key,
    -- Who registered it and may change it.
    account_id integer not null references account (id) on delete cascade,
    name text not null,
    about text,
    -- Compared letter by letter; the first is meant where none is named.
    redirect_uris text[] not null,
    uninstall_url text,
    scopes text[] not null,
    -- Every account may install it; else only its owner.
    is_public boolean not null,
    -- Sealed, not a digest: what we send it is signed with it.
    secret_sealed bytea not null,
    created_at timestamptz not null
  )`,
  'create index integration_of_account on integration (account_id)',
  // Its leave to work in an account; without one, no token of it is good there.
  `create table integration_grant (
    account_id integer not null references account (id) on delete cascade,
    integration_id uuid not null references integration (id) on delete cascade,
    -- In whose name it acts.
    user_id bigint not null,
    scopes text[] not null,
    granted_at timestamptz not null,
    primary key (account_id, integration_id),
    foreign key (account_id, user_id) references account_user (account_id, id) on delete cascade
  )`,
  'create index integration_grant_of on integration_grant (integration_id)',
  // The tokens that come from one consent: they end together.
  `create table token_family (
    account_id integer not null,
    id uuid not null,
    integration_id uuid not null references integration (id) on delete cascade,
    user_id bigint not null,
    -- Of a token that was made by hand; null: of a consent.
    name text,
    created_at timestamptz not null,
    last_used_at timestamptz,
    -- Behind it no token of the family is good.
    expires_at timestamptz not null,
    ended_at timestamptz,
    primary key (account_id, id),
    foreign key (account_id, user_id) references account_user (account_id, id) on delete cascade
  )`,
  'create index token_family_of on token_family (integration_id, account_id)',
  `create table refresh_token (
    account_id integer not null,
    token_hash bytea not null,
    family_id uuid not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    -- The pair it was changed for, for a client whose answer was lost.
    next_sealed bytea,
    primary key (account_id, token_hash),
    foreign key (account_id, family_id) references token_family (account_id, id) on delete cascade
  )`,
  'create index refresh_token_of on refresh_token (account_id, family_id)',
  `create table authorization_code (
    account_id integer not null,
    token_hash bytea not null,
    integration_id uuid not null references integration (id) on delete cascade,
    user_id bigint not null,
    redirect_uri text not null,
    -- PKCE, S256; null: the client asked without.
    challenge text,
    expires_at timestamptz not null,
    -- What it was changed for; null: it was not used yet.
    family_id uuid,
    primary key (account_id, token_hash),
    foreign key (account_id, user_id) references account_user (account_id, id) on delete cascade
  )`,
  'create index authorization_code_of on authorization_code (integration_id, account_id)',
]
