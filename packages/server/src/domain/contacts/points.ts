import type { ContactPoint, GivenPoint, PointKind } from '@parley/protocol/model'
import { refuse } from '../accounts/insert-user.ts'

/** A phone or an e-mail with what tells it from others. */
export interface Point extends ContactPoint {
  normal: string
}

const EMAIL = /^[^\s@]+@[^\s@]+$/

/**
 * What tells two numbers apart: their digits. `00` at the beginning is the plus of those who have none on their phone; a Russian
 * or Kazakh number is dialled with 8 at home and with +7 from abroad.
 */
export function phoneKey(value: string): string {
  const digits = value.replaceAll(/[^0-9]/g, '')
  if (value.trim().startsWith('+')) return digits
  if (digits.startsWith('00')) return digits.slice(2)
  return /^8[0-9]{10}$/.test(digits) ? `7${digits.slice(1)}` : digits
}

export const emailKey = (value: string): string => value.trim().toLowerCase()

export const pointKey = (kind: PointKind, value: string): string =>
  kind === 'phone' ? phoneKey(value) : emailKey(value)

/** Two contacts with the same name in other letters or with other spaces. */
export const nameKey = (name: string): string => name.trim().replaceAll(/\s+/g, ' ').toLowerCase()

/**
 * Checks phones and e-mails; of two that are the same the first stays.
 * @throws {AppError} `invalid_request` as `points.<index>.value: why`
 */
export function readPoints(given: readonly GivenPoint[]): Point[] {
  const points: Point[] = []
  for (const [index, { kind, value, label }] of given.entries()) {
    const reason = kind === 'phone' ? phoneFault(value) : emailFault(value)
    if (reason) throw refuse(`points.${index}.value`, reason)
    const normal = pointKey(kind, value)
    if (points.some((point) => point.kind === kind && point.normal === normal)) continue
    points.push({ kind, value, label, normal })
  }
  return points
}

function phoneFault(value: string): string | undefined {
  const strange = /[^0-9+\s().\-/\u2010-\u2015]/.exec(value)
  if (strange) return `is not a phone number: it holds “${strange[0]}”. Write it as +46 70 000 00 55`
  const digits = value.replaceAll(/[^0-9]/g, '').length
  if (digits < 3) return 'is too short for a phone number. Write it as +46 70 000 00 55'
  if (digits > 20) return 'is too long for a phone number'
  return value.lastIndexOf('+') > 0 ? 'is not a phone number: a plus stands only at its beginning' : undefined
}

function emailFault(value: string): string | undefined {
  if (!value.includes('@')) return 'is not an e-mail address: it has no @'
  return EMAIL.test(value) ? undefined : 'is not an e-mail address. Write it as name@example.com'
}

interface ContactColumns {
  phone: string | null
  email: string | null
}

/** All of a contact's, those included that stand only in its row yet (the chats API fills them in there). */
export function withFirsts<P extends ContactPoint>(
  points: readonly P[],
  { phone, email }: ContactColumns,
): (P | ContactPoint)[] {
  const missing: ContactPoint[] = []
  for (const [kind, value] of [['phone', phone] as const, ['email', email] as const]) {
    if (value === null) continue
    const key = pointKey(kind, value)
    const isKnown = points.some((point) => point.kind === kind && pointKey(kind, point.value) === key)
    if (!isKnown) missing.push({ kind, value, label: null })
  }
  return [...missing, ...points]
}

export const firstOf = (points: readonly ContactPoint[], kind: PointKind): string | null =>
  points.find((point) => point.kind === kind)?.value ?? null
