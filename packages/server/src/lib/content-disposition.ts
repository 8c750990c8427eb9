/**
 * The file name of a Content-Disposition header (RFC 6266): `filename*`, else `filename`; null when it has none.
 * A hint from a stranger: see `cleanFileName`.
 */
export function readDispositionName(header: string | undefined): string | null {
  if (header === undefined) return null
  const extended = /(?:^|;)\s*filename\*\s*=\s*"?([\w-]+)'[^']*'([^;"\s]+)/i.exec(header)
  const decoded = extended && decodeExtended(extended[1]!, extended[2]!)
  if (decoded) return decoded
  const plain = /(?:^|;)\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header)
  if (!plain) return null
  // Headers come as Latin-1; many servers write UTF-8 into them all the same.
  const text = plain[1]?.replace(/\\(.)/g, '$1') ?? plain[2] ?? ''
  return (decodeText(Buffer.from(text, 'latin1'), 'utf-8') ?? text) || null
}

function decodeExtended(charset: string, value: string): string | null {
  if (/%(?![0-9a-f]{2})/i.test(value)) return null
  const bytes = Buffer.from(
    value.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
  return decodeText(bytes, charset)
}

function decodeText(bytes: Buffer, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** For an answer of ours: any name, in a header that any client reads. */
export function attachmentHeader(name: string): string {
  const ascii = name.replace(/[^ -~]|["\\%]/g, '_')
  const extended = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${extended}`
}
