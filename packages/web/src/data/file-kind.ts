import type { MessageKind } from '@parley/protocol/model'
import type { OutboxFile } from './outbox/outbox-store.ts'

/** What the messengers show as a picture; any other picture is a file to them. As the server sorts them. */
const PICTURE = /^image\/(png|jpeg|gif|webp)$/

export function kindOfType(mediaType: string): 'picture' | 'video' | 'audio' | 'file' {
  if (PICTURE.test(mediaType)) return 'picture'
  if (mediaType.startsWith('video/')) return 'video'
  return mediaType.startsWith('audio/') ? 'audio' : 'file'
}

/** What a file becomes when it is sent. */
export const kindOfFile = ({ as, blob }: Pick<OutboxFile, 'as' | 'blob'>): MessageKind => as ?? kindOfType(blob.type)
