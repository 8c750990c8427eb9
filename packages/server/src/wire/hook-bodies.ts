import type { Reply } from '../domain/replies/send-reply.ts'

export interface HookBody {
  hookVersion: 'v1' | 'v2'
  /** The exact text to sign and send: `JSON.stringify(JSON.parse(body)) === body`, no line end behind it. */
  body: string
}

/**
 * Builds the message hook an integration asked for (spec 02, A2 and A3). A client the integration does not know yet
 * can only be written to in version 2: version 1 names people and chats by the integration's ids alone.
 */
export function buildTextHook(asked: 'v1' | 'v2', outgoing: Reply): HookBody {
  const { receiver, chat } = outgoing
  if (asked === 'v1' && receiver.clientId !== null && chat.clientId !== null) {
    return { hookVersion: 'v1', body: textHookV1(outgoing, receiver.clientId, chat.clientId) }
  }
  return { hookVersion: 'v2', body: textHookV2(outgoing) }
}

/** Keys in the order of the vendor's sample; one that is undefined is left out. */
function textHookV2({ account, madeAt, sender, receiver, chat, message }: Reply): string {
  return JSON.stringify({
    account_id: account,
    time: inSeconds(madeAt),
    message: {
      receiver: {
        id: receiver.id,
        client_id: receiver.clientId ?? undefined,
        phone: receiver.phone ?? '',
        email: receiver.email ?? '',
      },
      sender: { id: sender.id },
      conversation: { id: chat.id, client_id: chat.clientId ?? undefined },
      source: chat.sourceExternalId === null ? undefined : { external_id: chat.sourceExternalId },
      timestamp: inSeconds(message.sentAt),
      msec_timestamp: message.sentAt.getTime(),
      message: {
        id: message.id,
        type: 'text',
        text: message.text,
        markup: null,
        tag: '',
        media: '',
        thumbnail: '',
        file_name: '',
        file_size: 0,
      },
    },
  })
}

function textHookV1({ message }: Reply, receiver: string, conversationId: string): string {
  return JSON.stringify({
    receiver,
    conversation_id: conversationId,
    msec_timestamp: message.sentAt.getTime(),
    type: 'text',
    text: message.text,
    media: '',
    thumbnail: '',
    file_name: '',
    file_size: 0,
  })
}

const inSeconds = (at: Date) => Math.floor(at.getTime() / 1000)
