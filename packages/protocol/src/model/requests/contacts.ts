import { z } from 'zod'
import { fieldValues } from './custom-fields.ts'
import { line } from './fields.ts'

const id = z.int().positive()

const point = z.object({
  kind: z.enum(['phone', 'email']),
  value: line(255),
  label: line(60).nullable().default(null),
})

const points = z.array(point).max(50)

export const newContactRequest = z.object({
  name: line(255),
  company: line(255).nullable().default(null),
  points: points.default([]),
  /** Absent: whoever makes it. Null: nobody. */
  responsibleUserId: id.nullable().optional(),
  tagIds: z.array(id).max(100).default([]),
  fields: fieldValues.default({}),
})

/** What the caller saw there before: when it is something else by now, nothing is changed. */
const was = z.object({
  name: z.string().optional(),
  company: z.string().nullable().optional(),
  points: z
    .array(z.object({ kind: z.enum(['phone', 'email']), value: z.string(), label: z.string().nullable() }))
    .optional(),
  responsibleUserId: id.nullable().optional(),
  fields: fieldValues.optional(),
})

/** What is left out stays as it is. */
export const changeContactRequest = z.object({
  name: line(255).optional(),
  company: line(255).nullable().optional(),
  /** All of them, the first ones first. */
  points: points.optional(),
  responsibleUserId: id.nullable().optional(),
  addTagIds: z.array(id).max(100).optional(),
  removeTagIds: z.array(id).max(100).optional(),
  fields: fieldValues.optional(),
  was: was.optional(),
})

export const CONTACT_SORTS = ['activity', 'name', 'created'] as const

export const contactFilter = z.object({
  sort: z.enum(CONTACT_SORTS).default('activity'),
  /** `none`: nobody's. */
  responsible: z.union([z.literal('none'), z.coerce.number().int().positive()]).optional(),
  tag: z.coerce.number().int().positive().optional(),
  phone: z.enum(['yes', 'no']).optional(),
  email: z.enum(['yes', 'no']).optional(),
  /** Beginnings of words of the name, digits of a phone. */
  q: line(200).optional(),
  company: line(255).optional(),
})

/** Several contacts. */
export const contactIdsRequest = z.object({ ids: z.array(id).min(1).max(500) })

/** The same for several contacts. */
export const changeContactsRequest = z.object({
  ids: z.array(id).min(1).max(500),
  change: z.object({
    responsibleUserId: id.nullable().optional(),
    addTagIds: z.array(id).max(100).optional(),
    removeTagIds: z.array(id).max(100).optional(),
  }),
})

export const leadContactRequest = z.union([
  z.object({ contactId: id, isMain: z.boolean().optional() }),
  z.object({ contact: newContactRequest, isMain: z.boolean().optional() }),
])

const side = z.enum(['mine', 'theirs'])

/** Whose value stays, field by field; what is left out stays mine, and what is empty is taken from the other side. */
export const mergeRequest = z.object({
  otherId: id,
  choose: z
    .object({
      name: side.optional(),
      company: side.optional(),
      responsible: side.optional(),
      fields: z.record(z.string().regex(/^[1-9][0-9]{0,15}$/), side).optional(),
    })
    .default({}),
})

export const dismissRequest = z.object({
  kind: z.enum(['phone', 'email', 'name']),
  value: z.string().max(255),
  /** Takes it back. */
  isUndone: z.boolean().default(false),
})

export type NewContactRequest = z.infer<typeof newContactRequest>
export type NewContactInput = z.input<typeof newContactRequest>
export type ChangeContactRequest = z.infer<typeof changeContactRequest>
export type ChangeContactInput = z.input<typeof changeContactRequest>
export type ChangeContactsRequest = z.infer<typeof changeContactsRequest>
export type ContactFilter = z.infer<typeof contactFilter>
export type ContactSort = ContactFilter['sort']
export type GivenPoint = z.infer<typeof point>
export type LeadContactRequest = z.infer<typeof leadContactRequest>
export type MergeRequest = z.infer<typeof mergeRequest>
export type DismissRequest = z.infer<typeof dismissRequest>
export type DismissInput = z.input<typeof dismissRequest>
export type MergeInput = z.input<typeof mergeRequest>

/** The name of the contact, typed: nobody erases a person by a slip. */
export const erasePersonRequest = z.object({ name: z.string().max(255) })
