/** So many fit into a file's name on every disk. */
const LONGEST_BYTES = 255
const LONGEST_EXTENSION = 16

/**
 * A name that can be shown, saved and put into a link, of one that a stranger gave: without folders, control characters
 * and marks that turn the writing direction (`gpj.exe`), at most 255 bytes, its extension kept. Empty when nothing is left.
 */
export function cleanFileName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? ''
  const name = last
    .replace(/\p{Cc}|[\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .trim()
  // Of dots alone a path is made, not a name.
  return /^\.*$/.test(name) ? '' : shorten(name)
}

/** The name that a link ends with: of `https://harbor.example/a/invoice.pdf?x=1` it is `invoice.pdf`. Cleaned; empty when there is none. */
export function fileNameInLink(url: string): string {
  const part = new URL(url).pathname.split('/').at(-1) ?? ''
  try {
    return cleanFileName(decodeURIComponent(part))
  } catch {
    return cleanFileName(part)
  }
}

function shorten(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_BYTES) return name
  const extension = new RegExp(`\\.[^.\\s]{1,${LONGEST_EXTENSION}}$`, 'u').exec(name)?.[0] ?? ''
  const stem = [...name.slice(0, name.length - extension.length)]
  let bytes = Buffer.byteLength(extension)
  const kept = stem.findIndex((char) => {
    bytes += Buffer.byteLength(char)
    return bytes > LONGEST_BYTES
  })
  return stem.slice(0, kept).join('') + extension
}
