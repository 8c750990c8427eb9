import type { AccountId, ChatId } from '@parley/protocol/model'
import type pg from 'pg'
import { columns, run } from '../../db/statement.ts'
import type { InboundClient, InboundMessage } from '../messages/inbound-message.ts'
import { compare, type PlacedItem } from './batch.ts'
import { chatKey, type KnownParticipant, type Lookup, type Profile, participantKey } from './chat-cache.ts'
import { fetchAvatar, known } from './resolve-chats.ts'
import * as sql from './statements.ts'

/** Takes over what new messages say of their clients and of their chats' sources. Costs no query where nothing changed. */
export async function followClients(
  client: pg.ClientBase,
  lookup: Lookup,
  items: readonly PlacedItem[],
): Promise<void> {
  await followProfiles(client, lookup, items)
  await followSources(client, lookup, items)
}

/**
 * The participant's name, avatar and the like follow the newest message of his own; an import of old ones changes nothing.
 * Who writes to him often knows no name but "Unknown": that fills only what is empty.
 */
async function followProfiles(client: pg.ClientBase, lookup: Lookup, items: readonly PlacedItem[]): Promise<void> {
  const changed = new Map<string, { accountId: AccountId; participant: KnownParticipant }>()
  for (const item of items) {
    if (item.inbound.isSilent) continue
    const key = participantKey(item)
    const before = known(lookup.participant(key))
    const after =
      item.inbound.author.kind === 'client'
        ? { ...before, ...given(item.inbound.client) }
        : fill(before, item.inbound.client)
    if (!differs(before, after)) continue
    if (before.avatar_url !== after.avatar_url) fetchAvatar(lookup, item, after)
    changed.set(key, { accountId: item.scope.accountId, participant: after })
    lookup.learnParticipant(key, after)
  }
  if (changed.size === 0) return
  const rows = [...changed.values()].sort((a, b) => compare(a.participant.id, b.participant.id))
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
async function followSources(client: pg.ClientBase, lookup: Lookup, items: readonly PlacedItem[]): Promise<void> {
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
  const rows = [...changed.values()].sort((a, b) => compare(a.id, b.id))
  const values = columns(
    rows,
    (row) => row.accountId,
    (row) => row.id,
    (row) => row.source,
  )
  await run(client, sql.updateChatSources, values)
}

function given(client: InboundClient): Partial<Profile> {
  const profile: Partial<Profile> = {}
  if (client.name !== undefined) profile.name = client.name
  if (client.avatarUrl !== undefined) profile.avatar_url = client.avatarUrl
  if (client.phone !== undefined) profile.phone = client.phone
  if (client.email !== undefined) profile.email = client.email
  if (client.profileLink !== undefined) profile.profile_link = client.profileLink
  return profile
}

function fill(before: KnownParticipant, client: InboundMessage['client']): KnownParticipant {
  const told = given(client)
  const hasName = before.name !== null && before.name !== client.clientId
  return {
    ...before,
    name: hasName ? before.name : (told.name ?? before.name),
    avatar_url: before.avatar_url ?? told.avatar_url ?? null,
    phone: before.phone ?? told.phone ?? null,
    email: before.email ?? told.email ?? null,
    profile_link: before.profile_link ?? told.profile_link ?? null,
  }
}

const differs = (a: Profile, b: Profile) =>
  a.name !== b.name ||
  a.avatar_url !== b.avatar_url ||
  a.phone !== b.phone ||
  a.email !== b.email ||
  a.profile_link !== b.profile_link
