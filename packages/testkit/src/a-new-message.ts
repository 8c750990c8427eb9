import { randomUUID } from 'node:crypto'

/** `new_message` in the wire's own spelling; loosely typed, for tests also send what is wrong. */
export interface NewMessageEvent {
  event_type: string
  payload: Record<string, unknown>
}

export interface NewMessageOverrides extends Record<string, unknown> {
  /** Short for `message: {type: 'text', text}`. */
  text?: string
  /** Short for both timestamps. */
  at?: Date
}

/**
 * A client's text message, new in every respect: own msgid, own conversation, own sender, written just now.
 * Overrides replace fields of the payload; `undefined` leaves one out.
 */
export function aNewMessage({
  text = 'Hello',
  at = new Date(),
  ...overrides
}: NewMessageOverrides = {}): NewMessageEvent {
  const nonce = randomUUID().slice(0, 8)
  return {
    event_type: 'new_message',
    payload: {
      timestamp: Math.floor(at.getTime() / 1000),
      msec_timestamp: at.getTime(),
      msgid: `msg-${nonce}`,
      conversation_id: `conv-${nonce}`,
      sender: aSender({ id: `user-${nonce}` }),
      message: { type: 'text', text },
      silent: false,
      ...overrides,
    },
  }
}

/** A client as the channel names them. */
export function aSender(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: `user-${randomUUID().slice(0, 8)}`,
    name: 'Nora Lind',
    profile: { phone: '+46700000055', email: 'nora@example.net' },
    ...overrides,
  }
}
