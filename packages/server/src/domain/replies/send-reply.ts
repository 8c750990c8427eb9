import type {
  AmojoId,
  ChannelId,
  ChatId,
  DeliveryId,
  Me,
  Message,
  MessageId,
  ParticipantId,
  SendMessageRequest,
} from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { HookVersion } from '../../db/schema.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { enqueueMessageDelivery } from '../deliveries/enqueue-delivery.ts'
import type { Deps } from '../deps.ts'
import { getMessage } from '../messages/message-queries.ts'

/** What a hook says of a reply; who knows the wire makes the bytes of it. */
export interface Reply {
  account: AmojoId
  madeAt: Date
  sender: { id: string }
  receiver: { id: ParticipantId; clientId: string | null; phone: string | null; email: string | null }
  chat: { id: ChatId; clientId: string | null; sourceExternalId: string | null }
  message: { id: MessageId; text: string; sentAt: Date }
}

export type BuildHook = (asked: HookVersion, reply: Reply) => { hookVersion: HookVersion; body: string }

type ReplyDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'newId' | 'nudge' | 'nudgeDeliveries'> & {
  buildHook: BuildHook
}

/**
 * Stores a user's answer together with the hook that must carry it to the channel: both are kept or neither is.
 * Safe to repeat: the same `id` answers the message stored first.
 * @throws {AppError} `not_found`: no such chat in the user's account; `conflict`: its channel is disconnected, or the id
 *   is another message's
 */
export async function sendReply(
  deps: ReplyDeps,
  me: Me,
  chatId: ChatId,
  { id, text }: SendMessageRequest,
): Promise<Message> {
  const messageId = id.toLowerCase() as MessageId
  const accountId = me.account.id
  const isNew = await deps.db.transaction().execute(async (tx) => {
    const chat = await lockChat(tx, me, chatId)
    const now = deps.clock.now()
    const inserted = await insertReply(tx, me, chat, { chatId, messageId, text, now })
    if (!inserted) return false
    const reply: Reply = {
      account: me.account.amojoId,
      madeAt: now,
      sender: { id: me.user.amojoId },
      receiver: { id: chat.participant_id, clientId: chat.participant_client_id, phone: chat.phone, email: chat.email },
      chat: { id: chatId, clientId: chat.client_id, sourceExternalId: chat.source_external_id },
      message: { id: messageId, text, sentAt: now },
    }
    const hook = deps.buildHook(chat.hook_api_version, reply)
    const deliveryId = deps.newId() as DeliveryId
    await enqueueMessageDelivery(tx, {
      id: deliveryId,
      accountId,
      chatId,
      channelId: chat.channel_id,
      messageId,
      ...hook,
      now,
    })
    await appendEvents(tx, accountId, [{ type: 'message.sent', chatId, messageId }])
    return true
  })
  if (isNew) {
    deps.nudgeDeliveries()
    deps.nudge(accountId)
  }
  // A repeat is answered only when it is this user's message in this chat: ids are no way to look around.
  const message = await getMessage(deps.hotPool, accountId, chatId, messageId).catch(() => undefined)
  if (message?.direction !== 'out' || message.author.id !== me.user.amojoId) {
    throw new AppError('conflict', 'id: another message has this id. Make a new one (UUID) for every message.')
  }
  return message
}

interface LockedChat {
  channel_id: ChannelId
  client_id: string | null
  source_external_id: string | null
  participant_id: ParticipantId
  participant_client_id: string | null
  phone: string | null
  email: string | null
  hook_api_version: HookVersion
}

/** Locks the chat's counters first, as everybody does: that is also what keeps its deliveries in order. */
async function lockChat(tx: Tx, me: Me, chatId: ChatId): Promise<LockedChat> {
  const { rows } = await sql<LockedChat & { is_connected: boolean; title: string }>`
    select c.channel_id, c.client_id, c.source_external_id, p.id as participant_id, p.client_id as participant_client_id,
      p.phone, p.email, cn.hook_api_version, coalesce(cn.title, ch.name) as title,
      cn.channel_id is not null and cn.disconnected_at is null and ch.disabled_at is null as is_connected
    from chat_state s
    join chat c on c.account_id = s.account_id and c.id = s.chat_id
    join participant p on p.account_id = s.account_id and p.id = c.participant_id
    join channel ch on ch.id = c.channel_id
    left join connection cn on cn.account_id = s.account_id and cn.channel_id = c.channel_id
    where s.account_id = ${me.account.id} and s.chat_id = ${chatId}::uuid
    for update of s`.execute(tx)
  const [chat] = rows
  if (!chat) throw new AppError('not_found', 'There is no such chat in this account.')
  if (!chat.is_connected) {
    throw new AppError(
      'conflict',
      `${chat.title} is disconnected from this account. Connect it again to answer in this chat.`,
    )
  }
  return chat
}

interface NewReply {
  chatId: ChatId
  messageId: MessageId
  text: string
  now: Date
}

/** Answers false when the id is taken: by this very message, sent again, or by another. */
async function insertReply(
  tx: Tx,
  me: Me,
  chat: LockedChat,
  { chatId, messageId, text, now }: NewReply,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('message')
    .values({
      account_id: me.account.id,
      id: messageId,
      chat_id: chatId,
      direction: 'out',
      author_kind: 'user',
      author_id: me.user.amojoId,
      receiver_id: chat.participant_id,
      kind: 'text',
      body: text,
      sent_at: now,
      received_at: now,
      status: 'queued',
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return false
  await sql`
    update chat_state s set last_message_id = ${messageId}::uuid, last_message_at = greatest(s.last_message_at, ${now}::timestamptz),
      activity_at = greatest(s.activity_at, ${now}::timestamptz),
      activity_minute = floor(extract(epoch from greatest(s.activity_at, ${now}::timestamptz)) / 60)::int,
      waiting_since = null
    where s.account_id = ${me.account.id} and s.chat_id = ${chatId}::uuid`.execute(tx)
  return true
}
