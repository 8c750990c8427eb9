import { t } from '../../../i18n/t.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const SOON_MS = 2 * HOUR_MS

export type ReplyWindow =
  | { state: 'none' }
  | { state: 'open'; label: string; isSoon: boolean }
  | { state: 'closed'; at: number }

/** How long the messenger lets somebody answer freely. */
export function readReplyWindow(expiresAt: number | null, now: number): ReplyWindow {
  if (expiresAt === null) return { state: 'none' }
  const leftMs = expiresAt - now
  if (leftMs <= 0) return { state: 'closed', at: expiresAt }
  return { state: 'open', label: leftLabel(leftMs), isSoon: leftMs < SOON_MS }
}

function leftLabel(leftMs: number): string {
  const days = Math.floor(leftMs / (24 * HOUR_MS))
  if (days >= 2) return t('composer.daysLeft', { count: days })
  const hours = Math.floor(leftMs / HOUR_MS)
  if (hours >= 2) return t('composer.hoursLeft', { count: hours })
  return t('composer.minutesLeft', { count: Math.max(1, Math.floor(leftMs / MINUTE_MS)) })
}
