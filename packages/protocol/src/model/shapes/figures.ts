import type { ChannelId, LossReasonId, PipelineId, StageId, UserId } from '../ids.ts'
import type { StageKind } from './pipelines.ts'
import type { Reach } from './rights.ts'

/** Time that passes while a client waits: all of it, or what falls into the account's working hours. */
export const FIGURE_CLOCKS = ['clock', 'working'] as const
export type FigureClock = (typeof FIGURE_CLOCKS)[number]

/** How long clients waited, in milliseconds; within 8 % of the truth. Null: nobody did. */
export interface Waits {
  n: number
  p50: number | null
  p75: number | null
  p90: number | null
  p95: number | null
}

export interface FigureSums {
  /** Messages of clients; null when only some users' figures are asked for: they are nobody's. */
  received: number | null
  /** Of users and bots. */
  sent: number
  /** Made in the period; incoming ones that were declined are among them. */
  leads: number
  /** Of these: taken into work, and declined. */
  accepted: number
  declined: number
  /** Closed in the period, whenever they were made. */
  won: number
  wonPrice: number
  lost: number
  /** From a client's first message of a talk to the first answer of a user; when asked. */
  first: Waits
  /** Every time a client waited for a user. */
  each: Waits
}

/** `YYYY-MM-DD`, in the account's time zone. */
export type Day = string

export interface FigureHour {
  /** Monday is 1, Sunday 7. */
  weekday: number
  hour: number
  received: number | null
  sent: number
  leads: number
}

export interface FunnelStep {
  stageId: StageId
  name: string
  kind: StageKind
  hue: number
  /** Leads made in the period that came at least so far. */
  leads: number
  /** Of all of them, 0 to 1. */
  share: number
  price: number
}

export interface Figures {
  from: Day
  to: Day
  previousFrom: Day
  previousTo: Day
  timeZone: string
  currency: string
  /** Whose figures the reader may see. */
  reach: Exclude<Reach, 'none'>
  total: FigureSums
  /** Of as many days right before. */
  previous: FigureSums
  /** Every day of the period. */
  days: (FigureSums & { day: Day })[]
  channels: (FigureSums & { channelId: ChannelId | null })[]
  /** Null: nobody's. */
  users: (FigureSums & { userId: UserId | null })[]
  /** Those with something in them. */
  hours: FigureHour[]
  /** First answers by the hour of the day they were asked for. */
  answerHours: { hour: number; first: Waits }[]
  /** How many first answers took so long. */
  histogram: { upToMs: number; n: number }[]
  funnelPipelineId: PipelineId | null
  funnel: FunnelStep[]
  /** Closed as lost in the period, by reason. */
  lost: { reasonId: LossReasonId | null; name: string | null; leads: number; price: number }[]
}

/** Minutes since midnight, from and to; to is at most 1440. */
export type Shift = [from: number, to: number]

export interface WorkingHours {
  /** Monday first, seven days; a day off is empty. */
  week: Shift[][]
  holidays: Day[]
}
