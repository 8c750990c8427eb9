import type { PointKind } from '@parley/protocol/model'
import type { TextKey } from '../../i18n/t.ts'

const STRANGE = /[^0-9+\s().\-/\u2010-\u2015]/
const EMAIL = /^[^\s@]+@[^\s@]+$/

/** Why a text is no phone or e-mail, said before anything is sent; the server looks again. */
export function pointFault(kind: PointKind, value: string): TextKey | undefined {
  if (kind === 'email') return EMAIL.test(value) ? undefined : 'point.notEmail'
  if (STRANGE.test(value) || value.lastIndexOf('+') > 0) return 'point.notPhone'
  const digits = value.replaceAll(/[^0-9]/g, '').length
  if (digits < 3) return 'point.shortPhone'
  return digits > 20 ? 'point.longPhone' : undefined
}
