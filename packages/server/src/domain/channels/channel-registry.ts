import { createSecretKey, type KeyObject } from 'node:crypto'
import type { AccountId, AmojoId, ChannelId } from '@parley/protocol/model'
import type { Selectable } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import type { HookVersion, LegacySignature, Schema } from '../../db/schema.ts'
import { isUuid } from '../../lib/page-key.ts'
import type { Deps } from '../deps.ts'
import { ShortLivedCache } from './short-lived-cache.ts'

/** A registered integration, as far as serving its requests needs it. */
export interface Channel {
  id: ChannelId
  code: string
  name: string
  /** Who registered it; null: the operator. */
  ownerAccountId: AccountId | null
  /** Its secret, ready for HMACs. */
  key: KeyObject
  /** The secret before it, taken as well until then; undefined: only `key` is good. */
  previous: { key: KeyObject; until: Date; isKeyUsed: boolean } | undefined
  legacySignature: LegacySignature
  isPublic: boolean
  /** Has an address for version 2 of the hooks. */
  takesV2Hooks: boolean
  events: readonly string[]
  writeFirst: boolean
  supportsReply: boolean
  supportsVoice: boolean
  reactions: 'all' | readonly string[]
  maxFileBytes: number
  isStrict: boolean
  /** Requests a second and scope; null: the installation's. */
  rateLimit: number | null
  leadOnOutgoing: boolean
  bot: { id: string; clientId: string; name: string }
}

/** A channel in an account that it is connected to now. */
export interface Scope {
  /** `{channel id}_{account's amojo id}` */
  id: string
  accountId: AccountId
  amojoId: AmojoId
  channelId: ChannelId
  channel: Channel
  title: string
  hookVersion: HookVersion
}

type RegistryDeps = Pick<Deps, 'db' | 'clock' | 'secretBox'>

interface Registry {
  channels: ShortLivedCache<Channel>
  scopes: ShortLivedCache<Scope>
}

/** What is known is asked for again after this long: a change that another node made is seen within it. */
const LIFETIME_MS = 1000
const MAX_KNOWN = 10_000
const SCOPE_SEPARATOR = '_'

/** One per database; a test that opens another one starts with nothing known. */
const registries = new WeakMap<Db, Registry>()

function registryOf(db: Db): Registry {
  const known = registries.get(db)
  if (known) return known
  const options = { size: MAX_KNOWN, lifetimeMs: LIFETIME_MS }
  const made: Registry = { channels: new ShortLivedCache(options), scopes: new ShortLivedCache(options) }
  registries.set(db, made)
  return made
}

export const scopeIdOf = (channelId: ChannelId, amojoId: AmojoId) => `${channelId}${SCOPE_SEPARATOR}${amojoId}`

/** The channel of this id; undefined when there is none, it was switched off, or the text is no id at all. Up to a second old. */
export async function findChannel(deps: RegistryDeps, channelId: string): Promise<Channel | undefined> {
  if (!isUuid(channelId)) return undefined
  const id = channelId.toLowerCase() as ChannelId
  return registryOf(deps.db).channels.get(id, deps.clock.now().getTime(), () => loadChannel(deps, id))
}

/**
 * The connection that a scope id names; undefined when there is none, or the account was disconnected, or the text is no scope id.
 * A connect or disconnect on this node counts at once, one on another node within a second.
 */
export function findScope(deps: RegistryDeps, scopeId: string): Promise<Scope | undefined> {
  // Most requests name a scope that is known, in the spelling we gave out.
  const known = registryOf(deps.db).scopes.peek(scopeId, deps.clock.now().getTime())
  return known ?? loadNamedScope(deps, scopeId)
}

async function loadNamedScope(deps: RegistryDeps, scopeId: string): Promise<Scope | undefined> {
  const [channelId = '', amojoId = '', ...rest] = scopeId.split(SCOPE_SEPARATOR)
  if (rest.length > 0 || !isUuid(channelId) || !isUuid(amojoId)) return undefined
  const names = { channelId: channelId.toLowerCase() as ChannelId, amojoId: amojoId.toLowerCase() as AmojoId }
  const load = () => loadScope(deps, names)
  return registryOf(deps.db).scopes.get(scopeId.toLowerCase(), deps.clock.now().getTime(), load)
}

/** For whoever changed the connection, after the commit. */
export function forgetScope(deps: Pick<Deps, 'db'>, scopeId: string): void {
  registryOf(deps.db).scopes.forget(scopeId)
}

/** The same for whoever changed the channel itself: its connections are read again, too. */
export function forgetChannel(deps: Pick<Deps, 'db'>, channelId: ChannelId): void {
  const { channels, scopes } = registryOf(deps.db)
  channels.forget(channelId)
  scopes.clear()
}

async function loadChannel(deps: RegistryDeps, id: ChannelId): Promise<Channel | undefined> {
  const row = await deps.db
    .selectFrom('channel')
    .selectAll()
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .where('moderation', '=', 'approved')
    .executeTakeFirst()
  return row && toChannel(deps, row)
}

async function loadScope(
  deps: RegistryDeps,
  names: { channelId: ChannelId; amojoId: AmojoId },
): Promise<Scope | undefined> {
  const { channelId, amojoId } = names
  const row = await deps.db
    .selectFrom('account as a')
    .innerJoin('connection as n', 'n.account_id', 'a.id')
    .innerJoin('channel as c', 'c.id', 'n.channel_id')
    .where('a.amojo_id', '=', amojoId)
    .where('c.id', '=', channelId)
    .where('c.disabled_at', 'is', null)
    .where('c.moderation', '=', 'approved')
    .where('n.disconnected_at', 'is', null)
    .selectAll('c')
    .select(['n.account_id', 'n.title', 'n.hook_api_version'])
    .executeTakeFirst()
  if (!row) return undefined
  const { account_id: accountId, title, hook_api_version: hookVersion } = row
  const channel = toChannel(deps, row)
  return { id: scopeIdOf(channelId, amojoId), accountId, amojoId, channelId, channel, title, hookVersion }
}

const toKey = (secretBox: Deps['secretBox'], sealed: Buffer) => createSecretKey(secretBox.open(sealed), 'utf8')

function toChannel({ secretBox }: RegistryDeps, row: Selectable<Schema['channel']>): Channel {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    ownerAccountId: row.owner_account_id,
    key: toKey(secretBox, row.secret_sealed),
    previous:
      row.previous_secret_sealed && row.previous_secret_until
        ? {
            key: toKey(secretBox, row.previous_secret_sealed),
            until: row.previous_secret_until,
            isKeyUsed: row.secret_used,
          }
        : undefined,
    legacySignature: row.legacy_signature,
    isPublic: row.is_public,
    takesV2Hooks: row.webhook_url_v2 !== null,
    events: row.webhook_events,
    writeFirst: row.write_first,
    supportsReply: row.supports_reply,
    supportsVoice: row.supports_voice,
    reactions: row.reactions_all ? 'all' : row.reactions_list,
    maxFileBytes: row.max_file_size,
    isStrict: row.is_strict,
    rateLimit: row.rate_limit,
    leadOnOutgoing: row.lead_on_outgoing,
    bot: { id: row.bot_id, clientId: row.bot_client_id, name: row.bot_name },
  }
}
