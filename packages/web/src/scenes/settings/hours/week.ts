import type { WorkingHours } from '@parley/protocol/model'

export const USUAL: WorkingHours = {
  week: [1, 2, 3, 4, 5, 6, 7].map((day) => (day < 6 ? [[9 * 60, 18 * 60]] : [])),
  holidays: [],
}

/** As a time field has it; the end of a day is its midnight. */
export const toTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

export function fromTime(time: string, isEnd: boolean): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const sum = hours * 60 + minutes
  return isEnd && sum === 0 ? 1440 : sum
}

/** The first day whose hours are out of order; undefined when all are well. */
export function findWrongDay({ week }: WorkingHours): number | undefined {
  const index = week.findIndex((shifts) =>
    shifts.some(([from, to], place) => from >= to || (place > 0 && shifts[place - 1]![1] > from)),
  )
  return index < 0 ? undefined : index + 1
}
