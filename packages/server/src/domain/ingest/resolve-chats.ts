import type { AccountId, ChannelId, ChatId } from '@parley/protocol/model'
import type pg from 'pg'
import { columns, run } from '../../db/statement.ts'
import { type IngestItem, type PlacedItem, StaleCacheError } from './batch.ts'
import {
  chatKey,
  isUnbound,
  type KnownParticipant,
  keyOf,
  type Lookup,
  participantKey,
  unboundKeyOf,
} from './chat-cache.ts'
import * as sql from './statements.ts'

/**
 * Names the chat and the client of every item by our ids, making those that are new. Costs no query for what the cache knows.
 * Order: as given.
 */
export async function placeItems(
  client: pg.ClientBase,
  lookup: Lookup,
  items: readonly IngestItem[],
  newId: () => string,
): Promise<PlacedItem[]> {
  await learnParticipants(client, lookup, items, newId)
  await learnChats(client, lookup, items, newId)
  return items.map((item) => ({
    ...item,
    chatId: known(lookup.chat(chatKey(item))).id,
    participantId: known(lookup.participant(participantKey(item))).id,
  }))
}

interface Unknown {
  /** By the integration's ids, sorted by key: every node then locks in the same order. */
  bound: IngestItem[]
  /** By ours. */
  unbound: IngestItem[]
}

/** The first item of every key that is not known yet. */
function unknownBy(
  items: readonly IngestItem[],
  keyOfItem: (item: IngestItem) => string,
  isKnown: (key: string) => boolean,
): Unknown | undefined {
  const unknown = new Map<string, IngestItem>()
  for (const item of items) {
    const key = keyOfItem(item)
    if (!unknown.has(key) && !isKnown(key)) unknown.set(key, item)
  }
  if (unknown.size === 0) return undefined
  const sorted = [...unknown].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    bound: sorted.filter(([key]) => !isUnbound(key)).map(([, item]) => item),
    unbound: sorted.filter(([key]) => isUnbound(key)).map(([, item]) => item),
  }
}

interface ParticipantRow extends KnownParticipant {
  account_id: AccountId
  channel_id: ChannelId
  client_id: string
}

async function learnParticipants(
  client: pg.ClientBase,
  lookup: Lookup,
  items: readonly IngestItem[],
  newId: () => string,
): Promise<void> {
  const unknown = unknownBy(items, participantKey, (key) => lookup.participant(key) !== undefined)
  if (!unknown) return
  if (unknown.unbound.length > 0) await learnUnboundParticipants(client, lookup, unknown.unbound)
  if (unknown.bound.length === 0) return
  const [accounts = [], channels = [], clients = []] = columns(
    unknown.bound,
    (item) => item.scope.accountId,
    (item) => item.scope.channelId,
    (item) => item.inbound.client.clientId,
  )
  const profile = columns(
    unknown.bound,
    ({ inbound }) => inbound.client.name ?? inbound.client.clientId,
    ({ inbound }) => inbound.client.avatarUrl ?? null,
    ({ inbound }) => inbound.client.phone ?? null,
    ({ inbound }) => inbound.client.email ?? null,
    ({ inbound }) => inbound.client.profileLink ?? null,
  )
  const ids = unknown.bound.map(() => newId())
  const [, rows] = await Promise.all([
    run(client, sql.insertParticipants, [accounts, ids, channels, clients, ...profile]),
    run<ParticipantRow>(client, sql.findParticipants, [accounts, channels, clients]),
  ])
  for (const { account_id, channel_id, client_id, ...participant } of rows) {
    lookup.learnParticipant(keyOf(account_id, channel_id, client_id), participant)
  }
  const isNew = new Set(ids)
  for (const item of unknown.bound) {
    const participant = known(lookup.participant(participantKey(item)))
    if (isNew.has(participant.id)) fetchAvatar(lookup, item, participant)
  }
}

/** The picture that a link leads to, for the participant's `avatar` slot. */
export function fetchAvatar(lookup: Lookup, item: IngestItem, { id, avatar_url }: KnownParticipant): void {
  if (avatar_url === null) return
  const { accountId, channel } = item.scope
  lookup.fetches.push({
    accountId,
    ownerKind: 'participant',
    ownerId: id,
    slot: 'avatar',
    url: avatar_url,
    maxBytes: channel.maxFileBytes,
    dueAtMs: item.receivedAtMs,
  })
}

async function learnUnboundParticipants(
  client: pg.ClientBase,
  lookup: Lookup,
  items: readonly IngestItem[],
): Promise<void> {
  const keys = columns(
    items,
    (item) => item.scope.accountId,
    ({ inbound }) => (inbound.client.clientId === null ? inbound.client.id : null),
  )
  const rows = await run<KnownParticipant>(client, sql.findParticipantsById, keys)
  for (const row of rows) lookup.learnParticipant(unboundKeyOf(row.id), row)
}

async function learnChats(
  client: pg.ClientBase,
  lookup: Lookup,
  items: readonly IngestItem[],
  newId: () => string,
): Promise<void> {
  const unknown = unknownBy(items, chatKey, (key) => lookup.chat(key) !== undefined)
  if (!unknown) return
  if (unknown.unbound.length > 0) await learnUnboundChats(client, lookup, unknown.unbound)
  if (unknown.bound.length === 0) return
  const [accounts = [], channels = [], clients = [], participants = [], sources = []] = columns(
    unknown.bound,
    (item) => item.scope.accountId,
    (item) => item.scope.channelId,
    (item) => item.inbound.chat.clientId,
    (item) => known(lookup.participant(participantKey(item))).id,
    (item) => item.inbound.sourceExternalId ?? null,
  )
  const ids = unknown.bound.map(() => newId())
  interface Row {
    account_id: AccountId
    channel_id: ChannelId
    client_id: string
    id: ChatId
    source_external_id: string | null
  }
  const [, rows] = await Promise.all([
    run(client, sql.insertChats, [accounts, ids, channels, clients, participants, sources]),
    run<Row>(client, sql.findChats, [accounts, channels, clients]),
  ])
  for (const row of rows) {
    lookup.learnChat(keyOf(row.account_id, row.channel_id, row.client_id), {
      id: row.id,
      source: row.source_external_id,
    })
  }
}

async function learnUnboundChats(client: pg.ClientBase, lookup: Lookup, items: readonly IngestItem[]): Promise<void> {
  const keys = columns(
    items,
    (item) => item.scope.accountId,
    ({ inbound }) => (inbound.chat.clientId === null ? inbound.chat.id : null),
  )
  const rows = await run<{ id: ChatId; source_external_id: string | null }>(client, sql.findChatsById, keys)
  for (const row of rows) lookup.learnChat(unboundKeyOf(row.id), { id: row.id, source: row.source_external_id })
}

export function known<T>(value: T | undefined): T {
  if (value === undefined) throw new StaleCacheError('A row that was just written cannot be read.')
  return value
}
