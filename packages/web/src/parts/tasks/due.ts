import type { NextTask } from '@parley/protocol/model'
import { t } from '../../i18n/t.ts'
import { showDay } from '../fields/show-value.ts'
import { createFormat, format } from '../format.ts'

/** When a task is due: a moment, or a whole day where the account is. */
export type Due = { dueAt: number } | { dueOn: string }

export const dueOf = ({ dueAt, dueOn }: Pick<NextTask, 'dueAt' | 'dueOn'>): Due =>
  dueOn === null ? { dueAt } : { dueOn }

export const DUE_PRESETS = ['hour', 'today', 'tomorrow', 'threeDays', 'week'] as const
export type DuePreset = (typeof DUE_PRESETS)[number]

const HOUR_MS = 60 * 60_000
const DAYS: Record<Exclude<DuePreset, 'hour'>, number> = { today: 0, tomorrow: 1, threeDays: 3, week: 7 }

/** The times people mean most: `now` plus an hour, to the next five minutes, or a day of the account's calendar. */
export function presetDue(preset: DuePreset, now: number, timeZone: string): Due {
  if (preset === 'hour') return { dueAt: Math.ceil((now + HOUR_MS) / (HOUR_MS / 12)) * (HOUR_MS / 12) }
  return { dueOn: dayAfter(today(now, timeZone), DAYS[preset]) }
}

export const today = (now: number, timeZone: string): string => createFormat('en', timeZone).dayKey(now)

export function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** `Today`, `Tomorrow`, `Today, 14:30`, `12 Nov 2026` … */
export function showDue({ dueAt, dueOn }: Pick<NextTask, 'dueAt' | 'dueOn'>, now: number, timeZone: string): string {
  if (dueOn !== null) return nameDay(dueOn, today(now, timeZone))
  const own = format.dayKey(now)
  const day = format.dayKey(dueAt)
  const time = format.time(dueAt)
  if (day === own || day === dayAfter(own, 1)) return t('task.dayTime', { day: nameDay(day, own), time })
  return format.fullTime(dueAt)
}

function nameDay(day: string, own: string): string {
  if (day === own) return t('task.due.today')
  if (day === dayAfter(own, 1)) return t('task.due.tomorrow')
  if (day === dayAfter(own, -1)) return t('time.yesterday')
  return showDay(day)
}
