import type { FigureClock } from '@parley/protocol/model'

export const PERIODS = [1, 7, 30, 90] as const
export type Period = (typeof PERIODS)[number]

/** What the address says of the figures: a link reproduces the screen. */
export interface FigureSearch {
  /** So many days up to today; absent: 30, or the days named. */
  days?: Period
  from?: string
  to?: string
  channel?: string
  user?: number
  group?: number
  pipeline?: number
  /** Absent: by the clock. */
  clock?: Extract<FigureClock, 'working'>
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const DAY_MS = 86_400_000
const USUAL: Period = 30

const isDay = (value: unknown): value is string => typeof value === 'string' && DAY.test(value)
const isId = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0

/** Takes what makes sense; what does not is left out. */
export function readFigureSearch(raw: Record<string, unknown>): FigureSearch {
  const search: FigureSearch = {}
  const days = PERIODS.find((one) => one === raw.days)
  if (days) search.days = days
  else if (isDay(raw.from) && isDay(raw.to) && raw.from <= raw.to) Object.assign(search, { from: raw.from, to: raw.to })
  if (typeof raw.channel === 'string' && raw.channel !== '') search.channel = raw.channel
  for (const name of ['user', 'group', 'pipeline'] as const) if (isId(raw[name])) search[name] = raw[name]
  if (raw.clock === 'working') search.clock = 'working'
  return search
}

/** The days that are asked for; today is what the account's clock says. */
export function daysOf({ days, from, to }: FigureSearch, timeZone: string, now: number): { from: string; to: string } {
  if (from !== undefined && to !== undefined) return { from, to }
  const today = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
  }).format(now)
  const first = Date.parse(today) - ((days ?? USUAL) - 1) * DAY_MS
  return { from: new Date(first).toISOString().slice(0, 10), to: today }
}

/** Which of the periods is chosen; undefined: days of one's own. */
export const periodOf = ({ days, from }: FigureSearch): Period | undefined =>
  from === undefined ? (days ?? USUAL) : undefined

/** As the app API takes it. */
export function figuresPath(search: FigureSearch, timeZone: string, now: number): string {
  const { channel, user, group, pipeline, clock } = search
  const named = { channelId: channel, userId: user, groupId: group, pipelineId: pipeline, within: clock }
  const given = Object.entries(named).filter(([, value]) => value !== undefined)
  const pairs = given.map(([name, value]): [string, string] => [name, String(value)])
  return String(new URLSearchParams([...Object.entries(daysOf(search, timeZone, now)), ...pairs]))
}
