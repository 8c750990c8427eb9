import { BLOCK_BITS, type BlockBits, blockFact, dayOf, startOfDay } from './facts.ts'

/** A part of the past to look through. */
export interface Step {
  /** The blocks of days that make it up, as facts, any of which will do; empty: everything before. */
  blocks: string[]
  /** Its first moment. */
  fromMs: number
}

/** The steps before everything, two blocks each. */
const CHEAP: readonly BlockBits[] = [0, 3]
const DEAR: readonly BlockBits[] = [0, 3, 6]

/**
 * How to look through the past, newest first: two days, two weeks or so, then everything that is left (`blocks` is empty),
 * and, for what is too common for that, block by block. What is common is found in the first steps, and what is rare by the
 * third; only what was common once and is not any more takes the others. What is dear is looked for in some months before in
 * everything.
 *
 * Order: steps touch; each ends where the one before began. A step that begins before `untilMs` is the last.
 */
export function* stepsBack(nowMs: number, untilMs: number, { isDear = false } = {}): Generator<Step> {
  const today = dayOf(nowMs)
  const near = isDear ? DEAR : CHEAP
  let fromMs = nowMs
  for (const bits of near) {
    fromMs = startOfBlock(today, bits, 1)
    yield { blocks: [blockFact(today, bits), blockFact(today - (1 << bits), bits)], fromMs }
    if (fromMs <= untilMs) return
  }
  yield { blocks: [], fromMs: untilMs }
  let day = dayOf(fromMs) - 1
  while (startOfDay(day + 1) > untilMs) {
    // The largest block that ends with this day: they grow the further back they are.
    const bits = BLOCK_BITS.findLast((one) => one > 0 && ((day + 1) & ((1 << one) - 1)) === 0) ?? 3
    yield { blocks: [blockFact(day, bits)], fromMs: startOfBlock(day, bits, 0) }
    day -= 1 << bits
  }
}

/** Where a day's block begins, or the one that many blocks earlier. */
const startOfBlock = (day: number, bits: BlockBits, earlier: number): number =>
  startOfDay(((day >> bits) - earlier) << bits)
