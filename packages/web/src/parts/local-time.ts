/** A moment as a date-and-time field writes it, in the browser's zone: `2026-11-20T14:30`. */
export function toLocalInput(at: number): string {
  const shifted = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return shifted.toISOString().slice(0, 16)
}

/** The other way; undefined for an empty field. */
export const fromLocalInput = (value: string): number | undefined =>
  value === '' ? undefined : new Date(value).getTime()
