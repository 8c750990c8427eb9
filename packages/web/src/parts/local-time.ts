/** A moment as a date-and-time field writes it, in the browser's zone: `2026-11-20T14:30`. */
export function toLocalInput(at: number): string {
  const shifted = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return shifted.toISOString().slice(0, 16)
}

/** The other way; undefined for an empty or unfinished field. */
export function fromLocalInput(value: string): number | undefined {
  const at = new Date(value).getTime()
  return value === '' || Number.isNaN(at) ? undefined : at
}
