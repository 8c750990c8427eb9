import type { LeadFilter, LeadId, LeadSort } from '@parley/protocol/model'

/** What the address says of a board: a link reproduces the screen. */
export interface BoardSearch {
  view?: 'list' | 'incoming'
  /** Won and lost, too. */
  closed?: true
  /** The open card. */
  lead?: LeadId
  sort?: LeadSort['sort']
  dir?: LeadSort['dir']
  /** Ids with commas between; `none` is nobody. */
  responsible?: string | number
  tag?: string | number
  stage?: string | number
  channel?: string
  source?: string | number
  /** Days in the browser's zone: `2026-11-20`. */
  from?: string
  to?: string
  min?: number
  max?: number
  noTask?: true
  q?: string | number
}

type Raw = Record<string, unknown>

const SORTS: readonly LeadSort['sort'][] = [
  'created',
  'updated',
  'stageSince',
  'price',
  'title',
  'contact',
  'responsible',
  'stage',
]
const DAY = /^\d{4}-\d{2}-\d{2}$/
const IDS = /^(none|[1-9]\d*)(,(none|[1-9]\d*))*$/

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '')
const amountOf = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined
/** A lone number is written without quotes. */
const short = (text: string): string | number => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : text)

/** Takes what makes sense; what does not is left out. */
export function readBoardSearch(raw: Raw): BoardSearch {
  const search: BoardSearch = {}
  if (raw.view === 'list' || raw.view === 'incoming') search.view = raw.view
  if (raw.closed === true) search.closed = true
  if (raw.noTask === true) search.noTask = true
  const lead = amountOf(raw.lead)
  if (lead) search.lead = lead as LeadId
  const sort = SORTS.find((one) => one === raw.sort)
  if (sort) search.sort = sort
  if (raw.dir === 'asc' || raw.dir === 'desc') search.dir = raw.dir
  for (const name of ['responsible', 'tag', 'stage'] as const)
    if (IDS.test(textOf(raw[name]))) search[name] = short(textOf(raw[name]))
  if (textOf(raw.channel) !== '') search.channel = textOf(raw.channel)
  for (const name of ['source', 'q'] as const) if (textOf(raw[name]) !== '') search[name] = short(textOf(raw[name]))
  for (const name of ['from', 'to'] as const) if (DAY.test(textOf(raw[name]))) search[name] = textOf(raw[name])
  for (const name of ['min', 'max'] as const) {
    const amount = amountOf(raw[name])
    if (amount !== undefined) search[name] = amount
  }
  return search
}

export const idsOf = (value: string | number | undefined): (number | null)[] | undefined =>
  value === undefined ? undefined : `${value}`.split(',').map((part) => (part === 'none' ? null : Number(part)))

export const idsText = (ids: readonly (number | null)[]): string | number | undefined =>
  ids.length === 0 ? undefined : short(ids.map((id) => id ?? 'none').join(','))

const numbersOf = (value: string | number | undefined): number[] | undefined =>
  idsOf(value)?.filter((id): id is number => id !== null)

/** A day's first moment in the browser's zone. */
const dayStart = (day: string, plusDays = 0): number => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + plusDays).getTime()
}

export function toFilter(search: BoardSearch): LeadFilter {
  const { channel, source, from, to, min, max, q } = search
  const [responsible, tag, stage] = [idsOf(search.responsible), numbersOf(search.tag), numbersOf(search.stage)]
  return {
    ...(responsible && { responsible }),
    ...(tag && { tag }),
    ...(stage && { stage }),
    ...(channel !== undefined && { channel }),
    ...(source !== undefined && { source: `${source}` }),
    ...(from !== undefined && { createdFrom: dayStart(from) }),
    ...(to !== undefined && { createdTo: dayStart(to, 1) }),
    ...(min !== undefined && { priceFrom: min }),
    ...(max !== undefined && { priceTo: max }),
    ...(search.noTask && { noTask: true }),
    ...(q !== undefined && { q: `${q}` }),
  }
}

/** The parts of the address that narrow what is shown. */
export const FILTER_NAMES = [
  'responsible',
  'tag',
  'stage',
  'channel',
  'source',
  'from',
  'to',
  'min',
  'max',
  'noTask',
  'q',
] as const
