const DAY_MS = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(timeZone, format)
  return format
}

/** What the clocks of a time zone show, as if they were UTC. */
function wallMs(at: Date, timeZone: string): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** The calendar day at a moment in a time zone, as `2026-11-30`. */
export const dayOf = (at: Date, timeZone: string): string => new Date(wallMs(at, timeZone)).toISOString().slice(0, 10)

/** The moment at which a day begins in a time zone, also where midnight is skipped. */
export function startOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  // Twice: the offset at the first guess may be that of the other side of a change of the clocks.
  let at = midnight - offsetMs(new Date(midnight), timeZone)
  at = midnight - offsetMs(new Date(at), timeZone)
  // A day that has no midnight begins when the clocks have jumped over it.
  return new Date(dayOf(new Date(at), timeZone) < day ? at + 3_600_000 : at)
}

const offsetMs = (at: Date, timeZone: string) => wallMs(at, timeZone) - Math.floor(at.getTime() / 1000) * 1000

export const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
