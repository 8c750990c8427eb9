import type { AccountId, AmojoId, ChannelCard, ChannelId, Connection } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { iconPathOf, listConnections } from '../deliveries/connection-health.ts'
import { scopeIdOf } from './channel-registry.ts'
import { amojoIdOf } from './own-channels.ts'

interface CardRow {
  id: ChannelId
  code: string
  name: string
  about: string | null
  icon_version: string | null
  is_public: boolean
  is_own: boolean
  moderation: ChannelCard['state']
  has_v1: boolean
  has_v2: boolean
  hook_api_version: 'v1' | 'v2' | null
  connected_at: Date | null
  last_in: Date | null
  last_out: Date | null
  hooks: number
  failed: number
}

/** What the account may use: its own, those it is approved for, those for everyone, and what it is connected to. By name. */
export async function listChannelCards(db: Db, accountId: AccountId): Promise<ChannelCard[]> {
  const [rows, connections, amojoId] = await Promise.all([
    selectCards(db, accountId),
    listConnections(db, accountId),
    amojoIdOf(db, accountId),
  ])
  const known = new Map(connections.map((one) => [one.channelId, one]))
  return rows.map((row) => presentCard(row, known.get(row.id), amojoId))
}

async function selectCards(db: Db, accountId: AccountId): Promise<CardRow[]> {
  const { rows } = await sql<CardRow>`
    select c.id, c.code, c.name, c.about, left(md5(c.icon), 8) as icon_version, c.is_public, c.moderation,
      c.owner_account_id is not distinct from ${accountId} as is_own,
      coalesce(c.webhook_url_v1, c.webhook_url_v2) is not null as has_v1, c.webhook_url_v2 is not null as has_v2,
      n.hook_api_version, n.connected_at, i.last_in, d.last_out, coalesce(d.hooks, 0) as hooks, coalesce(d.failed, 0) as failed
    from channel c
    left join connection n on n.channel_id = c.id and n.account_id = ${accountId} and n.disconnected_at is null
    left join lateral (
      -- Who wrote last is among those whose conversations moved last: an account may have millions of others.
      select max(s.last_client_at) as last_in from unnest('{0,1,2}'::smallint[]) as st (state) cross join lateral (
        select chat_id from inbox_chat
        where account_id = ${accountId} and channel_id = n.channel_id and state = st.state
        order by activity_minute desc limit 100) x
      join chat_state s on s.account_id = ${accountId} and s.chat_id = x.chat_id) i on true
    left join lateral (
      select max(settled_at) filter (where state = 'delivered') as last_out, count(*)::int as hooks,
        count(*) filter (where attempts > 1 or state = 'given_up' or last_error is not null)::int as failed
      from (select * from delivery where account_id = ${accountId} and channel_id = n.channel_id and attempts > 0
            order by id desc limit 100) last) d on true
    where n.account_id is not null
      or c.owner_account_id = ${accountId}
      or (c.disabled_at is null and c.moderation = 'approved' and (c.is_public or exists (
        select from channel_account a where a.channel_id = c.id and a.account_id = ${accountId})))
    order by c.name, c.id
    limit 500`.execute(db)
  return rows
}

function presentCard(
  row: CardRow,
  known: Pick<Connection, 'title' | 'health' | 'switchedBy'> | undefined,
  amojoId: AmojoId,
): ChannelCard {
  const { hook_api_version: hookVersion, connected_at: connectedAt } = row
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    about: row.about,
    iconPath: iconPathOf(row.id, row.icon_version),
    isPublic: row.is_public,
    isOwn: row.is_own,
    state: row.moderation,
    hookVersions: [...(row.has_v2 ? (['v2'] as const) : []), ...(row.has_v1 ? (['v1'] as const) : [])],
    connection:
      known && hookVersion && connectedAt
        ? {
            title: known.title,
            hookVersion,
            scopeId: scopeIdOf(row.id, amojoId),
            connectedAt: connectedAt.getTime(),
            health: known.health,
            switchedBy: known.switchedBy,
            lastInAt: row.last_in?.getTime() ?? null,
            lastOutAt: row.last_out?.getTime() ?? null,
            failureRate: row.hooks === 0 ? null : row.failed / row.hooks,
          }
        : null,
  }
}

/** @throws {AppError} `not_found`: the account may not use such a channel */
export async function getChannelCard(db: Db, accountId: AccountId, channelId: ChannelId): Promise<ChannelCard> {
  const card = (await listChannelCards(db, accountId)).find(({ id }) => id === channelId)
  if (!card) throw new AppError('not_found', 'There is no such channel in this account.')
  return card
}

/** @throws {AppError} `not_found`: the account may not use such a channel, or it has no icon */
export async function getChannelIcon(db: Db, accountId: AccountId, channelId: ChannelId): Promise<string> {
  const { rows } = await sql<{ icon: string }>`
    select icon from channel c where c.id = ${channelId} and icon is not null and (
      owner_account_id = ${accountId} or (is_public and moderation = 'approved')
      or exists (select from channel_account a where a.channel_id = c.id and a.account_id = ${accountId})
      or exists (select from connection n where n.channel_id = c.id and n.account_id = ${accountId}))`.execute(db)
  if (!rows[0]) throw new AppError('not_found', 'There is no icon of such a channel.')
  return rows[0].icon
}
