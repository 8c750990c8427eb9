import { z } from 'zod'
import { line, text } from './fields.ts'

const id = z.int().positive()
const day = z.iso.date('is not a day as 2026-11-30')
/** Up to the year 9999. */
const time = z.int().min(0).max(253_402_300_799_999)

const about = {
  kind: z.enum(['call', 'meeting', 'other']).optional(),
  text: line(1000).optional(),
  /** One of the two: a moment, or a whole day. */
  dueAt: time.optional(),
  dueOn: day.optional(),
  responsibleUserId: id.optional(),
}

const BOTH = 'give a moment or a day, not both'

export const newTaskRequest = z
  .object({
    ...about,
    text: line(1000),
    leadId: id.optional(),
    contactId: id.optional(),
    chatId: z.uuid().optional(),
  })
  .refine(({ dueAt, dueOn }) => dueAt === undefined || dueOn === undefined, { path: ['dueOn'], error: BOTH })
  .refine(({ dueAt, dueOn }) => dueAt !== undefined || dueOn !== undefined, {
    path: ['dueAt'],
    error: 'say when it is due',
  })

export const changeTaskRequest = z
  .object(about)
  .refine(({ dueAt, dueOn }) => dueAt === undefined || dueOn === undefined, { path: ['dueOn'], error: BOTH })

export const doneTaskRequest = z.object({ result: text.optional() })

export const taskFilter = z.object({
  when: z.enum(['late', 'today', 'tomorrow', 'later', 'done']).optional(),
  kind: z.enum(['call', 'meeting', 'other']).optional(),
  /** Milliseconds since 1970; for a calendar. */
  from: z.coerce.number().int().min(0).optional(),
  to: z.coerce.number().int().min(0).optional(),
  responsible: z.union([z.enum(['me', 'all']), z.coerce.number().int().positive()]).default('me'),
  leadId: z.coerce.number().int().positive().optional(),
  contactId: z.coerce.number().int().positive().optional(),
})

export type NewTaskRequest = z.infer<typeof newTaskRequest>
export type ChangeTaskRequest = z.infer<typeof changeTaskRequest>
export type TaskFilter = z.infer<typeof taskFilter>
