import type { ChatEvent, NewMessage } from '@parley/protocol/wire'
import type { Author } from '../domain/messages/find-author.ts'
import type { InboundMessage } from '../domain/messages/inbound-message.ts'
import { AppError } from '../lib/app-error.ts'

const SECOND_MS = 1000
/** Clocks differ; a message from the day after tomorrow is a mistake in units. */
const MAX_AHEAD_MS = 24 * 3600 * SECOND_MS

/**
 * The `new_message` in an event, when it is of a kind that is taken.
 * @throws {AppError} `ORIGIN_UNSUPPORTED` names what is not taken yet
 */
export function toNewMessage(event: ChatEvent): NewMessage {
  if (event.event_type === 'edit_message') throw unsupported('event_type: edit_message is not supported yet')
  const { payload } = event
  if (payload.receiver !== undefined && payload.receiver !== null) {
    throw unsupported(
      'payload.receiver: importing messages that were sent to the client elsewhere is not supported yet',
    )
  }
  if (payload.message.type !== 'text')
    throw unsupported(`payload.message.type: ${payload.message.type} is not supported yet; send text`)
  return payload
}

/**
 * A client's message in our words.
 * @param author whom `sender.ref_id` names, when there is one
 * @throws {AppError} `ORIGIN_INVALID_PAYLOAD` as `path: reason`
 */
export function toInbound(
  payload: NewMessage,
  { now, author }: { now: Date; author: Author | undefined },
): InboundMessage {
  const { sender, message } = payload
  if (message.type !== 'text')
    throw unsupported(`payload.message.type: ${message.type} is not supported yet; send text`)
  if (author && author.kind !== 'client') {
    throw invalid(
      `payload.sender.ref_id: names a ${author.kind}, so this message went to a client, but payload.receiver is missing`,
    )
  }
  const clientId = sender.id ?? author?.clientId
  if (clientId === undefined || clientId === null) {
    throw invalid(
      sender.ref_id === undefined
        ? 'payload.sender.id: is missing'
        : 'payload.sender.ref_id: names nobody known here; give payload.sender.id',
    )
  }
  return {
    msgid: payload.msgid,
    chatClientId: payload.conversation_id,
    sender: {
      clientId,
      name: sender.name,
      avatarUrl: onlyWebUrl(sender.avatar),
      phone: sender.profile?.phone,
      email: sender.profile?.email,
      profileLink: onlyWebUrl(sender.profile_link),
    },
    kind: 'text',
    text: message.text,
    sentAt: toSentAt(payload, now),
    isSilent: payload.silent ?? false,
    sourceExternalId: payload.source?.external_id,
  }
}

function toSentAt({ timestamp, msec_timestamp: msecTimestamp }: NewMessage, now: Date): Date {
  const sentAtMs = msecTimestamp ?? (timestamp === undefined ? now.getTime() : timestamp * SECOND_MS)
  if (sentAtMs > now.getTime() + MAX_AHEAD_MS) {
    const [path, unit] = msecTimestamp === undefined ? ['timestamp', 'seconds'] : ['msec_timestamp', 'milliseconds']
    throw invalid(`payload.${path}: is more than 24 hours in the future; it counts ${unit} since 1970`)
  }
  return new Date(sentAtMs)
}

/** A link that a screen may follow: anything else (`javascript:`, a file name) counts as absent and does not cost the message. */
function onlyWebUrl(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\//i.test(url) ? url : undefined
}

const invalid = (description: string) => new AppError('ORIGIN_INVALID_PAYLOAD', description)
const unsupported = (description: string) => new AppError('ORIGIN_UNSUPPORTED', description)
