import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'

const WINDOW_MS = 10 * 60_000
const PER_EMAIL = 10
/** Higher: a whole office may sit behind one address. */
const PER_ADDRESS = 50
/** Names remembered of each kind; the least recently tried is forgotten first. */
const REMEMBERED = 10_000

export interface LogInLimits {
  perEmail?: number
  perAddress?: number
  windowMs?: number
  remembered?: number
}

export interface LogInLimiter {
  /**
   * Runs a log-in unless this e-mail or this address has failed too often in the last ten minutes.
   * What is under way counts as failed, so many guesses at once do not slip through.
   * @throws {AppError} `too_many_attempts` with `details.retryAfterSeconds`, or what `attempt` throws
   */
  guard<T>(who: { email: string; address: string }, attempt: () => Promise<T>): Promise<T>
}

/** In memory and per node: it slows guessing down, it is not the lock. */
export function createLogInLimiter(clock: Pick<Clock, 'now'>, limits: LogInLimits = {}): LogInLimiter {
  const { windowMs = WINDOW_MS, remembered = REMEMBERED } = limits
  const emails = createWindow(limits.perEmail ?? PER_EMAIL, windowMs, remembered)
  const addresses = createWindow(limits.perAddress ?? PER_ADDRESS, windowMs, remembered)
  return {
    async guard(who, attempt) {
      const email = who.email.trim().toLowerCase()
      const at = clock.now().getTime()
      const waitMs = Math.max(emails.waitMs(email, at), addresses.waitMs(who.address, at))
      if (waitMs > 0) throw tooMany(waitMs)
      emails.add(email, at)
      addresses.add(who.address, at)
      const result = await attempt()
      // The right password: this one was no guess, and whoever mistyped before is the owner.
      emails.forget(email)
      addresses.takeBack(who.address, at)
      return result
    },
  }
}

function tooMany(waitMs: number): AppError {
  const retryAfterSeconds = Math.ceil(waitMs / 1000)
  return new AppError('too_many_attempts', `Too many attempts to log in. Try again in ${retryAfterSeconds} seconds.`, {
    details: { retryAfterSeconds },
  })
}

/** Times of the last `limit` tries of each name, oldest first. */
function createWindow(limit: number, windowMs: number, remembered: number) {
  const tries = new Map<string, number[]>()
  return {
    waitMs(name: string, at: number): number {
      const recent = (tries.get(name) ?? []).filter((time) => time > at - windowMs)
      const oldest = recent[recent.length - limit]
      return oldest === undefined ? 0 : oldest + windowMs - at
    },
    add(name: string, at: number): void {
      const recent = (tries.get(name) ?? []).filter((time) => time > at - windowMs)
      // Deleted first, so that a Map's insertion order is the order of the last try.
      tries.delete(name)
      tries.set(name, [...recent, at])
      const [forgotten] = tries.size > remembered ? tries.keys() : []
      if (forgotten !== undefined) tries.delete(forgotten)
    },
    takeBack(name: string, at: number): void {
      const recent = tries.get(name) ?? []
      const index = recent.lastIndexOf(at)
      if (index >= 0) recent.splice(index, 1)
      if (recent.length === 0) tries.delete(name)
    },
    forget(name: string): void {
      tries.delete(name)
    },
  }
}
