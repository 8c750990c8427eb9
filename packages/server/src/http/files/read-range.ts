import type { ByteRange } from '../../lib/file-storage.ts'

/**
 * One range of bytes of a file (RFC 9110 §14). Undefined: send it whole, which is also the answer to what is not understood
 * and to several ranges at once. `unsatisfiable`: it begins behind the end.
 */
export function readRange(header: string | undefined, sizeBytes: number): ByteRange | 'unsatisfiable' | undefined {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header?.replaceAll(' ', '') ?? '')
  const [from, to] = [found?.[1] ?? '', found?.[2] ?? '']
  if (from === '' && to === '') return undefined
  const last = sizeBytes - 1
  if (from === '') {
    const count = Math.min(Number(to), sizeBytes)
    return count === 0 ? 'unsatisfiable' : { start: sizeBytes - count, end: last }
  }
  const start = Number(from)
  if (to !== '' && Number(to) < start) return undefined
  return start > last ? 'unsatisfiable' : { start, end: to === '' ? last : Math.min(Number(to), last) }
}
