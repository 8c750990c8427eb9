import { z } from 'zod'
import { FIGURE_CLOCKS } from '../shapes/figures.ts'

const DAY_MS = 86_400_000
const LONGEST_DAYS = 366
const number = z.coerce.number().int().positive()

const isDay = (text: string) => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}
const day = z.string().refine(isDay, 'must be a day as YYYY-MM-DD')

const fields = {
  /** Both days are of the period; in the account's time zone. */
  from: day,
  to: day,
  channelId: z.uuid().toLowerCase().optional(),
  userId: number.optional(),
  groupId: number.optional(),
  pipelineId: number.optional(),
  within: z.enum(FIGURE_CLOCKS).default('clock'),
}
interface Period {
  from: string
  to: string
}
const daysOf = ({ from, to }: Period) => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
const isPeriod = (period: Period) => daysOf(period) >= 1 && daysOf(period) <= LONGEST_DAYS
const NOT_A_PERIOD = { message: `must not be before from, nor ${LONGEST_DAYS} days or more after it`, path: ['to'] }

export const figuresQuery = z.object(fields).refine(isPeriod, NOT_A_PERIOD)

export const FIGURE_TABLES = ['days', 'channels', 'users', 'hours', 'answers', 'funnel', 'lost'] as const
export const figuresCsvQuery = z.object({ ...fields, table: z.enum(FIGURE_TABLES) }).refine(isPeriod, NOT_A_PERIOD)

export type FiguresQuery = z.infer<typeof figuresQuery>
export type FigureTable = (typeof FIGURE_TABLES)[number]

const minute = z.int().min(0).max(1440)
const shift = z.tuple([minute, minute]).refine(([from, to]) => from < to, 'must end after it begins')
const shifts = z
  .array(shift)
  .max(6)
  .refine((list) => list.every((one, index) => index === 0 || list[index - 1]![1] <= one[0]), 'must not overlap')

const workingHours = z
  .strictObject({
    /** Monday first. */
    week: z.array(shifts).length(7),
    holidays: z.array(day).max(400),
  })
  .refine(({ week }) => week.some((list) => list.length > 0), { message: 'name at least one hour', path: ['week'] })
  .nullable()

/** Null: every hour is one. */
export const workingHoursRequest = z.strictObject({ workingHours })
