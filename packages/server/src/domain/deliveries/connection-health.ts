import type { AccountId, ChannelId, ChannelSwitcher, Connection } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { heldByOperator } from './switch-channel.ts'

interface ConnectionRow {
  channel_id: ChannelId
  code: string
  title: string
  icon_version: string | null
  is_connected: boolean
  is_public: boolean
  owner_account_id: AccountId | null
  can_write_first: boolean
  failing_since: Date | null
  mailed_at: Date | null
  last_failure: string | null
  switched_off_at: Date | null
  is_held: boolean
  waiting: number
}

/** The account's connections, by title, with how their endpoints fare; those that were disconnected, too. */
export async function listConnections(db: Db, accountId: AccountId): Promise<Connection[]> {
  const { rows } = await sql<ConnectionRow>`
    select n.channel_id, c.code, n.title, left(md5(c.icon), 8) as icon_version, n.disconnected_at is null as is_connected, c.is_public,
      c.owner_account_id,
      c.write_first and coalesce(c.webhook_url_v2, '') <> '' and n.disconnected_at is null and c.disabled_at is null
        as can_write_first,
      h.failing_since, h.mailed_at, h.last_failure, h.switched_off_at, coalesce(h.is_held, false) as is_held, coalesce(w.waiting, 0)::int as waiting
    from connection n
    join channel c on c.id = n.channel_id
    left join channel_health h on h.channel_id = n.channel_id
    left join lateral (
      select sum(last_turn - settled_turn) as waiting from delivery_lane
      where account_id = n.account_id and channel_id = n.channel_id and due_at is not null) w on true
    where n.account_id = ${accountId}
    order by n.title, n.channel_id`.execute(db)
  return rows.map((row) => present(row, accountId))
}

function present(row: ConnectionRow, accountId: AccountId): Connection {
  return {
    channelId: row.channel_id,
    code: row.code,
    title: row.title,
    iconPath: iconPathOf(row.channel_id, row.icon_version),
    isConnected: row.is_connected,
    switchedBy: switcherOf(row, accountId),
    canWriteFirst: row.can_write_first,
    health: { ...stateOf(row), waiting: row.waiting },
  }
}

/** Under the API's address; another icon has another path. `version`: the beginning of its digest; null: there is none. */
export const iconPathOf = (channelId: ChannelId, version: string | null): string | null =>
  version === null ? null : `/channels/${channelId}/icon?v=${version}`

/** Failing is said when the notice of it was given: one hook that fails now and then is no failing connection. */
function stateOf(row: ConnectionRow): Omit<Connection['health'], 'waiting'> {
  const { switched_off_at: offAt, failing_since: failingSince, mailed_at: toldAt, last_failure: lastFailure } = row
  if (offAt) return { state: 'switched_off', since: offAt.getTime(), lastFailure: failingSince ? lastFailure : null }
  if (failingSince && toldAt) return { state: 'failing', since: failingSince.getTime(), lastFailure }
  return { state: 'ok', since: null, lastFailure: null }
}

function switcherOf(
  channel: Pick<ConnectionRow, 'is_public' | 'owner_account_id' | 'is_held'>,
  accountId: AccountId,
): ChannelSwitcher {
  if (channel.is_held) return 'operator'
  if (channel.owner_account_id !== null) return channel.owner_account_id === accountId ? 'account' : 'developer'
  return channel.is_public ? 'operator' : 'account'
}

const WHOM_TO_ASK: Record<Exclude<ChannelSwitcher, 'account'>, string> = {
  developer:
    'belongs to the account that registered it, and only its admins switch it: ask the developer of the channel.',
  operator: 'serves other accounts, too: ask the operator of this server.',
}

/**
 * What an account's admin may switch: a channel of its own, not one that serves others. Answers what the connection is called.
 * @throws {AppError} `not_found`: not connected here; `forbidden`: somebody else's to switch
 */
export async function accessSwitch(db: Db, accountId: AccountId, channelId: ChannelId): Promise<{ title: string }> {
  const channel = await db
    .selectFrom('connection as n')
    .innerJoin('channel as c', 'c.id', 'n.channel_id')
    .leftJoin('channel_health as h', 'h.channel_id', 'n.channel_id')
    .select(['c.is_public', 'c.owner_account_id', 'n.title'])
    .select((eb) => eb.fn.coalesce('h.is_held', eb.lit(false)).as('is_held'))
    .where('n.account_id', '=', accountId)
    .where('n.channel_id', '=', channelId)
    .where('n.disconnected_at', 'is', null)
    .executeTakeFirst()
  if (!channel) throw new AppError('not_found', 'There is no such connection.')
  const switcher = switcherOf(channel, accountId)
  if (channel.is_held) throw heldByOperator(channel.title)
  if (switcher !== 'account') throw new AppError('forbidden', `${channel.title} ${WHOM_TO_ASK[switcher]}`)
  return { title: channel.title }
}
