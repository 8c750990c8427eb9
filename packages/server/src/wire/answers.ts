import type { AmojoId } from '@parley/protocol/model'
import type { ConnectRequest, CreateChatAnswer, CreateChatRequest } from '@parley/protocol/wire'
import type { Connected, ConnectionSettings } from '../domain/channels/connect-channel.ts'
import type { ChatWish, CreatedChat } from '../domain/ingest/create-chat.ts'
import type { StoredMessage } from '../domain/messages/inbound-message.ts'

// Answers are written field by field, in the documented order: some clients read the first one by its place.

/** All five fields always; of 2017 are the last two. */
export function presentStoredMessage(stored: StoredMessage): string {
  return JSON.stringify({
    new_message: {
      conversation_id: stored.chatId,
      sender_id: stored.senderId,
      receiver_id: stored.receiverId,
      msgid: stored.messageId,
      ref_id: stored.msgid,
    },
  })
}

export function presentConnection(connected: Connected): string {
  return JSON.stringify({
    account_id: connected.amojoId,
    scope_id: connected.scopeId,
    title: connected.title,
    hook_api_version: connected.hookVersion,
    is_time_window_disabled: connected.isTimeWindowDisabled,
  })
}

/** What is left out has its documented default, on the first call as on every later one. */
export function toConnectionSettings(request: ConnectRequest): ConnectionSettings {
  return {
    amojoId: request.account_id as AmojoId,
    title: request.title,
    hookVersion: request.hook_api_version ?? 'v1',
    isTimeWindowDisabled: request.is_time_window_disabled ?? false,
  }
}

export function toChatWish({ conversation_id, source, user }: CreateChatRequest): ChatWish {
  return {
    clientId: conversation_id,
    sourceExternalId: source?.external_id,
    user: {
      clientId: user.id,
      refId: user.ref_id,
      name: user.name,
      avatarUrl: user.avatar,
      phone: user.profile?.phone,
      email: user.profile?.email,
      profileLink: user.profile_link,
    },
  }
}

/** Phone and e-mail both flat and below `profile`: the pages differ, and clients with them. */
export function presentChat({ id, user }: CreatedChat): string {
  const { clientId, name, avatarUrl, phone, email } = user
  const profile = { ...(phone !== null && { phone }), ...(email !== null && { email }) }
  return JSON.stringify({
    id,
    user: {
      id: user.id,
      ...(clientId !== null && { client_id: clientId }),
      name,
      avatar: avatarUrl ?? '',
      ...profile,
      profile,
    },
  } satisfies CreateChatAnswer)
}
