import type { MessageKind } from '@parley/protocol/model'
import type { EditMessage, NewMessage } from '@parley/protocol/wire'
import type { MessageLink } from '../domain/messages/inbound-message.ts'
import type { MessageContent, StoredMedia } from '../domain/messages/message-content.ts'
import { cleanFileName, fileNameInLink } from '../lib/file-name.ts'

type WireContent = NewMessage['message']
export type WireEdit = Extract<EditMessage['message'], { type: string }>

/** What a message says and links to. */
export interface Said {
  kind: MessageKind
  text: string
  /** Null for plain text. */
  content: MessageContent | null
  links: MessageLink[]
}

const SECOND_MS = 1000
const NO_LINKS: MessageLink[] = []

/** `message` of a `new_message` in our words. */
export function toSaid(message: WireContent): Said {
  const said = { kind: toKind(message.type), text: message.text ?? '' }
  // Most messages are this, and cost nothing more.
  if (message.type === 'text' && !message.callback_data && !message.shared_post && !message.post)
    return { ...said, content: null, links: NO_LINKS }
  return { ...said, ...toContent(message) }
}

/** `image` is what `picture` was called in 2017. */
export const toKind = (type: MessageKind | 'image'): MessageKind => (type === 'image' ? 'picture' : type)

/** What a message has beyond its text, and what is to be copied of it. */
export function toContent(message: WireContent | WireEdit): { content: MessageContent; links: MessageLink[] } {
  const content: MessageContent = {}
  const links: MessageLink[] = []
  if ('media' in message && message.media !== undefined) {
    content.media = toMedia(message, message.media)
    links.push({ slot: 'media', url: message.media })
    if (message.thumbnail !== undefined) links.push({ slot: 'thumbnail', url: message.thumbnail })
  }
  if ('sticker_id' in message && message.sticker_id !== undefined) content.stickerId = message.sticker_id
  if ('location' in message && message.location) {
    content.location = { lat: message.location.lat, lon: message.location.lon }
  }
  if ('contact' in message && message.contact) {
    content.contact = { name: message.contact.name, phone: message.contact.phone }
  }
  if (message.callback_data !== undefined) content.callbackData = message.callback_data
  addPosts(message, content, links)
  return { content, links }
}

type Posts = Pick<WireContent, 'shared_post' | 'post'>

function addPosts({ shared_post: shared, post }: Posts, content: MessageContent, links: MessageLink[]): void {
  if (shared) {
    const url = shared.preview_permalink ?? shared.preview_link
    content.sharedPost = {
      url: shared.url ?? '',
      caption: shared.site_name ?? '',
      author: '',
      preview: url === undefined ? null : toPreview(url),
    }
    if (url !== undefined) links.push({ slot: 'preview', url })
  }
  if (post) {
    const url = post.preview_permalink ?? post.preview_url
    content.post = {
      id: post.id,
      url: post.url,
      caption: post.caption ?? '',
      author: post.username ?? '',
      preview: url === undefined ? null : toPreview(url),
    }
    if (url !== undefined) links.push({ slot: 'post_preview', url })
  }
}

interface Claims {
  file_name: string | undefined
  file_size: number | undefined
  media_duration: number | undefined
}

/** A file that is not here yet: what the sender claims of it. */
function toMedia(claims: Claims, sourceUrl: string): StoredMedia {
  return {
    state: 'waiting',
    sourceUrl,
    fileName: toFileName(claims.file_name, sourceUrl),
    sizeBytes: claims.file_size ?? null,
    durationMs: toDurationMs(claims.media_duration) ?? null,
    peaks: null,
    failure: null,
    file: null,
    thumbnail: null,
  }
}

export const toDurationMs = (seconds: number | undefined) =>
  seconds === undefined ? undefined : Math.round(seconds * SECOND_MS)

const toPreview = (url: string) =>
  toMedia({ file_name: undefined, file_size: undefined, media_duration: undefined }, url)

/** The name that was given, else the last part of the link, else none in particular. */
export function toFileName(given: string | undefined, url: string): string {
  return cleanFileName(given ?? '') || fileNameInLink(url) || 'file'
}
