import type { FigureSums } from '@parley/protocol/model'
import { waitsOf } from './buckets.ts'

/** What sums are grouped by: the period, a day, a channel, a user, an hour of the week. */
export interface Group {
  is_previous: boolean
  day: string | null
  channel_id: string | null
  user_id: number | null
  weekday: number | null
  hour: number | null
  /** Which of the four above (day 8, channel 4, user 2, hour 1) it is not grouped by. */
  apart: number
}

const SETS = { 15: 'period', 7: 'day', 11: 'channel', 13: 'user', 14: 'hour' } as const
export type Kind = (typeof SETS)[keyof typeof SETS]

/** What it is one of, and its key there. */
export function placeOf(group: Group): { kind: Kind; key: string } {
  const kind = SETS[group.apart as keyof typeof SETS]
  const keys: Record<Kind, unknown> = {
    period: group.is_previous ? 'previous' : 'total',
    day: group.day,
    channel: group.channel_id,
    user: group.user_id,
    hour: `${group.weekday ?? 0} ${group.hour}`,
  }
  return { kind, key: String(keys[kind]) }
}

type Plain = Omit<FigureSums, 'received' | 'first' | 'each'> & { received: number }

/** Sums on their way: answers are still histograms. */
export interface Sums extends Plain {
  first: Map<number, number>
  each: Map<number, number>
}

const noSums = (): Sums => ({
  ...{ received: 0, sent: 0, leads: 0, accepted: 0, declined: 0, won: 0, wonPrice: 0, lost: 0 },
  first: new Map(),
  each: new Map(),
})

export class SumTable {
  readonly #kinds = new Map<Kind, Map<string, Sums>>()

  at(kind: Kind, key: string): Sums {
    const sums = this.of(kind)
    const known = sums.get(key)
    if (known) return known
    const made = noSums()
    sums.set(key, made)
    return made
  }

  of(kind: Kind): Map<string, Sums> {
    const known = this.#kinds.get(kind)
    if (known) return known
    const made = new Map<string, Sums>()
    this.#kinds.set(kind, made)
    return made
  }

  add(group: Group, amounts: Partial<Plain>): void {
    const { kind, key } = placeOf(group)
    const sums = this.at(kind, key)
    for (const [name, amount] of Object.entries(amounts)) sums[name as keyof Plain] += amount
  }

  count(group: Group, kind: 'first' | 'each', bucket: number, n: number): void {
    const place = placeOf(group)
    const counts = this.at(place.kind, place.key)[kind]
    counts.set(bucket, (counts.get(bucket) ?? 0) + n)
  }
}

/** `isWhole`: everybody's are asked for; else messages of clients, which are nobody's, are unknown rather than none. */
export function presentSums(sums: Sums, isWhole: boolean): FigureSums {
  const { first, each, ...plain } = sums
  return { ...plain, received: isWhole ? plain.received : null, first: waitsOf(first), each: waitsOf(each) }
}
