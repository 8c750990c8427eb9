import { z } from 'zod'
import { line } from './fields.ts'

const hue = z.int().min(0).max(7)

export const newTagRequest = z.object({ name: line(60), hue: hue.optional() })

export const changeTagRequest = z.object({ name: line(60).optional(), hue: hue.optional() })

export const mergeTagRequest = z.object({ intoId: z.int().positive() })

export type NewTagRequest = z.infer<typeof newTagRequest>
export type ChangeTagRequest = z.infer<typeof changeTagRequest>
