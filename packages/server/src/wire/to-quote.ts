import type { ChatId } from '@parley/protocol/model'
import type { EmbeddedMessage, NewMessage } from '@parley/protocol/wire'
import type { Known } from '../domain/chats/bind-ids.ts'
import type { GivenQuote } from '../domain/ingest/find-quote.ts'
import { QUOTE_LENGTH, type StoredQuote } from '../domain/messages/message-content.ts'
import { AppError } from '../lib/app-error.ts'
import { cutText } from '../lib/cut-text.ts'
import { cleanFileName } from '../lib/file-name.ts'
import { toDurationMs, toKind } from './to-content.ts'

const SECOND_MS = 1000

/**
 * The message that is answered to, as told; undefined when none is.
 * @param chat where the answer stands: nothing else can be answered to there
 * @throws {AppError} `ORIGIN_INVALID_PAYLOAD` as `path: reason`
 */
export function toReplyTo({ reply_to: reply }: NewMessage, chat: Known<ChatId>): GivenQuote | undefined {
  const message = reply?.message
  return message && toGivenQuote(message, 'payload.reply_to.message', { chat, mayBeElsewhere: false })
}

/** The message that is passed on; it may be from any chat of the channel in this account. */
export function toForwarded({ forwards }: NewMessage, chat: Known<ChatId>): GivenQuote | undefined {
  const [message] = forwards?.messages ?? []
  if (!forwards || !message) return undefined
  return toGivenQuote(message, 'payload.forwards.messages[0]', {
    chat: chatOf(forwards) ?? chat,
    mayBeElsewhere: true,
  })
}

function chatOf(forwards: NonNullable<NewMessage['forwards']>): Known<ChatId> | undefined {
  const { conversation_id: clientId, conversation_ref_id: ref } = forwards
  if (clientId !== undefined) return { clientId }
  return ref !== undefined && UUID.test(ref) ? { clientId: null, id: ref.toLowerCase() as ChatId } : undefined
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function toGivenQuote(
  message: EmbeddedMessage,
  path: string,
  place: Pick<GivenQuote, 'chat' | 'mayBeElsewhere'>,
): GivenQuote {
  const { id, msgid, sender } = message
  if (id === undefined && msgid === undefined) {
    if (message.type === undefined) throw invalid(`${path}.type: is missing; it is needed without id and msgid`)
    if (message.type === 'text' && message.text === undefined) throw invalid(`${path}.text: is missing`)
  }
  return {
    ...place,
    id,
    msgid,
    author: { clientId: sender?.id, ref: sender?.ref_id, name: sender?.name },
    otherwise: toStoredQuote(message),
  }
}

/** What is told of it; undefined when that is not enough to show. */
function toStoredQuote(message: EmbeddedMessage): StoredQuote | undefined {
  const { type, text = '', msgid, timestamp, location, contact } = message
  if (type === undefined || (type === 'text' && text === '')) return undefined
  return {
    messageId: null,
    chatId: null,
    msgid: msgid ?? null,
    author: { id: null, clientId: null, name: '' },
    receiver: null,
    kind: toKind(type),
    text: cutText(text, QUOTE_LENGTH),
    sentAtMs: message.msec_timestamp ?? (timestamp === undefined ? null : timestamp * SECOND_MS),
    fileName: cleanFileName(message.file_name ?? '') || null,
    sizeBytes: message.file_size ?? null,
    durationMs: toDurationMs(message.media_duration) ?? null,
    fileId: null,
    thumbnailId: null,
    ...(location && { location: { lat: location.lat, lon: location.lon } }),
    ...(contact && { contact: { name: contact.name, phone: contact.phone } }),
  }
}

const invalid = (description: string) => new AppError('ORIGIN_INVALID_PAYLOAD', description)
