/**
 * What a client does, as the chats API has it: for who stands in for a channel (the simulator, the emulator). Without zod, for it goes
 * into browsers.
 */

export interface ActingClient {
  /** Names the client and his conversation. */
  id: string
  name: string
  phone?: string | null
  avatarUrl?: string | null
  source?: string | null
}

/** `message` of a payload: a type and what it needs. */
export type WireContent = { type: string } & Record<string, unknown>

interface Written {
  msgid: string
  atMs: number
  content: WireContent
  /** The message it answers, or passes on: by the platform's id, or by the integration's. */
  replyTo?: MessageName | undefined
  forwards?: MessageName | undefined
}

export type MessageName = { id: string } | { msgid: string }

const timesOf = (atMs: number) => ({ timestamp: Math.floor(atMs / 1000), msec_timestamp: atMs })

export const writes = (client: ActingClient, { msgid, atMs, content, replyTo, forwards }: Written) => ({
  event_type: 'new_message',
  payload: {
    ...timesOf(atMs),
    msgid,
    conversation_id: client.id,
    ...(client.source && { source: { external_id: client.source } }),
    sender: {
      id: client.id,
      name: client.name,
      ...(client.phone && { profile: { phone: client.phone } }),
      ...(client.avatarUrl && { avatar: client.avatarUrl }),
    },
    message: content,
    ...(replyTo && { reply_to: { message: replyTo } }),
    ...(forwards && { forwards: { conversation_id: client.id, messages: [forwards] } }),
  },
})

export const edits = (clientId: string, msgid: string, { text, atMs }: { text: string; atMs: number }) => ({
  event_type: 'edit_message',
  payload: { ...timesOf(atMs), msgid, conversation_id: clientId, message: { type: 'text', text } },
})

/** Without an emoji: takes the reaction back. */
export const reacts = (clientId: string, message: MessageName, emoji: string | undefined) => ({
  conversation_id: clientId,
  ...message,
  user: { id: clientId },
  ...(emoji === undefined ? { type: 'unreact' } : { type: 'react', emoji }),
})

export const types = (clientId: string) => ({ conversation_id: clientId, sender: { id: clientId } })

export const STATUS_CODES = { delivered: 1, read: 2, error: -1 } as const

export const reports = (messageId: string, status: keyof typeof STATUS_CODES, error: string) => ({
  msgid: messageId,
  delivery_status: STATUS_CODES[status],
  status_code: STATUS_CODES[status],
  ...(status === 'error' && { error_code: 905, error }),
})
