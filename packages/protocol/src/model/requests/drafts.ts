import { z } from 'zod'
import { text } from './fields.ts'
import { attachment, buttons, usedTemplate } from './messages.ts'

/** A draft as it is now. Everything empty: there is none any more. */
export const saveDraftRequest = z.object({
  /** The version it was made from; 0 when there was none. */
  version: z.int().min(0),
  text: text.default(''),
  replyToId: z.uuid().nullable().default(null),
  files: z.array(attachment).max(30).default([]),
  isAsFiles: z.boolean().default(false),
  buttons: buttons.nullable().default(null),
  template: usedTemplate.nullable().default(null),
  since: z.object({ id: z.uuid(), sentAt: z.int() }).nullable().default(null),
})

export type SaveDraftRequest = z.infer<typeof saveDraftRequest>
export type SaveDraftInput = z.input<typeof saveDraftRequest>
