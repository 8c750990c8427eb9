import type { SignatureMistakeKind } from '../model/index.ts'
import type { Algorithm } from './recipe.ts'

/** What an `X-Signature` holds, in whatever form it came. */
export interface GivenSignature {
  mac: Buffer
  algorithm: Algorithm
  /** What is wrong with its form. */
  mistakes: { kind: SignatureMistakeKind; value: string | null }[]
}

/** Each hash is known by its length. */
const BY_LENGTH: Record<number, Algorithm> = { 16: 'md5', 20: 'sha1', 32: 'sha256', 64: 'sha512' }
const PREFIX = /^(?:sha-?(?:1|256|512)|md5|hmac(?:-sha1)?|signature|v1|bearer)[=: ]\s*/i
const LONGEST = 400

/** Undefined: it is no digest in any known form. */
export function readGiven(header: string): GivenSignature | undefined {
  if (header.length > LONGEST) return undefined
  const mistakes: GivenSignature['mistakes'] = []
  let text = header.trim()
  const prefix = PREFIX.exec(text)?.[0] ?? ''
  const unquoted = text.slice(prefix.length).replace(/^["'<](.*)["'>]$/, '$1')
  if (unquoted !== text)
    mistakes.push({ kind: 'signature_prefixed', value: text.slice(0, text.indexOf(unquoted)) || null })
  text = unquoted
  const read = asHex(text) ?? asBase64(text)
  if (!read) return undefined
  if (!/^[0-9a-f]+$/i.test(text)) mistakes.push({ kind: 'signature_base64', value: null })
  const algorithm = BY_LENGTH[read.length]!
  if (algorithm !== 'sha1') mistakes.push({ kind: 'algorithm_other', value: algorithm })
  return { mac: read, algorithm, mistakes }
}

function asHex(text: string): Buffer | undefined {
  return /^(?:[0-9a-f]{2})+$/i.test(text) && text.length / 2 in BY_LENGTH ? Buffer.from(text, 'hex') : undefined
}

/** Of the bytes, or of their hex digits. */
function asBase64(text: string): Buffer | undefined {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64')
  return bytes.length in BY_LENGTH && /[^\x20-\x7e]/.test(bytes.toString('latin1'))
    ? bytes
    : asHex(bytes.toString('latin1'))
}
