import type { AccountId, ChannelId, ChatId, ParticipantId } from '@parley/protocol/model'
import { BoundedMap } from '../../lib/bounded-map.ts'
import type { NewFetch } from '../media/enqueue-fetches.ts'
import type { IngestItem } from './batch.ts'

export interface KnownChat {
  id: ChatId
  source: string | null
}

export interface Profile {
  name: string | null
  avatar_url: string | null
  phone: string | null
  email: string | null
  profile_link: string | null
}

export interface KnownParticipant extends Profile {
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
  /** Pictures of people that this transaction was the first to hear of. */
  readonly fetches: NewFetch[] = []
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

  /** After the commit. What has no id of the integration's yet may get one at any moment, and would then be known twice. */
  keep(): void {
    for (const [key, chat] of this.#learnt.chats) if (!isUnbound(key)) this.#chats.set(key, chat)
    for (const [key, participant] of this.#learnt.participants)
      if (!isUnbound(key)) this.#participants.set(key, participant)
  }
}

export type { Lookup }

const UNBOUND = '#'
export const isUnbound = (key: string) => key.startsWith(UNBOUND)

// Account and channel have no slash in them, so the rest is the integration's id whatever it holds.
export const keyOf = (accountId: AccountId, channelId: ChannelId, clientId: string) =>
  `${accountId}/${channelId}/${clientId}`
export const unboundKeyOf = (id: ChatId | ParticipantId) => `${UNBOUND}${id}`

export function chatKey({ scope, inbound: { chat } }: IngestItem): string {
  return chat.clientId === null ? unboundKeyOf(chat.id) : keyOf(scope.accountId, scope.channelId, chat.clientId)
}

export function participantKey({ scope, inbound: { client } }: IngestItem): string {
  return client.clientId === null ? unboundKeyOf(client.id) : keyOf(scope.accountId, scope.channelId, client.clientId)
}
