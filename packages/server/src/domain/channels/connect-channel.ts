import type { AccountId, AmojoId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import type { HookVersion } from '../../db/schema.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { type Channel, forgetScope, scopeIdOf } from './channel-registry.ts'

export interface ConnectionSettings {
  amojoId: AmojoId
  /** Absent: the channel's name. */
  title: string | undefined
  hookVersion: HookVersion
  isTimeWindowDisabled: boolean
}

/** A connection as it stands after the call. */
export interface Connected {
  amojoId: AmojoId
  scopeId: string
  title: string
  hookVersion: HookVersion
  isTimeWindowDisabled: boolean
}

/** Who wants it: a person of the account, or the channel itself from some address. */
export type ConnectedBy = Pick<Actor, 'userId' | 'address'>

type ConnectDeps = Pick<Deps, 'db' | 'clock' | 'nudge'>

/**
 * Connects a channel to an account, or brings an existing connection's settings up to date; integrations call it on every start.
 * @throws {AppError} `ORIGIN_FORBIDDEN` when the channel is private and the account not approved for it; `ORIGIN_INVALID_PAYLOAD` when
 *   there is no such account or no URL for v2 hooks
 */
export async function connectChannel(
  deps: ConnectDeps,
  channel: Channel,
  settings: ConnectionSettings,
  by: ConnectedBy,
): Promise<Connected> {
  const accountId = await getAccountFor(deps.db, channel, settings.amojoId)
  if (settings.hookVersion === 'v2' && !channel.takesV2Hooks) {
    throw new AppError(
      'ORIGIN_INVALID_PAYLOAD',
      'hook_api_version: the channel has no URL for v2 hooks; register one first',
    )
  }
  const title = settings.title ?? channel.name
  const { hookVersion, isTimeWindowDisabled } = settings
  const at = deps.clock.now()
  const wasChanged = await deps.db.transaction().execute(async (tx) => {
    // One statement, so that two connects at once are two updates of one row; it answers a row only when something is new.
    const { rows } = await sql`
      insert into connection as n (account_id, channel_id, title, hook_api_version, is_time_window_disabled, connected_at)
      values (${accountId}, ${channel.id}, ${title}, ${hookVersion}, ${isTimeWindowDisabled}, ${at})
      on conflict (account_id, channel_id) do update set
        title = excluded.title,
        hook_api_version = excluded.hook_api_version,
        is_time_window_disabled = excluded.is_time_window_disabled,
        connected_at = case when n.disconnected_at is null then n.connected_at else excluded.connected_at end,
        disconnected_at = null
      where n.disconnected_at is not null
        or (n.title, n.hook_api_version, n.is_time_window_disabled)
          <> (excluded.title, excluded.hook_api_version, excluded.is_time_window_disabled)
      returning 1`.execute(tx)
    if (rows.length === 0) return false
    const { id, name } = channel
    const entry = { at, action: 'channel.connected', target: { kind: 'channel', id, name } } as const
    await appendAudit(tx, { accountId, ...by }, { ...entry, details: { title, hookVersion } })
    await appendEvents(tx, accountId, [{ type: 'connection.changed' }])
    return true
  })
  const scopeId = scopeIdOf(channel.id, settings.amojoId)
  forgetScope(deps, scopeId)
  if (wasChanged) deps.nudge(accountId)
  return { amojoId: settings.amojoId, scopeId, title, hookVersion, isTimeWindowDisabled }
}

async function getAccountFor(db: Db, channel: Channel, amojoId: AmojoId): Promise<AccountId> {
  const account = await db
    .selectFrom('account as a')
    .leftJoin('channel_account as ca', (join) =>
      join.onRef('ca.account_id', '=', 'a.id').on('ca.channel_id', '=', channel.id),
    )
    .where('a.amojo_id', '=', amojoId)
    .select(['a.id', 'ca.channel_id as approved_for'])
    .executeTakeFirst()
  // An unknown account is told of alike, so a private channel cannot ask which accounts there are.
  if (!channel.isPublic && (account?.approved_for ?? null) === null) {
    throw new AppError(
      'ORIGIN_FORBIDDEN',
      'account_id: this private channel is not approved for the account; ask the operator to approve it',
    )
  }
  if (!account)
    throw new AppError('ORIGIN_INVALID_PAYLOAD', 'account_id: there is no account with this chat id (amojo_id)')
  return account.id
}
