import { z } from 'zod'
import { LANGUAGES } from '../shapes/people.ts'
import { line, text } from './fields.ts'
import { attachment, buttons } from './messages.ts'

const templateFields = {
  name: line(100),
  text,
  files: z.array(attachment).max(10),
  buttons: z.union([z.tuple([]), buttons]),
  language: z.enum(LANGUAGES).nullable(),
}

export const newTemplateRequest = z
  .object({
    ...templateFields,
    text: templateFields.text.default(''),
    files: templateFields.files.default([]),
    buttons: templateFields.buttons.default([]),
    language: templateFields.language.default(null),
    /** Everybody's; else one's own. */
    isShared: z.boolean().default(false),
    externalId: line(255).nullable().default(null),
  })
  .refine((given) => given.text.trim() !== '' || given.files.length > 0, {
    path: ['text'],
    error: 'must not be empty when there is no file',
  })

export const changeTemplateRequest = z.object({
  name: templateFields.name.optional(),
  text: templateFields.text.optional(),
  files: templateFields.files.optional(),
  buttons: templateFields.buttons.optional(),
  language: templateFields.language.optional(),
  isShared: z.boolean().optional(),
})

/** Shared ones or one's own, in their new order; those left out keep theirs, behind these. */
export const orderTemplatesRequest = z.object({ ids: z.array(z.int().positive()).min(1).max(1000) })

export type NewTemplateRequest = z.infer<typeof newTemplateRequest>
export type NewTemplateInput = z.input<typeof newTemplateRequest>
export type ChangeTemplateRequest = z.infer<typeof changeTemplateRequest>
export type ChangeTemplateInput = z.input<typeof changeTemplateRequest>
export type OrderTemplatesRequest = z.infer<typeof orderTemplatesRequest>
