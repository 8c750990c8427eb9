/** What browsers show without running anything in it; sent as what it is, to be seen in the page. */
const SHOWN = new Set([
  'image/png',
  'image/apng',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'video/mp4',
  'video/x-m4v',
  'video/webm',
  'video/ogg',
  'video/quicktime',
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'audio/aac',
  'audio/ogg',
  'audio/flac',
  'audio/wav',
  'audio/amr',
])

/** Sent as what it is, to be saved. */
const SAVED = new Set(['application/pdf'])

const BYTES = 'application/octet-stream'

/** How a file of this type is sent: everything that is not known to be harmless is bytes to be saved. */
export function howToSend(mediaType: string): { contentType: string; isAttachment: boolean } {
  if (SHOWN.has(mediaType)) return { contentType: mediaType, isAttachment: false }
  return { contentType: SAVED.has(mediaType) ? mediaType : BYTES, isAttachment: true }
}
