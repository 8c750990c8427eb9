import type { AccountId, AmojoId, ChannelId, OwnChannel } from '@parley/protocol/model'
import type { Selectable } from 'kysely'
import type { Db, Tx } from '../../db/open-database.ts'
import type { Schema } from '../../db/schema.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Actor } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { scopeIdOf } from './channel-registry.ts'

type Row = Selectable<Schema['channel']>

/**
 * What the account registered, with all that its admins may know of it.
 * @throws {AppError} `not_found`
 */
export async function getOwnChannel(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  accountId: AccountId,
  channelId: ChannelId,
): Promise<OwnChannel> {
  const row = await db
    .selectFrom('channel')
    .selectAll()
    .where('owner_account_id', '=', accountId)
    .where('id', '=', channelId)
    .executeTakeFirst()
  if (!row) throw new AppError('not_found', 'There is no such channel in this account.')
  const approved = await db
    .selectFrom('channel_account')
    .select('account_id')
    .where('channel_id', '=', channelId)
    .orderBy('account_id')
    .execute()
  const scopeId = scopeIdOf(channelId, await amojoIdOf(db, accountId))
  const accountIds = approved.map((one) => one.account_id)
  return { ...present(row, accountIds, clock.now()), scopeId }
}

function present(row: Row, accountIds: AccountId[], now: Date): Omit<OwnChannel, 'scopeId'> {
  const previousUntil = row.previous_secret_until
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    webhookUrl: row.webhook_url_v2,
    webhookUrlV1: row.webhook_url_v1,
    events: row.webhook_events,
    isPublic: row.is_public,
    accountIds: accountIds.filter((id) => id !== row.owner_account_id),
    about: row.about,
    errorEmail: row.error_email,
    icon: row.icon,
    writeFirst: row.write_first,
    timeWindowSeconds: row.time_window_seconds,
    reactions: row.reactions_all ? 'all' : row.reactions_list,
    supportsReply: row.supports_reply,
    supportsVoice: row.supports_voice,
    savesFiles: row.saves_files,
    maxFileBytes: row.max_file_size,
    hookRetry: row.hook_retry,
    legacySignature: row.legacy_signature,
    bot: { id: row.bot_id, clientId: row.bot_client_id, name: row.bot_name },
    createdAt: row.created_at.getTime(),
    state: row.moderation,
    stateNote: row.moderation_note,
    waiting: (row.pending as OwnChannel['waiting'] | null) ?? {},
    previousSecretUntil: previousUntil && previousUntil > now ? previousUntil.getTime() : null,
  }
}

export async function amojoIdOf(db: Db | Tx, accountId: AccountId): Promise<AmojoId> {
  const row = await db.selectFrom('account').select('amojo_id').where('id', '=', accountId).executeTakeFirstOrThrow()
  return row.amojo_id
}

/** Screens that show the account's channels read them again. Locks the account's counter: the last thing of a transaction. */
export async function tellOwner(tx: Tx, actor: Pick<Actor, 'accountId' | 'userId'>): Promise<void> {
  await appendEvents(tx, actor.accountId, [{ type: 'settings.changed', topic: 'channels', actorId: actor.userId }])
}
