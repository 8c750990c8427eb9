import type { MessageButton, MessageKind } from '@parley/protocol/model'
import type { MessageHookV1 } from '@parley/protocol/wire'
import type { Reply } from '../domain/replies/reply.ts'
import { linksTo } from './hook-media.ts'

/** What version 1 has a word for (spec 02 A3); any other kind goes as a file. */
const KINDS = ['text', 'file', 'video', 'picture'] as const satisfies readonly MessageKind[]

/** The flat hook of 2017. It has no message id, so nobody can report what became of the message. */
export function messageHookV1(
  { account, message }: Reply,
  names: { receiver: string; conversation: string },
  publicUrl: string,
): string {
  const { media, buttons = [] } = message.content
  return JSON.stringify({
    receiver: names.receiver,
    conversation_id: names.conversation,
    msec_timestamp: message.sentAt.getTime(),
    type: KINDS.find((kind) => kind === message.kind) ?? 'file',
    text: [message.text, ...buttons.flat().map(asLine)].filter((line) => line !== '').join('\n'),
    ...linksTo(media, { accountId: account.id, publicUrl }),
    file_name: media?.fileName ?? '',
    file_size: media?.sizeBytes ?? 0,
  } satisfies MessageHookV1)
}

const asLine = ({ text, url }: MessageButton) => (url === undefined ? text : `${text}: ${url}`)
