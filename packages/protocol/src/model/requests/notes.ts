import { z } from 'zod'
import { text } from './fields.ts'

const noteText = text.refine((given) => given.trim() !== '', 'must not be empty')

/** Colleagues are mentioned by `@` and their name; where names are the same, these ids say who is meant. */
const mentions = z.array(z.int().positive()).max(100).optional()

export const newNoteRequest = z.object({
  /** Made by the caller (UUID): the same id again is the same note. */
  id: z.uuid(),
  text: noteText,
  mentions,
})

export const changeNoteRequest = z.object({ text: noteText, mentions })

export type NewNoteRequest = z.infer<typeof newNoteRequest>
export type ChangeNoteRequest = z.infer<typeof changeNoteRequest>
