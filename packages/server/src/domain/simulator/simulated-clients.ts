import { randomUUID } from 'node:crypto'
import type { AccountId, ChannelId, NewSimulatedClient, SimulatedClient } from '@parley/protocol/model'
import { sql } from 'kysely'
import { AppError } from '../../lib/app-error.ts'
import { getOwnChannel } from '../channels/own-channels.ts'
import type { Deps } from '../deps.ts'
import { presentClient } from './get-simulator.ts'

const MOST_CLIENTS = 20

/** @throws {AppError} `not_found`; `conflict`: there are as many as there may be */
export async function addClient(
  deps: Pick<Deps, 'db' | 'clock' | 'publicUrl'>,
  accountId: AccountId,
  channelId: ChannelId,
  wish: NewSimulatedClient,
): Promise<SimulatedClient> {
  await getOwnChannel(deps, accountId, channelId)
  const row = { id: randomUUID() as string, ...wish }
  const { numAffectedRows } = await sql`
    insert into simulated_client (account_id, channel_id, id, name, phone, avatar, source, created_at)
    select ${accountId}, ${channelId}, ${row.id}, ${row.name}, ${row.phone}, ${row.avatar}, ${row.source}, ${deps.clock.now()}
    where (
      select count(*) from simulated_client where account_id = ${accountId} and channel_id = ${channelId}
    ) < ${MOST_CLIENTS}`.execute(deps.db)
  if (numAffectedRows === 0n)
    throw new AppError('conflict', `A channel has at most ${MOST_CLIENTS} simulated clients. Remove one first.`)
  return presentClient(row, deps.publicUrl())
}

/**
 * What he wrote stays. Twice changes nothing.
 * @throws {AppError} `not_found`: no such channel
 */
export async function removeClient(
  deps: Pick<Deps, 'db' | 'clock'>,
  accountId: AccountId,
  channelId: ChannelId,
  clientId: string,
): Promise<void> {
  await getOwnChannel(deps, accountId, channelId)
  await deps.db
    .deleteFrom('simulated_client')
    .where('account_id', '=', accountId)
    .where('channel_id', '=', channelId)
    .where('id', '=', clientId)
    .execute()
}
