import { open } from 'node:fs/promises'

/** What nothing is known about. */
export const UNKNOWN_TYPE = 'application/octet-stream'

const LOOKED_AT_BYTES = 4096

/**
 * The media type of a file as its bytes say, whatever it was called. Marked-up text (HTML, SVG, XML) is told apart from
 * plain text, so that nobody takes it for a picture.
 */
export async function sniffFile(path: string): Promise<string> {
  const start = await readStart(path)
  const markup = sniffText(start)
  // Before the library: it takes some text for what its first letters look like.
  if (markup !== undefined && markup !== 'text/plain') return markup
  // Only now: a start need not wait for it.
  const { fileTypeFromFile } = await import('file-type')
  const found = (await fileTypeFromFile(path).catch(() => undefined))?.mime.split(';')[0]
  if (found === undefined) return markup ?? UNKNOWN_TYPE
  // A byte order mark looks like the beginning of an MP3.
  return markup === 'text/plain' && !/^(application|text)\//.test(found) ? markup : found
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT_BYTES), 0, LOOKED_AT_BYTES)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Undefined when it is no text. Exported for its test. */
export function sniffText(start: Buffer): string | undefined {
  const text = decode(start)
  if (text === undefined) return undefined
  // What may stand before the first element.
  const rest = text.replace(/^(\s+|<\?.*?\?>|<!--.*?-->|<!doctype\s[^>]*svg[^>]*>)*/is, '')
  if (/^<(!doctype\s+html|html|head|body|script|iframe|meta|title|style|table|div|p|a|img|h1|br|b)[\s/>]/i.test(rest)) {
    return 'text/html'
  }
  if (/^<(\w+:)?svg[\s/>]/i.test(rest)) return 'image/svg+xml'
  return /^\s*<(\?xml|!doctype)\s/i.test(text) ? 'application/xml' : 'text/plain'
}

function decode(start: Buffer): string | undefined {
  if (start.length === 0) return undefined
  const isBigEndian = start[0] === 0xfe && start[1] === 0xff
  const isLittleEndian = start[0] === 0xff && start[1] === 0xfe
  const charset = isBigEndian ? 'utf-16be' : isLittleEndian ? 'utf-16le' : 'utf-8'
  try {
    // As a stream: a character may be cut in two at the end.
    const text = new TextDecoder(charset, { fatal: true }).decode(start, { stream: true })
    return isBinary(text) ? undefined : text
  } catch {
    return undefined
  }
}

/** Of the old control characters, text has tabs and the ends of lines and pages. */
const isBinary = (text: string) => /[^\P{Cc}\t\n\f\r\u0080-\u009f]/u.test(text)
