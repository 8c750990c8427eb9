import type { AccountId, Media, Message, Post, Quote } from '@parley/protocol/model'
import { filePath } from '../../lib/file-path.ts'
import type { MessageContent, StoredFile, StoredMedia, StoredPost, StoredQuote } from './message-content.ts'

/** What a message shows beyond its text; absent is what it does not have. */
export type ShownContent = Pick<
  Message,
  'media' | 'mediaGroupId' | 'location' | 'contact' | 'replyTo' | 'forwarded' | 'sharedPost' | 'post' | 'buttons'
>

export function presentContent(accountId: AccountId, content: MessageContent): ShownContent {
  const shown: ShownContent = {}
  if (content.media) shown.media = presentMedia(accountId, content.media)
  if (content.mediaGroupId !== undefined) shown.mediaGroupId = content.mediaGroupId
  if (content.location) shown.location = content.location
  if (content.contact) shown.contact = content.contact
  if (content.replyTo) shown.replyTo = presentQuote(content.replyTo)
  if (content.forwarded) shown.forwarded = presentQuote(content.forwarded)
  if (content.sharedPost) shown.sharedPost = presentPost(accountId, content.sharedPost, null)
  if (content.post) shown.post = presentPost(accountId, content.post, content.post.id)
  if (content.buttons) shown.buttons = content.buttons
  return shown
}

function presentMedia(accountId: AccountId, media: StoredMedia): Media {
  const { file, thumbnail } = media
  return {
    state: media.state,
    url: file && filePath(accountId, file.id, media.fileName),
    fileName: media.fileName,
    sizeBytes: media.sizeBytes,
    mediaType: file?.mediaType ?? null,
    width: file?.width ?? null,
    height: file?.height ?? null,
    durationMs: media.durationMs,
    thumbnail: thumbnail && presentThumbnail(accountId, thumbnail),
    peaks: media.peaks,
    failure: media.failure,
  }
}

const presentThumbnail = (accountId: AccountId, { id, width, height }: StoredFile) => ({
  url: filePath(accountId, id, 'thumbnail'),
  width: width ?? 0,
  height: height ?? 0,
})

const presentQuote = (quote: StoredQuote): Quote => ({
  messageId: quote.messageId,
  chatId: quote.chatId,
  author: quote.author.name,
  kind: quote.kind,
  text: quote.text,
  sentAt: quote.sentAtMs,
})

const presentPost = (accountId: AccountId, post: StoredPost, id: string | null): Post => ({
  id,
  url: post.url,
  caption: post.caption,
  author: post.author,
  preview: post.preview && presentMedia(accountId, post.preview),
})
