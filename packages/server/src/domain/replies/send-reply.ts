import type { ChatId, DeliveryId, Me, Message, MessageId, SendMessageRequest } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { HookVersion } from '../../db/schema.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { enqueueMessageDelivery } from '../deliveries/enqueue-delivery.ts'
import type { Deps } from '../deps.ts'
import { findMessages } from '../messages/message-queries.ts'
import { countTemplateUse } from '../templates/change-templates.ts'
import { findFileOf, type Prepared } from './attach-file.ts'
import { composeMessage } from './compose-message.ts'
import { type LockedChat, lockChat } from './lock-chat.ts'
import type { BuildHook, Draft, Reply } from './reply.ts'

export type ReplyDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'newId' | 'nudge' | 'nudgeDeliveries'> & {
  buildHook: BuildHook
}

/**
 * Stores a user's answer together with the hook that must carry it to the channel: both are kept or neither is.
 * Safe to repeat: the same `id` answers the message stored first, whatever has changed since.
 * @throws {AppError} `not_found`: no such chat in the user's account; `invalid_request` names the field; `conflict`: its
 *   channel is disconnected or cannot carry this, or the id is another message's
 */
export async function sendReply(
  deps: ReplyDeps,
  me: Me,
  chatId: ChatId,
  request: SendMessageRequest,
): Promise<Message> {
  const id = request.id.toLowerCase() as MessageId
  try {
    const prepared = await findFileOf(deps, me.account.id, request)
    const isNew = await deps.db.transaction().execute((tx) => storeReply(tx, deps, { me, chatId, request: prepared }))
    if (isNew) {
      nudgeAll(deps, me)
      if (request.template) await countTemplateUse(deps, me.account.id, request.template.id)
    }
  } catch (error) {
    const first = error instanceof AppError ? await findOwn(deps, me, id) : undefined
    if (first?.chatId !== chatId) throw error
    return first
  }
  const message = await getOwn(deps, me, id)
  if (message.chatId !== chatId) throw idTaken()
  return message
}

export function nudgeAll({ nudge, nudgeDeliveries }: ReplyDeps, me: Me): void {
  nudgeDeliveries()
  nudge(me.account.id)
}

/** Undefined when the message is not there or somebody else's: ids are no way to look around. */
export async function findOwn({ hotPool }: ReplyDeps, me: Me, id: MessageId): Promise<Message | undefined> {
  const [message] = await findMessages(hotPool, me.account.id, [id])
  return message?.direction === 'out' && message.author.id === me.user.amojoId ? message : undefined
}

/** @throws {AppError} `conflict` when the id is another message's */
export async function getOwn(deps: ReplyDeps, me: Me, id: MessageId): Promise<Message> {
  const message = await findOwn(deps, me, id)
  if (!message) throw idTaken()
  return message
}

export const idTaken = () =>
  new AppError('conflict', 'id: another message has this id. Make a new one (UUID) for every message.')

export interface NewReply {
  me: Me
  chatId: ChatId
  request: Prepared
  /** Instead of the version the connection asked for. */
  hookVersion?: HookVersion
}

/**
 * The part of `sendReply` that goes into a transaction; answers false when the id is taken. After the commit of what is new
 * the caller nudges.
 *
 * Locks: chat_state, then the chat's lane, then the account's counter.
 */
export async function storeReply(
  tx: Tx,
  deps: Pick<ReplyDeps, 'clock' | 'newId' | 'buildHook'>,
  { me, chatId, request, hookVersion }: NewReply,
): Promise<boolean> {
  const locked = await lockChat(tx, me.account.id, chatId)
  const chat = hookVersion ? { ...locked, channel: { ...locked.channel, hookVersion } } : locked
  const now = deps.clock.now()
  const message = {
    ...(await composeMessage(tx, chat, request)),
    id: request.id.toLowerCase() as MessageId,
    sentAt: planSentAt(now, chat.lastMessageAt),
    receivedAt: now,
  }
  if (!(await insertMessage(tx, me, chat, message))) return false
  await enqueueMessageDelivery(tx, {
    id: deps.newId() as DeliveryId,
    accountId: me.account.id,
    chatId,
    channelId: chat.channel.id,
    messageId: message.id,
    ...deps.buildHook(chat.channel.hookVersion, toReply(me, chat, message)),
    now,
  })
  await appendEvents(tx, me.account.id, [{ type: 'message.sent', chatId, messageId: message.id }])
  return true
}

type NewMessage = Draft & { id: MessageId; sentAt: Date; receivedAt: Date }

/** A client's clock may be this much ahead of ours: the answer stands below what it answers all the same. */
const LONGEST_LEAD_MS = 5 * 60_000

export function planSentAt(now: Date, lastMessageAt: Date | null): Date {
  const leadMs = (lastMessageAt?.getTime() ?? 0) - now.getTime()
  return leadMs > 0 && leadMs <= LONGEST_LEAD_MS ? new Date(now.getTime() + leadMs + 1) : now
}

const toReply = ({ account, user }: Me, chat: LockedChat, message: NewMessage): Reply => ({
  account: { id: account.id, amojoId: account.amojoId },
  madeAt: message.receivedAt,
  sender: { id: user.amojoId, name: user.name },
  receiver: chat.receiver,
  chat: { id: chat.id, clientId: chat.clientId, sourceExternalId: chat.sourceExternalId },
  message,
})

/** Answers false when the id is taken: by this very message, sent again, or by another. */
async function insertMessage(tx: Tx, me: Me, chat: LockedChat, message: NewMessage): Promise<boolean> {
  const { id, kind, text, content, sentAt, receivedAt } = message
  const inserted = await tx
    .insertInto('message')
    .values({
      account_id: me.account.id,
      id,
      chat_id: chat.id,
      direction: 'out',
      author_kind: 'user',
      author_id: me.user.amojoId,
      receiver_id: chat.receiver.id,
      kind,
      body: text,
      sent_at: sentAt,
      received_at: receivedAt,
      status: 'queued',
      content: Object.keys(content).length === 0 ? null : JSON.stringify(content),
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return false
  await sql`
    update chat_state s set
      last_message_id = case when s.last_message_at > ${sentAt}::timestamptz then s.last_message_id else ${id}::uuid end,
      last_message_at = greatest(s.last_message_at, ${sentAt}::timestamptz),
      activity_at = greatest(s.activity_at, ${receivedAt}::timestamptz),
      activity_minute = floor(extract(epoch from greatest(s.activity_at, ${receivedAt}::timestamptz)) / 60)::int,
      waiting_since = null
    where s.account_id = ${me.account.id} and s.chat_id = ${chat.id}::uuid`.execute(tx)
  return true
}
