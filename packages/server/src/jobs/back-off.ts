const FIRST_MS = 1000
const LONGEST_MS = 15_000

/** 1, 2, 4, … seconds after the first, second, third failure in a row. */
export function backOffMs(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1))
}
