import type { AccountId, ChannelId, ChatId, ParticipantId } from '@parley/protocol/model'
import type pg from 'pg'
import { columns, run } from '../../db/statement.ts'
import { BoundedMap } from '../../lib/bounded-map.ts'
import type { InboundMessage } from '../messages/inbound-message.ts'
import type { IngestItem, PlacedItem } from './batch.ts'
import * as sql from './statements.ts'

interface KnownChat {
  id: ChatId
  source: string | null
}

interface Profile {
  name: string | null
  avatar_url: string | null
  phone: string | null
  email: string | null
  profile_link: string | null
}

interface KnownParticipant extends Profile {
  id: ParticipantId
}

/** Ids by the integration's ids. What a transaction learns is kept apart until it has committed. */
export class ChatCache {
  readonly #chats: BoundedMap<string, KnownChat>
  readonly #participants: BoundedMap<string, KnownParticipant>

  constructor(size: number) {
    this.#chats = new BoundedMap(size)
    this.#participants = new BoundedMap(size)
  }

  begin(): Lookup {
    return new Lookup(this.#chats, this.#participants)
  }

  clear(): void {
    this.#chats.clear()
    this.#participants.clear()
  }
}

/** A transaction's view of the cache. */
class Lookup {
  readonly #learnt = { chats: new Map<string, KnownChat>(), participants: new Map<string, KnownParticipant>() }
  readonly #chats: BoundedMap<string, KnownChat>
  readonly #participants: BoundedMap<string, KnownParticipant>

  constructor(chats: BoundedMap<string, KnownChat>, participants: BoundedMap<string, KnownParticipant>) {
    this.#chats = chats
    this.#participants = participants
  }

  chat(key: string): KnownChat | undefined {
    return this.#learnt.chats.get(key) ?? this.#chats.get(key)
  }

  participant(key: string): KnownParticipant | undefined {
    return this.#learnt.participants.get(key) ?? this.#participants.get(key)
  }

  learnChat(key: string, chat: KnownChat): void {
    this.#learnt.chats.set(key, chat)
  }

  learnParticipant(key: string, participant: KnownParticipant): void {
    this.#learnt.participants.set(key, participant)
  }

