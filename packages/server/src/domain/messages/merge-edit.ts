import type { MessageKind } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import type { MessageLink } from './inbound-message.ts'
import type { MessageContent, StoredMedia } from './message-content.ts'

/** What an edit makes of a message; what it leaves out stays as it was. */
export interface EditedSaying {
  kind: MessageKind
  text: string | undefined
  content: MessageContent
  links: readonly MessageLink[]
  /** As given: what was found in a link does not count. */
  fileName: string | undefined
  durationMs: number | undefined
}

export interface Saying {
  kind: MessageKind
  text: string
  content: MessageContent
}

export interface MergedSaying extends Saying {
  /** What is to be copied now. */
  links: MessageLink[]
  /** What need not be copied any more. */
  dropped: MessageLink['slot'][]
}

const FILE_SLOTS = ['media', 'thumbnail'] as const

/**
 * A message after an edit: its file stays while its link does, and what only its first version had (whom it answers, what it
 * forwards) stays, too.
 * @throws {AppError} `ORIGIN_INVALID_PAYLOAD` for a kind that needs what neither the edit nor the message has
 */
export function mergeEdit(before: Saying, edit: EditedSaying): MergedSaying {
  const { media: _, location: _l, contact: _c, stickerId: _s, sharedPost: oldPost, ...kept } = before.content
  const content: MessageContent = { ...kept }
  const merged: MergedSaying = { kind: edit.kind, text: edit.text ?? before.text, content, links: [], dropped: [] }
  addOwn(merged, before, edit)
  if (edit.content.callbackData !== undefined) content.callbackData = edit.content.callbackData
  const sharedPost = edit.content.sharedPost ?? oldPost
  if (sharedPost) content.sharedPost = sharedPost
  const wasShown = oldPost?.preview?.sourceUrl === sharedPost?.preview?.sourceUrl
  if (sharedPost && oldPost && wasShown) content.sharedPost = { ...sharedPost, preview: oldPost.preview }
  else takeLinks(merged, edit, ['preview'])
  return merged
}

/** What the message's kind is made of. */
function addOwn(merged: MergedSaying, before: Saying, edit: EditedSaying): void {
  const { content } = merged
  switch (edit.kind) {
    case 'sticker':
      addSticker(merged, before, edit)
      break
    case 'picture':
    case 'file':
    case 'video':
    case 'audio':
    case 'voice':
      content.media = mergeMedia(merged, before, edit) ?? missing('media')
      break
    case 'location':
      content.location = edit.content.location ?? before.content.location ?? missing('location')
      takeLinks(merged, edit, FILE_SLOTS)
      break
    case 'contact':
      content.contact = edit.content.contact ?? before.content.contact ?? missing('contact')
      takeLinks(merged, edit, FILE_SLOTS)
      break
    case 'text':
      takeLinks(merged, edit, FILE_SLOTS)
  }
}

function addSticker(merged: MergedSaying, before: Saying, edit: EditedSaying): void {
  const { content } = merged
  const media = mergeMedia(merged, before, edit)
  if (media) content.media = media
  const stickerId = edit.content.stickerId ?? (edit.content.media ? undefined : before.content.stickerId)
  if (stickerId !== undefined) content.stickerId = stickerId
  else if (!media) missing('media')
}

function mergeMedia(merged: MergedSaying, before: Saying, edit: EditedSaying): StoredMedia | undefined {
  const { media: given } = edit.content
  const { media: old } = before.content
  const isSame = old && (given === undefined || (given.sourceUrl === old.sourceUrl && old.state !== 'failed'))
  if (!isSame) {
    takeLinks(merged, edit, FILE_SLOTS)
    return given
  }
  return { ...old, fileName: edit.fileName ?? old.fileName, durationMs: edit.durationMs ?? old.durationMs }
}

/** What was to be copied into these places is not any more; what the edit links to is. */
function takeLinks(merged: MergedSaying, edit: EditedSaying, slots: readonly MessageLink['slot'][]): void {
  merged.dropped.push(...slots)
  merged.links.push(...edit.links.filter((link) => slots.includes(link.slot)))
}

function missing(field: string): never {
  throw new AppError('ORIGIN_INVALID_PAYLOAD', `payload.message.${field}: is missing, and the message has none`)
}
