import { getLanguage } from '../i18n/texts.ts'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** A size as people read it, in thousands: `640 kB`, `1.4 MB`. */
export function fileSize(bytes: number, locale: string = getLanguage()): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const amount = bytes / 1000 ** power
  const digits = power > 0 && amount < 10 ? 1 : 0
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[power]!,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(amount)
}
