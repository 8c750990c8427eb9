import type { ChatId, MessageId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { isUuid } from '../../lib/page-key.ts'
import type { Scope } from '../channels/channel-registry.ts'
import type { Deps } from '../deps.ts'
import { findAuthor } from '../messages/find-author.ts'
import type { StoredReaction } from '../messages/message-content.ts'
import { pickEmoji, takesReactions } from './emoji.ts'
import {
  planReactions,
  type ReactedMessage,
  type ReactionChange,
  type Reactor,
  storeReactions,
} from './set-reaction.ts'

/** A reaction as a channel tells of it. */
export interface ChannelReaction {
  /** The integration's id and ours; one is enough. */
  chat: { clientId: string | undefined; id: string | undefined }
  message: MessageRefs
  user: { clientId: string | undefined; id: string | undefined }
  type: 'react' | 'unreact'
  /** There when `react`. */
  emoji: string | undefined
}

interface MessageRefs {
  id: string | undefined
  msgid: string | undefined
  /** Of the path: either kind. */
  either: string | undefined
}

/**
 * Somebody at the channel's end reacts to a message, or takes it back. Repeating it changes nothing.
 * @throws {AppError} `ORIGIN_UNSUPPORTED`: the channel has no reactions, or not this one; `ORIGIN_CHAT_NOT_FOUND`,
 *   `ORIGIN_MESSAGE_NOT_FOUND`; `ORIGIN_INVALID_PAYLOAD` as `path: reason`
 */
export async function reactFromChannel(
  { db, nudge }: Pick<Deps, 'db' | 'nudge'>,
  scope: Scope,
  reaction: ChannelReaction,
): Promise<void> {
  const emoji = checkEmoji(scope, reaction)
  const isChanged = await db.transaction().execute(async (tx) => {
    const chatId = await lockChat(tx, scope, reaction.chat)
    const message = await getMessage(tx, scope, chatId, reaction.message)
    const by = await getReactor(tx, scope, reaction.user)
    const reactions = planReactions(message.reactions ?? [], toChange(reaction.type, emoji, by))
    if (reactions) await storeReactions(tx, message, reactions)
    return reactions !== undefined
  })
  if (isChanged) nudge(scope.accountId)
}

function toChange(type: 'react' | 'unreact', emoji: string | undefined, by: Reactor): ReactionChange {
  if (type === 'unreact') return { type, emoji, by }
  if (emoji === undefined) throw invalid('emoji: is missing')
  return { type, emoji, by }
}

function checkEmoji({ channel }: Scope, { type, emoji }: ChannelReaction): string | undefined {
  if (!takesReactions(channel.reactions))
    throw new AppError('ORIGIN_UNSUPPORTED', 'type: reactions are switched off for this channel')
  if (type === 'unreact') return emoji
  if (emoji === undefined) throw invalid('emoji: is missing')
  const picked = pickEmoji(channel.reactions, emoji)
  if (picked === undefined)
    throw new AppError('ORIGIN_UNSUPPORTED', 'emoji: is not one of those that this channel was registered with')
  return picked
}

async function lockChat(tx: Tx, scope: Scope, { clientId, id }: ChannelReaction['chat']): Promise<ChatId> {
  const refId = id !== undefined && isUuid(id) ? (id.toLowerCase() as ChatId) : undefined
  const chats = await tx
    .selectFrom('chat as c')
    .innerJoin('chat_state as s', (join) =>
      join.onRef('s.account_id', '=', 'c.account_id').onRef('s.chat_id', '=', 'c.id'),
    )
    .where('c.account_id', '=', scope.accountId)
    .where('c.channel_id', '=', scope.channelId)
    .where((eb) =>
      eb.or([
        ...(clientId === undefined ? [] : [eb('c.client_id', '=', clientId)]),
        ...(refId === undefined ? [] : [eb('c.id', '=', refId)]),
      ]),
    )
    .select(['c.id', 'c.client_id'])
    .orderBy('s.chat_id')
    .forUpdate('s')
    .execute()
  const [chat, another] = chats
  if (!chat) throw new AppError('ORIGIN_CHAT_NOT_FOUND', 'conversation_id: this connection has no such chat')
  const isAnother = clientId !== undefined && chat.client_id !== null && chat.client_id !== clientId
  if (another || isAnother) throw invalid('conversation_ref_id: names another chat than conversation_id')
  return chat.id
}

async function getMessage(tx: Tx, scope: Scope, chatId: ChatId, refs: MessageRefs): Promise<ReactedMessage> {
  const ours = [refs.id, refs.either].filter((ref) => ref !== undefined && isUuid(ref)) as MessageId[]
  const theirs = [refs.msgid, refs.either].filter((ref) => ref !== undefined)
  const found = await tx
    .selectFrom('message')
    .where('account_id', '=', scope.accountId)
    .where('chat_id', '=', chatId)
    .where((eb) =>
      eb.or([
        ...(ours.length === 0 ? [] : [eb('id', 'in', ours)]),
        ...(theirs.length === 0 ? [] : [eb('msgid', 'in', theirs)]),
      ]),
    )
    .select(['id', 'msgid', 'reactions'])
    .execute()
  const isOurs = ({ id }: { id: MessageId }) => ours.some((ref) => ref.toLowerCase() === id)
  const message = found.find(isOurs) ?? found[0]
  if (!message) throw new AppError('ORIGIN_MESSAGE_NOT_FOUND', 'msgid: this chat has no such message')
  const reactions = message.reactions as StoredReaction[] | null
  return { ...message, reactions, chatId, accountId: scope.accountId, channelId: scope.channelId }
}

/** A manager or the bot by our id, a client by either. */
async function getReactor(tx: Tx, scope: Scope, { clientId, id }: ChannelReaction['user']): Promise<Reactor> {
  const named = id === undefined ? undefined : await findAuthor({ db: tx }, scope, id)
  if (named) return named
  const { bot } = scope.channel
  const client = clientId === undefined ? undefined : await findClient(tx, scope, clientId)
  if (client) return client
  if (clientId === bot.clientId) return { id: bot.id, kind: 'bot', name: bot.name }
  if (id !== undefined) throw invalid('user.ref_id: names nobody known here')
  throw invalid(
    clientId === undefined
      ? 'user.id: is missing'
      : 'user.id: nobody with this id has written or was written to through this channel',
  )
}

async function findClient(tx: Tx, scope: Scope, clientId: string): Promise<Reactor | undefined> {
  const client = await tx
    .selectFrom('participant')
    .select(['id', 'name'])
    .where('account_id', '=', scope.accountId)
    .where('channel_id', '=', scope.channelId)
    .where('client_id', '=', clientId)
    .executeTakeFirst()
  return client && { ...client, kind: 'client' }
}

const invalid = (description: string) => new AppError('ORIGIN_INVALID_PAYLOAD', description)
