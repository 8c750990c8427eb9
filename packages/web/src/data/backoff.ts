/**
 * How long to wait before another try.
 * @param failures  tries that failed in a row, from 1
 * @param random    0 ≤ x < 1; takes up to half off, so that many screens do not come back at once
 */
export function planBackoff(failures: number, limits: { firstMs: number; maxMs: number }, random: number): number {
  const delayMs = Math.min(limits.maxMs, limits.firstMs * 2 ** (failures - 1))
  return Math.round(delayMs * (1 - random / 2))
}
