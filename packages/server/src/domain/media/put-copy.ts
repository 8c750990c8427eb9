import type { MediaSlot } from '../../db/schema.ts'
import { cleanFileName, fileNameInLink } from '../../lib/file-name.ts'
import type { MessageContent, StoredMedia } from '../messages/message-content.ts'
import { type KeptFile, toStoredFile } from './file-queries.ts'
import { smallPictureOf } from './keep-file.ts'

/** What was copied, and what its link says it is called. */
export interface Copy {
  file: KeptFile
  url: string
  /** What the other side called it; null when it did not say. */
  fileName: string | null
}

/** The content with its copy in place; undefined when there is no such place (any more). */
export function putCopy(content: MessageContent, slot: MediaSlot, copy: Copy): MessageContent | undefined {
  if (slot === 'thumbnail') return putThumbnail(content, copy)
  return changeMedia(content, slot, (media) => putFile(media, copy))
}

/** The content with the reason why a copy is missing. */
export const putFailure = (content: MessageContent, slot: MediaSlot, failure: string): MessageContent | undefined =>
  changeMedia(content, slot, (media) => ({ ...media, state: 'failed', failure }))

/** The content as it was before anything was tried. */
export const putWaiting = (content: MessageContent, slot: MediaSlot): MessageContent | undefined =>
  changeMedia(content, slot, (media) => ({ ...media, state: 'waiting', failure: null }))

function changeMedia(
  content: MessageContent,
  slot: MediaSlot,
  change: (media: StoredMedia) => StoredMedia,
): MessageContent | undefined {
  const { media, sharedPost, post } = content
  if (slot === 'media' && media) return { ...content, media: change(media) }
  if (slot === 'preview' && sharedPost?.preview) {
    return { ...content, sharedPost: { ...sharedPost, preview: change(sharedPost.preview) } }
  }
  if (slot === 'post_preview' && post?.preview) {
    return { ...content, post: { ...post, preview: change(post.preview) } }
  }
  return undefined
}

function putFile(media: StoredMedia, copy: Copy): StoredMedia {
  const { file } = copy
  return {
    ...media,
    state: 'ready',
    failure: null,
    file: toStoredFile(file),
    sizeBytes: file.sizeBytes,
    // Ours is of this very picture; of a video there may be one that the channel gave.
    thumbnail: file.thumbnail ?? media.thumbnail,
    fileName: nameOf(media.fileName, copy),
  }
}

/** So that what is saved can be opened, where nobody said what it is called. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'audio/x-m4a': 'm4a',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
}

/** The name the channel gave, else the one that came with the file, else what the link ends with. */
function nameOf(given: string, { file, url, fileName }: Copy): string {
  const inLink = fileNameInLink(url)
  const isGuess = given === '' || given === 'file' || given === inLink
  if (!isGuess) return given
  const name = cleanFileName(fileName ?? '') || inLink || 'file'
  const extension = EXTENSIONS[file.mediaType]
  return extension === undefined || /.\.[a-z0-9]{1,8}$/i.test(name) ? name : `${name}.${extension}`
}

function putThumbnail(content: MessageContent, { file }: Copy): MessageContent | undefined {
  const { media } = content
  const thumbnail = smallPictureOf(file)
  // One that was made of the file itself is better.
  if (!media || !thumbnail || (media.thumbnail && media.file)) return undefined
  return { ...content, media: { ...media, thumbnail: toStoredFile(thumbnail) } }
}
