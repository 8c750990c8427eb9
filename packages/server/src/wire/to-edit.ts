import type { ChatId } from '@parley/protocol/model'
import type { EditMessage } from '@parley/protocol/wire'
import type { Channel } from '../domain/channels/channel-registry.ts'
import type { Known } from '../domain/chats/bind-ids.ts'
import type { MessageEdit } from '../domain/messages/edit-message.ts'
import { AppError } from '../lib/app-error.ts'
import { cleanFileName } from '../lib/file-name.ts'
import { isUuid } from '../lib/page-key.ts'
import { toContent, toDurationMs, toKind, type WireEdit } from './to-content.ts'
import { toReport } from './to-delivery-report.ts'
import { toSentAt } from './to-sent-at.ts'

/**
 * An edit in our words.
 * @throws {AppError} `ORIGIN_INVALID_PAYLOAD` as `path: reason`; `ORIGIN_UNSUPPORTED` for what the channel does not offer
 */
export function toEdit(
  payload: EditMessage,
  { now, channel }: { now: Date; channel: Pick<Channel, 'supportsVoice'> },
): MessageEdit {
  const { id, msgid, message } = payload
  if (id === undefined && msgid === undefined) throw invalid('payload.msgid: is missing; give it or payload.id')
  const chat = toChat(payload)
  if (id === undefined && chat === undefined)
    throw invalid('payload.conversation_id: is missing; without it only payload.id finds a message')
  // Nothing comes of it, but a time in the wrong unit is a mistake in an edit, too.
  toSentAt(payload, now)
  const { delivery_status: status } = message
  const report =
    status &&
    toReport(
      { code: status.status_code, errorCode: status.error_code, error: status.error },
      'payload.message.delivery_status.',
    )
  if (message.type === undefined && !report) throw invalid('payload.message.type: is missing')
  if (message.type === 'voice' && !channel.supportsVoice) {
    throw new AppError(
      'ORIGIN_UNSUPPORTED',
      'payload.message.type: voice messages are switched off for this channel; send audio',
    )
  }
  return { id, msgid, chat, said: message.type === undefined ? undefined : toSaid(message), report }
}

function toSaid(message: WireEdit): NonNullable<MessageEdit['said']> {
  if (message.post) throw invalid('payload.message.post: a comment cannot be edited')
  const isText = message.type === 'text'
  if (isText && message.text === undefined && !message.delivery_status)
    throw invalid('payload.message.text: is missing')
  const file = 'file_name' in message ? message : undefined
  return {
    kind: toKind(message.type),
    text: message.text,
    ...toContent(message),
    fileName: cleanFileName(file?.file_name ?? '') || undefined,
    durationMs: toDurationMs(file?.media_duration),
  }
}

function toChat({ conversation_id: clientId, conversation_ref_id: ref }: EditMessage): Known<ChatId> | undefined {
  if (ref !== undefined && isUuid(ref)) return { clientId: null, id: ref.toLowerCase() as ChatId }
  return clientId === undefined ? undefined : { clientId }
}

const invalid = (description: string) => new AppError('ORIGIN_INVALID_PAYLOAD', description)
