import type { ChatId, ParticipantId } from '@parley/protocol/model'
import type { NewMessage, WirePerson } from '@parley/protocol/wire'
import type { Channel } from '../domain/channels/channel-registry.ts'
import type { GivenIds, Known } from '../domain/chats/bind-ids.ts'
import type { Author } from '../domain/messages/find-author.ts'
import type { InboundAuthor, InboundClient, InboundMessage } from '../domain/messages/inbound-message.ts'
import { AppError } from '../lib/app-error.ts'
import { toSaid } from './to-content.ts'
import { toForwarded, toReplyTo } from './to-quote.ts'
import { toSentAt } from './to-sent-at.ts'

export interface InboundFacts {
  now: Date
  channel: Pick<Channel, 'bot' | 'supportsReply' | 'supportsVoice'>
  /** Whom `sender.ref_id` names; undefined: there is none, or it names nobody. */
  author: Author | undefined
}

const CLIENT: InboundAuthor = { kind: 'client' }

/**
 * A message in our words. Chat and client are as the request names them, and what is quoted is left out: see `givenIds`
 * and `toReplyTo`.
 * @throws {AppError} `ORIGIN_INVALID_PAYLOAD` as `path: reason`; `ORIGIN_UNSUPPORTED` for what the channel does not offer
 */
export function toInbound(payload: NewMessage, facts: InboundFacts): InboundMessage {
  checkContent(payload, facts.channel)
  const author = toAuthor(payload, facts)
  if (author.kind === 'bot' && payload.message.post)
    throw invalid('payload.sender.ref_id: names the bot; comments are written by the client or a user')
  const person = payload.receiver ?? payload.sender
  const chat = nameChat(payload)
  // Only looked at, so that nothing is bound or stored for a message that is refused.
  toReplyTo(payload, chat)
  toForwarded(payload, chat)
  return {
    msgid: payload.msgid,
    chat,
    client: { ...nameClient(person, clientPathOf(payload)), ...toProfile(person) },
    author,
    ...toSaid(payload.message),
    sentAt: toSentAt(payload, facts.now),
    isSilent: payload.silent ?? false,
    sourceExternalId: payload.source?.external_id,
  }
}

/** Whether the request names anything by our ids, or quotes: what takes a look into the database before it is stored. */
export function refersToOurs(payload: NewMessage): boolean {
  const { ref_id: refId } = payload.receiver ?? payload.sender
  return (
    payload.conversation_ref_id !== undefined ||
    refId !== undefined ||
    payload.reply_to !== undefined ||
    payload.forwards !== undefined
  )
}

export function givenIds(payload: NewMessage): GivenIds {
  const person = payload.receiver ?? payload.sender
  return {
    chat: { clientId: payload.conversation_id, ref: payload.conversation_ref_id },
    client: { clientId: person.id, ref: person.ref_id },
    clientPath: clientPathOf(payload),
  }
}

const clientPathOf = (payload: NewMessage) => (payload.receiver ? 'receiver' : 'sender')

function nameChat({ conversation_id: clientId, conversation_ref_id: ref }: NewMessage): Known<ChatId> {
  if (clientId !== undefined) return { clientId }
  if (ref === undefined) throw invalid('payload.conversation_id: is missing')
  return { clientId: null, id: ref as ChatId }
}

function nameClient({ id, ref_id: ref }: WirePerson, path: string): Known<ParticipantId> {
  if (id !== undefined) return { clientId: id }
  if (ref === undefined) throw invalid(`payload.${path}.id: is missing`)
  return { clientId: null, id: ref as ParticipantId }
}

/** What a `ref_id` that names nobody, without an id beside it, is refused with. */
export const unknownClient = (payload: NewMessage) => {
  const path = `payload.${clientPathOf(payload)}`
  return invalid(`${path}.ref_id: names nobody known here; give ${path}.id`)
}

function toAuthor(payload: NewMessage, { author, channel }: InboundFacts): InboundAuthor {
  const { sender, receiver } = payload
  if (!receiver) {
    if (!author || author.kind === 'client') return CLIENT
    throw invalid(
      `payload.sender.ref_id: names a ${author.kind}, so this message went to a client, but payload.receiver is missing`,
    )
  }
  if (author?.kind === 'user') return { kind: 'user', id: author.id, userId: author.userId }
  const isBot = author?.kind === 'bot' || (sender.ref_id === undefined && sender.id === channel.bot.clientId)
  if (isBot) return { kind: 'bot', id: channel.bot.id }
  const wanted = "the amojo_id of a user of this account or the id of the channel's bot"
  throw invalid(
    sender.ref_id === undefined
      ? `payload.sender.ref_id: is missing; a message to payload.receiver needs ${wanted}`
      : `payload.sender.ref_id: must be ${wanted}`,
  )
}

function checkContent(payload: NewMessage, channel: InboundFacts['channel']): void {
  if (!channel.supportsReply) {
    if (payload.reply_to?.message) throw unsupported('payload.reply_to: quoting is switched off for this channel')
    if (payload.forwards?.messages.length)
      throw unsupported('payload.forwards: quoting is switched off for this channel')
  }
  const { message } = payload
  if (message.type === 'sticker' && message.media === undefined && message.sticker_id === undefined)
    throw invalid('payload.message.media: is missing; a sticker needs it or sticker_id')
  if (!channel.supportsVoice && payload.message.type === 'voice')
    throw unsupported('payload.message.type: voice messages are switched off for this channel; send audio')
}

const toProfile = (person: WirePerson): InboundClient => ({
  name: person.name,
  avatarUrl: person.avatar,
  phone: person.profile?.phone,
  email: person.profile?.email,
  profileLink: person.profile_link,
})

const invalid = (description: string) => new AppError('ORIGIN_INVALID_PAYLOAD', description)
const unsupported = (description: string) => new AppError('ORIGIN_UNSUPPORTED', description)
