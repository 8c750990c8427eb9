import type { ChannelCard, ChannelId, ConnectChannelRequest } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import type { Actor } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { getChannelCard } from './channel-cards.ts'
import { findChannel } from './channel-registry.ts'
import { connectChannel } from './connect-channel.ts'
import { disconnectChannel } from './disconnect-channel.ts'
import { amojoIdOf } from './own-channels.ts'

type ConnectDeps = Pick<Deps, 'db' | 'clock' | 'nudge' | 'nudgeDeliveries' | 'secretBox'>

/**
 * Connects a channel to the account of whoever asks, or changes what the connection is called and which hooks it takes.
 * @throws {AppError} `not_found`: the account may not use it; `conflict`: it is not approved, or has no address for these hooks
 */
export async function connectHere(
  deps: ConnectDeps,
  actor: Actor,
  channelId: ChannelId,
  { title, hookVersion }: ConnectChannelRequest,
): Promise<ChannelCard> {
  const card = await getChannelCard(deps.db, actor.accountId, channelId)
  const channel = card.state === 'approved' ? await findChannel(deps, channelId) : undefined
  if (!channel)
    throw new AppError('conflict', 'This channel cannot be connected: it is not approved, or no longer offered.')
  if (!card.hookVersions.includes(hookVersion))
    throw new AppError(
      'invalid_request',
      `hookVersion: the channel has no address for hooks of version ${hookVersion}.`,
      {
        details: { field: 'hookVersion' },
      },
    )
  const amojoId = await amojoIdOf(deps.db, actor.accountId)
  const isTimeWindowDisabled = await isWindowOff(deps, actor, channelId)
  const wish = { amojoId, title: title ?? card.connection?.title, hookVersion, isTimeWindowDisabled }
  await connectChannel(deps, channel, wish, actor)
  return getChannelCard(deps.db, actor.accountId, channelId)
}

/**
 * Ends the connection. Conversations stay and can be read; hooks that wait are given up.
 * @throws {AppError} `not_found`: it is not connected
 */
export async function disconnectHere(deps: ConnectDeps, actor: Actor, channelId: ChannelId): Promise<void> {
  const card = await getChannelCard(deps.db, actor.accountId, channelId)
  if (!card.connection) throw new AppError('not_found', 'There is no such connection.')
  await disconnectChannel(deps, card, await amojoIdOf(deps.db, actor.accountId), actor)
}

/** The channel's own wish, which stays as it was. */
async function isWindowOff({ db }: Pick<Deps, 'db'>, { accountId }: Actor, channelId: ChannelId): Promise<boolean> {
  const row = await db
    .selectFrom('connection')
    .select('is_time_window_disabled')
    .where('account_id', '=', accountId)
    .where('channel_id', '=', channelId)
    .where('disconnected_at', 'is', null)
    .executeTakeFirst()
  return row?.is_time_window_disabled ?? false
}