  /** After the commit. */
  keep(): void {
    for (const [key, chat] of this.#learnt.chats) this.#chats.set(key, chat)
    for (const [key, participant] of this.#learnt.participants) this.#participants.set(key, participant)
  }
}

export type { Lookup }

// Account and channel have no slash in them, so the rest is the integration's id whatever it holds.
const keyOf = (accountId: AccountId, channelId: ChannelId, clientId: string) => `${accountId}/${channelId}/${clientId}`
const chatKey = ({ scope, inbound }: IngestItem) => keyOf(scope.accountId, scope.channelId, inbound.chatClientId)
const senderKey = ({ scope, inbound }: IngestItem) => keyOf(scope.accountId, scope.channelId, inbound.sender.clientId)

/**
 * Names the chat and the sender of every item by our ids, making those that are new. Costs no query for what the cache knows.
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
  await followProfiles(client, lookup, items)
  await followSources(client, lookup, items)
  return items.map((item) => ({
    ...item,
    chatId: known(lookup.chat(chatKey(item))).id,
    senderId: known(lookup.participant(senderKey(item))).id,
  }))
}

/** The first item of every key that is not known yet, sorted by key: every node then locks in the same order. */
function unknownBy(
  items: readonly IngestItem[],
  keyOfItem: (item: IngestItem) => string,
  isKnown: (key: string) => boolean,
) {
  const unknown = new Map<string, IngestItem>()
  for (const item of items) {
    const key = keyOfItem(item)
    if (!unknown.has(key) && !isKnown(key)) unknown.set(key, item)
  }
  return [...unknown].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item)
}

async function learnParticipants(
  client: pg.ClientBase,
  lookup: Lookup,
  items: readonly IngestItem[],
  newId: () => string,
): Promise<void> {
  const unknown = unknownBy(items, senderKey, (key) => lookup.participant(key) !== undefined)
  if (unknown.length === 0) return
  const [accounts = [], channels = [], clients = []] = columns(
    unknown,
    (item) => item.scope.accountId,
    (item) => item.scope.channelId,
    (item) => item.inbound.sender.clientId,
  )
  const profile = columns(
    unknown,
    ({ inbound: { sender } }) => sender.name ?? sender.clientId,
    ({ inbound }) => inbound.sender.avatarUrl ?? null,
    ({ inbound }) => inbound.sender.phone ?? null,
    ({ inbound }) => inbound.sender.email ?? null,
    ({ inbound }) => inbound.sender.profileLink ?? null,
  )
  const ids = unknown.map(() => newId())
  interface Row extends KnownParticipant {
    account_id: AccountId
    channel_id: ChannelId
    client_id: string
  }
  const [, rows] = await Promise.all([
    run(client, sql.insertParticipants, [accounts, ids, channels, clients, ...profile]),
    run<Row>(client, sql.findParticipants, [accounts, channels, clients]),
  ])
  for (const { account_id, channel_id, client_id, ...participant } of rows) {
    lookup.learnParticipant(keyOf(account_id, channel_id, client_id), participant)
  }
}

async function learnChats(
  client: pg.ClientBase,
  lookup: Lookup,
  items: readonly IngestItem[],
  newId: () => string,
): Promise<void> {
  const unknown = unknownBy(items, chatKey, (key) => lookup.chat(key) !== undefined)
  if (unknown.length === 0) return
  const [accounts = [], channels = [], clients = [], participants = [], sources = []] = columns(
    unknown,
    (item) => item.scope.accountId,
    (item) => item.scope.channelId,
    (item) => item.inbound.chatClientId,
    (item) => known(lookup.participant(senderKey(item))).id,
    (item) => item.inbound.sourceExternalId ?? null,
  )
  const ids = unknown.map(() => newId())
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

/** The participant's name, avatar and the like follow the newest message; an import of old ones changes nothing. */
async function followProfiles(client: pg.ClientBase, lookup: Lookup, items: readonly IngestItem[]): Promise<void> {
  const changed = new Map<string, { accountId: AccountId; participant: KnownParticipant }>()
  for (const item of items) {
    if (item.inbound.isSilent) continue
    const key = senderKey(item)
    const before = known(lookup.participant(key))
    const after = { ...before, ...given(item.inbound.sender) }
    if (!differs(before, after)) continue
    changed.set(key, { accountId: item.scope.accountId, participant: after })
    lookup.learnParticipant(key, after)
  }
  if (changed.size === 0) return
  const rows = [...changed.values()].sort((a, b) => (a.participant.id < b.participant.id ? -1 : 1))
  const values = columns(
    rows,
    (row) => row.accountId,
    (row) => row.participant.id,
    (row) => row.participant.name,
    (row) => row.participant.avatar_url,
    (row) => row.participant.phone,
    (row) => row.participant.email,
    (row) => row.participant.profile_link,
  )
  await run(client, sql.updateParticipants, values)
}

/** Once the integration named a source for a chat, the newest one named counts (spec 01 §4.5). */
async function followSources(client: pg.ClientBase, lookup: Lookup, items: readonly IngestItem[]): Promise<void> {
  const changed = new Map<string, { accountId: AccountId; id: ChatId; source: string }>()
  for (const item of items) {
    const source = item.inbound.sourceExternalId
    if (source === undefined) continue
    const key = chatKey(item)
    const chat = known(lookup.chat(key))
    if (chat.source === source) continue
    changed.set(key, { accountId: item.scope.accountId, id: chat.id, source })
    lookup.learnChat(key, { id: chat.id, source })
  }
  if (changed.size === 0) return
  const rows = [...changed.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  await run(
    client,
    sql.updateChatSources,
    columns(
      rows,
      (row) => row.accountId,
      (row) => row.id,
      (row) => row.source,
    ),
  )
}

function given(sender: InboundMessage['sender']): Partial<Profile> {
  const profile: Partial<Profile> = {}
  if (sender.name !== undefined) profile.name = sender.name
  if (sender.avatarUrl !== undefined) profile.avatar_url = sender.avatarUrl
  if (sender.phone !== undefined) profile.phone = sender.phone
  if (sender.email !== undefined) profile.email = sender.email
  if (sender.profileLink !== undefined) profile.profile_link = sender.profileLink
  return profile
}

const differs = (a: Profile, b: Profile) =>
  a.name !== b.name ||
  a.avatar_url !== b.avatar_url ||
  a.phone !== b.phone ||
  a.email !== b.email ||
  a.profile_link !== b.profile_link

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('A row that was just written cannot be read.')
  return value
}
