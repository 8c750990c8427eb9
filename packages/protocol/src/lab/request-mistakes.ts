import type { SignatureMistake, SignatureMistakeKind } from '../model/index.ts'
import { parseMailDate, type SignedRequest } from '../signing/index.ts'
import { bodyForms, md5 } from './body-forms.ts'

const JSON_MEDIA_TYPE = /^application\/json[ \t]*(?:;|$)/i
const EMPTY_DIGEST = 'd41d8cd98f00b204e9800998ecf8427e'

export const mistake = (kind: SignatureMistakeKind, more: Partial<SignatureMistake> = {}): SignatureMistake => ({
  kind,
  isCertain: true,
  value: null,
  seconds: null,
  ...more,
})

/** What is wrong with a request that is signed by its headers, whoever signed it: each as `verifyRequest` would refuse it. */
export function requestMistakes(request: SignedRequest, at: Date, windowMs: number): SignatureMistake[] {
  return [digestMistake(request), contentTypeMistake(request), dateMistake(request, at, windowMs)].filter(
    (one) => one !== undefined,
  )
}

function digestMistake({ contentMd5, body }: SignedRequest): SignatureMistake | undefined {
  if (contentMd5 === undefined || contentMd5 === '') return mistake('digest_missing')
  const bytes = Buffer.from(body).toString('latin1')
  const digest = md5(bytes)
  if (contentMd5.toLowerCase() === digest) return undefined
  const hex = asHexDigest(contentMd5)
  if (hex === undefined) return mistake('digest_malformed')
  if (hex === digest) return mistake('digest_base64')
  const form = bodyForms(bytes).find((one) => md5(one.body) === hex)
  if (form) return mistake(form.kind, { value: form.value ?? null })
  return mistake(hex === EMPTY_DIGEST ? 'digest_empty_body' : 'digest_other_body')
}

/** A digest in hex or in base64, of its bytes or of its digits, as lower-case hex. */
function asHexDigest(digest: string): string | undefined {
  if (/^[0-9a-f]{32}$/i.test(digest)) return digest.toLowerCase()
  const bytes = Buffer.from(digest.slice(0, 64), 'base64')
  if (bytes.length === 16) return bytes.toString('hex')
  const text = bytes.toString('latin1')
  return /^[0-9a-f]{32}$/i.test(text) ? text.toLowerCase() : undefined
}

function contentTypeMistake({ contentType, body }: SignedRequest): SignatureMistake | undefined {
  if (contentType !== undefined && JSON_MEDIA_TYPE.test(contentType)) return undefined
  if (contentType === undefined || contentType === '')
    return body.length === 0 ? undefined : mistake('content_type_missing')
  return mistake('content_type_refused', { value: contentType })
}

function dateMistake({ date }: SignedRequest, at: Date, windowMs: number): SignatureMistake | undefined {
  if (date === undefined || date === '') return mistake('date_missing')
  const sentAtMs = parseMailDate(date)
  if (sentAtMs === undefined) return mistake('date_unreadable', { value: date })
  const ageMs = at.getTime() - sentAtMs
  if (Math.abs(ageMs) <= windowMs) return undefined
  return mistake(ageMs > 0 ? 'date_too_old' : 'date_too_new', { seconds: Math.ceil(Math.abs(ageMs) / 1000) })
}
