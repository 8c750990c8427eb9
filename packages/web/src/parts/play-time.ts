const HOUR_S = 3_600

/** A length of, or a place in, a recording: `0:12`, `12:05`, `1:02:05`. Rounded down, as players do. */
export function playTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const two = (part: number) => String(part).padStart(2, '0')
  const minutes = Math.floor((seconds % HOUR_S) / 60)
  const rest = two(seconds % 60)
  return seconds < HOUR_S ? `${minutes}:${rest}` : `${Math.floor(seconds / HOUR_S)}:${two(minutes)}:${rest}`
}
