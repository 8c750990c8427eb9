import type { MessageKind } from '@parley/protocol/model'
import type { OutboxFile } from './outbox/outbox-store.ts'

/** What the messengers show as a picture; any other picture is a file to them. As the server sorts them. */
const PICTURE = /^image\/(png|jpeg|gif|webp)$/

export function kindOfType(mediaType: string): 'picture' | 'video' | 'audio' | 'file' {
  if (PICTURE.test(mediaType)) return 'picture'
  if (mediaType.startsWith('video/')) return 'video'
  return mediaType.startsWith('audio/') ? 'audio' : 'file'
}

/** Of a file that is here, or was brought elsewhere. */
type Brought = Pick<OutboxFile, 'blob' | 'uploaded'>
export const typeOfFile = ({ blob, uploaded }: Brought): string => blob?.type || uploaded?.mediaType || ''
export const sizeOfFile = ({ blob, uploaded }: Brought): number => blob?.size ?? uploaded?.sizeBytes ?? 0

/** What a file becomes when it is sent. */
export const kindOfFile = (file: Brought & Pick<OutboxFile, 'as'>): MessageKind =>
  file.as ?? kindOfType(typeOfFile(file))
