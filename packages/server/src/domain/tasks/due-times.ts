import type { AccountId, ChangeTaskRequest } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { fromLocalMs } from '../../lib/local-time.ts'
import { nextDay, startOfDay } from '../../lib/zoned-day.ts'
import { getWorkingHours } from '../accounts/working-hours.ts'

const MINUTE_MS = 60_000
/** When people begin who have told nobody when they do. */
const USUAL_BEGINNING = 9 * 60

export interface DueTimes {
  due_at: Date
  due_on: string | null
  ring_at: Date | null
}

interface Where {
  accountId: AccountId
  timeZone: string
  now: Date
}

/**
 * A whole day ends with its last millisecond, where the account is; its user is reminded when work begins. Of what is in the
 * past already nobody is reminded.
 */
export async function dueTimes(
  db: Db,
  { accountId, timeZone, now }: Where,
  { dueAt, dueOn }: Pick<ChangeTaskRequest, 'dueAt' | 'dueOn'>,
): Promise<DueTimes> {
  if (dueOn === undefined) {
    const due = new Date(dueAt ?? 0)
    return { due_at: due, due_on: null, ring_at: ringAfter(due, now) }
  }
  const end = startOfDay(nextDay(dueOn), timeZone).getTime() - 1
  const ring = await beginningOfWork(db, accountId, dueOn, timeZone)
  return { due_at: new Date(end), due_on: dueOn, ring_at: ringAfter(ring, now) }
}

export const ringAfter = (ring: Date | null, now: Date): Date | null => (ring !== null && ring > now ? ring : null)

async function beginningOfWork(db: Db, accountId: AccountId, day: string, timeZone: string): Promise<Date> {
  const hours = await getWorkingHours(db, accountId)
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const shifts = hours?.week[(new Date(midnight).getUTCDay() + 6) % 7] ?? []
  const minutes = shifts.length === 0 ? USUAL_BEGINNING : Math.min(...shifts.map(([from]) => from))
  return new Date(fromLocalMs(midnight + minutes * MINUTE_MS, timeZone))
}
