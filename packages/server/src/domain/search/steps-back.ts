import { BLOCK_BITS, type BlockBits, blockFact, dayOf, startOfDay } from './facts.ts'

/** A part of the past to look through. */
export interface Step {
  /** The blocks of days that make it up, as facts, any of which will do; empty: everything before. */
  blocks: string[]
  /** Its first moment. */
  fromMs: number
}

/** What is looked through first: blocks of 2^bits days, the `newest` of them and how many, counted from today's as 0. */
interface Recent {
  bits: BlockBits
  newest: number
  count: number
}

const TWO_DAYS: Recent = { bits: 0, newest: 0, count: 2 }
const TWO_WEEKS: Recent = { bits: 3, newest: 0, count: 2 }
const SEVEN_WEEKS_BEFORE: Recent = { bits: 3, newest: 2, count: 6 }

/**
 * How to look through the past, newest first: two days, two weeks or so, then everything that is left (`blocks` is empty),
 * and, for what is too common for that, block by block. What is common is found in the first steps, and what is rare by the
 * third; only what was common once and is not any more takes the others.
 *
 * @param isPhrase of a phrase the index knows only which texts have all of its words, and each of them has to be read; so
 *   everything comes after two months, in which most phrases are found often enough
 *
 * Order: steps touch; each ends where the one before began. A step that begins before `untilMs` is the last.
 */
export function* stepsBack(nowMs: number, untilMs: number, isPhrase: boolean): Generator<Step> {
  const today = dayOf(nowMs)
  let fromMs = nowMs
  for (const { bits, newest, count } of [TWO_DAYS, TWO_WEEKS, ...(isPhrase ? [SEVEN_WEEKS_BEFORE] : [])]) {
    const blocks = Array.from({ length: count }, (_, index) => blockFact(today - ((newest + index) << bits), bits))
    fromMs = startOfBlock(today, bits, newest + count - 1)
    yield { blocks, fromMs }
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
