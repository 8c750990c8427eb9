import type { AmojoId, AuthorKind, ChannelId, ChatId, DeliveryId, Me, Message, MessageId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { HookVersion } from '../../db/schema.ts'
import { AppError } from '../../lib/app-error.ts'
import { enqueueMessageDelivery } from '../deliveries/enqueue-delivery.ts'
import type { Deps } from '../deps.ts'
import type { StoredReaction } from '../messages/message-content.ts'
import { getMessage } from '../messages/message-queries.ts'
import { type AllowedEmoji, pickEmoji, takesReactions } from './emoji.ts'
import { planReactions, type ReactionChange, storeReactions } from './set-reaction.ts'

/** What a hook says of a manager's reaction; who knows the wire makes the bytes of it. */
export interface OutgoingReaction {
  account: AmojoId
  madeAt: Date
  user: { id: AmojoId }
  chat: { id: ChatId; clientId: string | null }
  message: {
    id: MessageId
    /** The integration's id, if it gave one. */
    msgid: string | null
    sender: { id: string; clientId: string | null }
    /** Null for what a client wrote. */
    receiver: { id: string; clientId: string | null } | null
    sentAt: Date
  }
  /** Null when it was taken back. */
  emoji: string | null
}

type ReactDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'newId' | 'nudge' | 'nudgeDeliveries'> & {
  buildHook: (reaction: OutgoingReaction) => string
}

/**
 * A user reacts to a message, or with null takes it back; the channel is told where it asked to be, behind what already waits in
 * the chat. Repeating it changes nothing.
 * @throws {AppError} `not_found`; `conflict`: the channel is disconnected, or has no reactions; `invalid_request`: it has
 *   not this one
 */
export async function reactAsUser(
  deps: ReactDeps,
  me: Me,
  { chatId, messageId, emoji }: { chatId: ChatId; messageId: MessageId; emoji: string | null },
): Promise<Message> {
  const by = { id: me.user.amojoId, kind: 'user' as const, name: me.user.name }
  const accountId = me.account.id
  const done = await deps.db.transaction().execute(async (tx) => {
    const message = await lockMessage(tx, me, { chatId, messageId })
    const picked = emoji === null ? null : checkEmoji(message, emoji)
    const change: ReactionChange =
      picked === null ? { type: 'unreact', emoji: undefined, by } : { type: 'react', emoji: picked, by }
    const reactions = planReactions(message.reactions ?? [], change)
    if (!reactions) return { isChanged: false, hasHook: false }
    const hasHook = message.webhook_events.includes('reactions') && message.hook_api_version === 'v2'
    if (hasHook) await enqueueHook(tx, deps, me, { ...message, id: messageId, chatId, emoji: picked })
    await storeReactions(tx, { accountId, chatId, id: messageId }, reactions)
    return { isChanged: true, hasHook }
  })
  if (done.hasHook) deps.nudgeDeliveries()
  if (done.isChanged) deps.nudge(accountId)
  return getMessage(deps.hotPool, accountId, chatId, messageId)
}

interface LockedMessage {
  channel_id: ChannelId
  chat_client_id: string | null
  msgid: string | null
  author_id: string
  author_kind: AuthorKind
  sender_client_id: string | null
  receiver_id: string
  receiver_client_id: string | null
  sent_at: Date
  reactions: StoredReaction[] | null
  title: string
  hook_api_version: HookVersion | null
  webhook_events: string[]
  reactions_all: boolean
  reactions_list: string[]
}

/** Locks the chat's counters, which is what everybody does who changes reactions or sends something in the chat. */
async function lockMessage(
  tx: Tx,
  me: Me,
  { chatId, messageId }: { chatId: ChatId; messageId: MessageId },
): Promise<LockedMessage> {
  // First and alone: what a statement reads beside the row it waits for is older than the lock.
  await sql`select 1 from chat_state where account_id = ${me.account.id} and chat_id = ${chatId}::uuid for update`.execute(
    tx,
  )
  const { rows } = await sql<LockedMessage & { is_connected: boolean }>`
    select c.channel_id, c.client_id as chat_client_id, m.msgid, m.author_id, m.author_kind, sp.client_id as sender_client_id,
      rp.id as receiver_id, rp.client_id as receiver_client_id, m.sent_at, m.reactions, coalesce(cn.title, ch.name) as title,
      cn.hook_api_version, ch.webhook_events, ch.reactions_all, ch.reactions_list,
      cn.channel_id is not null and cn.disconnected_at is null and ch.disabled_at is null as is_connected
    from chat c
    join channel ch on ch.id = c.channel_id
    join message m on m.account_id = c.account_id and m.chat_id = c.id and m.id = ${messageId}::uuid
    join participant rp on rp.account_id = c.account_id and rp.id = coalesce(m.receiver_id, c.participant_id)
    left join participant sp on sp.account_id = c.account_id and sp.id = m.author_id and m.author_kind = 'client'
    left join connection cn on cn.account_id = c.account_id and cn.channel_id = c.channel_id
    where c.account_id = ${me.account.id} and c.id = ${chatId}::uuid`.execute(tx)
  const [message] = rows
  if (!message) throw new AppError('not_found', 'There is no such message in this chat.')
  if (!message.is_connected)
    throw new AppError('conflict', `${message.title} is disconnected from this account. Connect it again to react.`)
  return message
}

function checkEmoji({ title, reactions_all, reactions_list }: LockedMessage, emoji: string): string {
  const allowed: AllowedEmoji = reactions_all ? 'all' : reactions_list
  if (!takesReactions(allowed)) throw new AppError('conflict', `${title} does not take reactions.`)
  const picked = pickEmoji(allowed, emoji)
  if (picked !== undefined) return picked
  throw new AppError('invalid_request', `emoji: ${title} takes only ${reactions_list.join(' ')}`, {
    details: { field: 'emoji' },
  })
}

async function enqueueHook(
  tx: Tx,
  deps: ReactDeps,
  me: Me,
  message: LockedMessage & { id: MessageId; chatId: ChatId; emoji: string | null },
): Promise<void> {
  const now = deps.clock.now()
  const { id, chatId, channel_id: channelId, msgid, sent_at: sentAt, emoji } = message
  const body = deps.buildHook({
    account: me.account.amojoId,
    madeAt: now,
    user: { id: me.user.amojoId },
    chat: { id: chatId, clientId: message.chat_client_id },
    message: {
      id,
      msgid,
      sender: { id: message.author_id, clientId: message.sender_client_id },
      receiver:
        message.author_kind === 'client' ? null : { id: message.receiver_id, clientId: message.receiver_client_id },
      sentAt,
    },
    emoji,
  })
  await enqueueMessageDelivery(tx, {
    id: deps.newId() as DeliveryId,
    accountId: me.account.id,
    chatId,
    channelId,
    messageId: null,
    hookVersion: 'v2',
    body,
    now,
  })
}
