import { z } from 'zod'
import { line } from './fields.ts'

const id = z.coerce.number().int().positive()
const number = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

/** `1,2,3`, as a link carries it. */
const list = <Item extends z.ZodType<unknown, unknown>>(item: Item) =>
  z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(z.any().pipe(item)).min(1).max(100))

/** Which leads: everything in a query string, so that a link reproduces the screen. */
export const leadFilter = z.object({
  /** User ids; `none` is nobody. */
  responsible: list(z.union([z.literal('none').transform(() => null), id])).optional(),
  /** Any of these tags. */
  tag: list(id).optional(),
  stage: list(id).optional(),
  channel: z.uuid().optional(),
  /** The source's external id. */
  source: z.string().max(100).optional(),
  /** Milliseconds since 1970. */
  createdFrom: number.optional(),
  createdTo: number.optional(),
  priceFrom: number.optional(),
  priceTo: number.optional(),
  /** Nothing is to be done about them: the ones that are forgotten. */
  noTask: z
    .literal('true')
    .transform(() => true)
    .optional(),
  /** In the title, or the contact's name, phone or e-mail. */
  q: line(100).optional(),
})

export const LEAD_SORTS = [
  'created',
  'updated',
  'stageSince',
  'price',
  'title',
  'contact',
  'responsible',
  'stage',
] as const

export const leadSort = z.object({
  sort: z.enum(LEAD_SORTS).default('created'),
  dir: z.enum(['asc', 'desc']).default('desc'),
})

export const incomingFilter = z.object({
  channel: z.uuid().optional(),
  source: z.string().max(100).optional(),
  /** `oldest`: who has waited longest first. */
  sort: z.enum(['newest', 'oldest']).default('newest'),
})

export const cardsQuery = z.object({ ids: list(id) })

/** What an incoming lead could be linked to. */
export const linkTargetQuery = z.object({
  q: line(100),
  /** The incoming lead itself. */
  besides: id.optional(),
})

export type LeadFilter = z.infer<typeof leadFilter>
export type LeadSort = z.infer<typeof leadSort>
export type LeadSortKey = (typeof LEAD_SORTS)[number]
export type IncomingFilter = z.infer<typeof incomingFilter>
