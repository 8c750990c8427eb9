/** Nowhere do the clocks change within a quarter of an hour. */
const STEP_MS = 900_000
const MOST_REMEMBERED = 20_000

interface Zone {
  format: Intl.DateTimeFormat
  offsets: Map<number, number>
}
const zones = new Map<string, Zone>()

/** What the wall clock shows, as if it were UTC: so the days and hours of a zone can be read by the UTC functions of Date. */
export function toLocalMs(atMs: number, timeZone: string): number {
  return atMs + offsetAt(atMs, timeZone)
}

/** When the wall clock shows it; where it is put forward past that, the moment it is put forward; where twice, the first time. */
export function fromLocalMs(localMs: number, timeZone: string): number {
  const before = offsetAt(localMs - 86_400_000, timeZone)
  const after = offsetAt(localMs + 86_400_000, timeZone)
  const first = localMs - Math.max(before, after)
  const second = localMs - Math.min(before, after)
  if (toLocalMs(first, timeZone) === localMs) return first
  if (toLocalMs(second, timeZone) === localMs) return second
  return firstAfterGap(first, second, timeZone, localMs)
}

function firstAfterGap(from: number, to: number, timeZone: string, localMs: number): number {
  for (let at = Math.floor(from / STEP_MS) * STEP_MS; at <= to; at += STEP_MS)
    if (toLocalMs(at, timeZone) >= localMs) return at
  return to
}

function offsetAt(atMs: number, timeZone: string): number {
  const zone = zoneOf(timeZone)
  const step = Math.floor(atMs / STEP_MS)
  const known = zone.offsets.get(step)
  if (known !== undefined) return known
  const offset = askOffset(zone.format, step * STEP_MS)
  if (zone.offsets.size >= MOST_REMEMBERED) zone.offsets.clear()
  zone.offsets.set(step, offset)
  return offset
}

function askOffset(format: Intl.DateTimeFormat, atMs: number): number {
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]))
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - atMs
}

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  })
  const zone = { format, offsets: new Map<number, number>() }
  zones.set(timeZone, zone)
  return zone
}
