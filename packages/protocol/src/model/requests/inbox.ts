import { z } from 'zod'
import { line, text } from './fields.ts'

const id = z.int().positive()
const uuid = z.uuid().toLowerCase()

export const INBOX_SORTS = ['newest', 'waiting'] as const

/** Which chats. What is left out does not matter; a state that is left out is `open`. */
export const inboxFilters = z.strictObject({
  state: z.enum(['open', 'snoozed', 'closed', 'all']).optional(),
  /** Whose lead it is: the reader's, nobody's, or this user's. */
  responsible: z.union([z.enum(['me', 'none']), id]).optional(),
  unread: z.literal(true).optional(),
  /** The client waits for an answer. */
  waiting: z.literal(true).optional(),
  channelId: uuid.optional(),
  /** The source's external id. */
  source: line(255).optional(),
  pipelineId: id.optional(),
  stageId: id.optional(),
  tagId: id.optional(),
})

export const inboxSort = z.enum(INBOX_SORTS)

/** A flag or a number as it stands in a URL. */
const flag = z.enum(['1', 'true']).transform(() => true as const)
const number = z.coerce.number().int().positive()

/** `GET /chats?…`: filters as they stand in a URL, on top of those of a view. */
export const inboxQuery = z.object({
  /** `open`, `unread`, `unassigned`, `mine`, `all`, or the id of a saved view. */
  view: z.union([z.enum(['open', 'unread', 'unassigned', 'mine', 'all']), number]).optional(),
  sort: inboxSort.optional(),
  state: inboxFilters.shape.state,
  responsible: z.union([z.enum(['me', 'none']), number]).optional(),
  unread: flag.optional(),
  waiting: flag.optional(),
  channelId: uuid.optional(),
  source: line(255).optional(),
  pipelineId: number.optional(),
  stageId: number.optional(),
  tagId: number.optional(),
})

/** What can be done to chats, one or many, and taken back. */
export const chatAction = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('close') }),
  z.strictObject({ type: z.literal('reopen') }),
  /** Milliseconds since 1970. */
  z.strictObject({ type: z.literal('snooze'), until: z.int().positive() }),
  z.strictObject({ type: z.literal('wake') }),
  z.strictObject({ type: z.literal('read') }),
  z.strictObject({ type: z.literal('unread') }),
  z.strictObject({ type: z.literal('mute') }),
  z.strictObject({ type: z.literal('unmute') }),
  /** Null: nobody. The note is left in each chat. */
  z.strictObject({ type: z.literal('assign'), userId: id.nullable(), note: text.optional() }),
  z.strictObject({ type: z.literal('tag'), tagIds: z.array(id).min(1).max(100) }),
  z.strictObject({ type: z.literal('untag'), tagIds: z.array(id).min(1).max(100) }),
])

const MOST_IDS = 1000

/** These chats, or all that match but these. */
export const bulkRequest = z.union([
  z.strictObject({ action: chatAction, ids: z.array(uuid).min(1).max(MOST_IDS) }),
  z.strictObject({
    action: chatAction,
    filters: inboxFilters,
    sort: inboxSort.optional(),
    exceptIds: z.array(uuid).max(MOST_IDS).optional(),
  }),
])

export const createViewRequest = z.strictObject({
  name: line(60),
  filters: inboxFilters,
  sort: inboxSort.default('newest'),
  isShared: z.boolean().default(false),
})

export const changeViewRequest = z
  .strictObject({
    name: line(60).optional(),
    filters: inboxFilters.optional(),
    sort: inboxSort.optional(),
    isShared: z.boolean().optional(),
    position: z.int().min(0).max(1_000_000).optional(),
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), 'says nothing that should change')

export type InboxFilters = z.infer<typeof inboxFilters>
export type InboxSort = z.infer<typeof inboxSort>
export type InboxQuery = z.infer<typeof inboxQuery>
export type ChatAction = z.infer<typeof chatAction>
export type BulkRequest = z.infer<typeof bulkRequest>
export type CreateViewInput = z.input<typeof createViewRequest>
export type CreateViewRequest = z.output<typeof createViewRequest>
export type ChangeViewRequest = z.infer<typeof changeViewRequest>
