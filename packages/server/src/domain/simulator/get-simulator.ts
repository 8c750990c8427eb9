import {
  type AccountId,
  type ChannelId,
  type HookAnswer,
  hookAnswer,
  type SimulatedClient,
  type Simulator,
} from '@parley/protocol/model'
import type { Selectable } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import { AppError } from '../../lib/app-error.ts'
import { parseTarget } from '../../lib/guarded-fetch.ts'
import { scopeIdOf } from '../channels/channel-registry.ts'
import { amojoIdOf } from '../channels/own-channels.ts'
import type { Deps } from '../deps.ts'

export type SimulatorDeps = Pick<Deps, 'db' | 'clock' | 'publicUrl'> & {
  /** This server may call private addresses, its own included. */
  allowPrivateNetwork: boolean
}

/**
 * How the simulator of one's own channel stands.
 * @throws {AppError} `not_found`
 */
export async function getSimulator(
  deps: SimulatorDeps,
  accountId: AccountId,
  channelId: ChannelId,
): Promise<Simulator> {
  const { db, clock } = deps
  const row = await db
    .selectFrom('channel as c')
    .leftJoin('connection as n', (join) =>
      join
        .onRef('n.channel_id', '=', 'c.id')
        .onRef('n.account_id', '=', 'c.owner_account_id')
        .on('n.disconnected_at', 'is', null),
    )
    .select(['c.simulated_until', 'c.simulated_answer', 'n.connected_at'])
    .where('c.owner_account_id', '=', accountId)
    .where('c.id', '=', channelId)
    .executeTakeFirst()
  if (!row) throw new AppError('not_found', 'There is no such channel in this account.')
  const until = row.simulated_until
  const publicUrl = deps.publicUrl()
  return {
    scopeId: scopeIdOf(channelId, await amojoIdOf(db, accountId)),
    isConnected: row.connected_at !== null,
    onUntil: until && until > clock.now() ? until.getTime() : null,
    answer: toHookAnswer(row.simulated_answer),
    clients: await listClients(deps, accountId, channelId),
    publicUrl,
    areSamplesReachable: isReachable(publicUrl, deps.allowPrivateNetwork),
  }
}

export function toHookAnswer(stored: unknown): HookAnswer {
  const parsed = hookAnswer.safeParse(stored)
  return parsed.success ? parsed.data : { kind: 'ok' }
}

function isReachable(url: string, allowPrivateNetwork: boolean): boolean {
  if (allowPrivateNetwork) return true
  return !('kind' in parseTarget(url)) && new URL(url).hostname !== 'localhost'
}

export async function listClients(
  { db, publicUrl }: Pick<Deps, 'db' | 'publicUrl'>,
  accountId: AccountId,
  channelId: ChannelId,
): Promise<SimulatedClient[]> {
  const rows = await db
    .selectFrom('simulated_client')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('channel_id', '=', channelId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => presentClient(row, publicUrl()))
}

export function presentClient(
  {
    id,
    name,
    phone,
    avatar,
    source,
  }: Omit<Selectable<Schema['simulated_client']>, 'account_id' | 'channel_id' | 'created_at'>,
  publicUrl: string,
): SimulatedClient {
  return { id, name, phone, avatarUrl: avatar === null ? null : `${publicUrl}/samples/${avatar}.png`, source }
}
