import { z } from 'zod'
import { FIELD_TYPES } from '../shapes/fields.ts'
import { line, text } from './fields.ts'

/** What a select offers. Without an id: a new one. One that is left out is gone, and so are the values that name it. */
const options = z
  .array(z.object({ id: z.int().positive().optional(), name: line(255) }))
  .max(500)
  .refine(
    (given) => new Set(given.map(({ name }) => name.toLowerCase())).size === given.length,
    'two of them have the same name',
  )

export const newFieldRequest = z.object({
  entity: z.enum(['lead', 'contact']),
  type: z.enum(FIELD_TYPES),
  name: line(100),
  section: line(100).nullable().default(null),
  options: options.default([]),
  isRequired: z.boolean().default(false),
})

/** The type stays: values go by it. */
export const changeFieldRequest = z.object({
  name: line(100).optional(),
  section: line(100).nullable().optional(),
  options: options.optional(),
  isRequired: z.boolean().optional(),
  isHidden: z.boolean().optional(),
  /** Behind this field of the same kind; 0: the first. */
  afterId: z.int().min(0).optional(),
})

const fieldValue = z.union([text, z.number(), z.boolean(), z.array(z.int().positive()).max(500)])

/** By the field's id; null empties it. What is left out stays as it is. */
export const fieldValues = z
  .record(z.string().regex(/^[1-9][0-9]{0,15}$/, 'is not the id of a field'), fieldValue.nullable())
  .refine((given) => Object.keys(given).length <= 200, 'must not be more than 200')

export const changeFieldsRequest = z.object({
  values: fieldValues,
  /** What the caller saw there before: when it is something else by now, nothing is changed. */
  was: fieldValues.optional(),
})

export type NewFieldRequest = z.infer<typeof newFieldRequest>
export type ChangeFieldRequest = z.infer<typeof changeFieldRequest>
export type ChangeFieldsRequest = z.infer<typeof changeFieldsRequest>
export type GivenFieldValues = z.infer<typeof fieldValues>
