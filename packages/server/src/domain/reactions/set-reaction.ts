import type { AccountId, AuthorKind, ChannelId, ChatId, MessageId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import type { StoredReaction } from '../messages/message-content.ts'
import { isSameEmoji } from './emoji.ts'

export interface Reactor {
  /** A participant's id, a user's amojo id or the bot's. */
  id: string
  kind: AuthorKind
  name: string
}

/** Somebody reacts, or takes a reaction back. */
export type ReactionChange = { by: Reactor } & (
  | { type: 'react'; emoji: string }
  /** With an emoji: only that one, for what is taken back late may have been replaced. */
  | { type: 'unreact'; emoji: string | undefined }
)

/** A message that is reacted to. */
export interface ReactedMessage {
  accountId: AccountId
  chatId: ChatId
  channelId: ChannelId
  id: MessageId
  msgid: string | null
  reactions: StoredReaction[] | null
}

/** What a message's reactions are then; undefined when nothing changes. One per author: a new one takes the old one's place. */
export function planReactions(before: readonly StoredReaction[], change: ReactionChange): StoredReaction[] | undefined {
  const { by } = change
  const own = before.find(({ authorId }) => authorId === by.id)
  const others = before.filter((reaction) => reaction !== own)
  if (change.type === 'react') {
    if (own !== undefined && isSameEmoji(own.emoji, change.emoji)) return undefined
    return [...others, { emoji: change.emoji, authorId: by.id, authorKind: by.kind, name: by.name }]
  }
  const isMeant = own !== undefined && (change.emoji === undefined || isSameEmoji(own.emoji, change.emoji))
  return isMeant ? others : undefined
}

/**
 * Stores a message's reactions and the event of it. Nobody is notified.
 *
 * Locks:  the message. Whoever changes reactions must have locked the chat's counters before reading them: rows are locked in
 *         the order chat_state, lane, message, and the hook comes in between.
 * After the commit the caller must call `deps.nudge(accountId)`.
 */
export async function storeReactions(
  tx: Tx,
  { accountId, chatId, id }: Pick<ReactedMessage, 'accountId' | 'chatId' | 'id'>,
  reactions: readonly StoredReaction[],
): Promise<void> {
  await tx
    .updateTable('message')
    .set({ reactions: reactions.length === 0 ? null : JSON.stringify(reactions) })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()
  await appendEvents(tx, accountId, [{ type: 'message.reacted', chatId, messageId: id }])
}
