/**
 * How long a property is tried, for fast-check: `usual` runs, or PARLEY_TEST_FUZZ_RUNS times as many.
 * A failure prints its seed; PARLEY_TEST_FUZZ_SEED begins with it again.
 */
export function fuzz(usual: number): { numRuns: number; seed?: number } {
  const seed = Number(process.env.PARLEY_TEST_FUZZ_SEED ?? Number.NaN)
  return { numRuns: usual * fuzzFactor(), ...(Number.isInteger(seed) && { seed }) }
}

/** A test's time limit that grows with its runs. */
export const fuzzTimeoutMs = (usual: number): number => usual * fuzzFactor()

function fuzzFactor(): number {
  const factor = Number(process.env.PARLEY_TEST_FUZZ_RUNS ?? 1)
  if (Number.isInteger(factor) && factor > 0) return factor
  throw new Error('PARLEY_TEST_FUZZ_RUNS must be a whole number: how many times the usual runs.')
}
