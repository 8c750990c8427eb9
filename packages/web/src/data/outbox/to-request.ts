import type { SendMessageInput } from '@parley/protocol/model'
import type { OutboxEntry, OutboxFile } from './outbox-store.ts'

/** An entry as the server takes it. Its file must be up. */
export function toRequest({ id, text, file, replyTo, mediaGroupId, buttons, template }: OutboxEntry): SendMessageInput {
  return {
    id,
    text,
    ...(file?.uploaded && { file: toAttachment(file, file.uploaded.id) }),
    ...(mediaGroupId !== undefined && { mediaGroupId }),
    ...(buttons && { buttons }),
    ...(template && { template }),
    ...(replyTo?.messageId && { replyToId: replyTo.messageId }),
  }
}

const toAttachment = ({ name, as, durationMs, peaks }: OutboxFile, id: string) => ({
  id,
  name,
  ...(as !== undefined && { as }),
  ...(durationMs !== undefined && { durationMs }),
  ...(peaks !== undefined && { peaks }),
})
