/** The longest line of a vCard, in bytes, its end not counted (RFC 6350 §3.2). */
const LINE_BYTES = 75

/** A contact as a file that phones and mail programs take (vCard 3.0: the version everything reads). */
export function makeVcard({ name, phone }: { name: string; phone: string }): string {
  const shown = name.trim() === '' ? phone : name
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    // All of it as the given name: where a name is to be split is not ours to guess.
    `N:;${escapeValue(shown)};;;`,
    `FN:${escapeValue(shown)}`,
    `TEL;TYPE=CELL:${escapeValue(phone)}`,
    'END:VCARD',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

/** What would end a value, or begin another, is told as text. Control characters have no place in one. */
function escapeValue(value: string): string {
  return value
    .replaceAll(/[\\,;]/g, (character) => `\\${character}`)
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/\p{Cc}/gu, '')
}

/** Breaks a long line between characters, never within one. */
function fold(line: string): string {
  const encoder = new TextEncoder()
  const pieces: string[] = []
  let piece = ''
  let bytes = 0
  for (const character of line) {
    const size = encoder.encode(character).length
    if (bytes + size > LINE_BYTES) {
      pieces.push(piece)
      piece = ' '
      bytes = 1
    }
    piece += character
    bytes += size
  }
  return [...pieces, piece].join('\r\n')
}

/** A name for the file, without what file systems do not take. */
export function vcardFileName(name: string): string {
  const safe = name.replaceAll(/[\p{Cc}/\\:*?"<>|]/gu, ' ').trim()
  return `${safe === '' ? 'contact' : safe.slice(0, 100)}.vcf`
}
