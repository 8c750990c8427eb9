import { z } from 'zod'
import type { ThreadPart } from '../../domain/notes/list-thread.ts'
import { AppError } from '../../lib/app-error.ts'
import { readInput, readPage } from './read-input.ts'

const key = z.string().max(200).optional()
const partQuery = z.object({ before: key, after: key, around: key })

/** `?before=`, `?after=` or `?around=`, and `limit`. */
export function readThreadPart(query: unknown): ThreadPart & { limit: number } {
  const { limit } = readPage(query)
  const { before, after, around } = readInput(partQuery, query)
  if ([before, after, around].filter((given) => given !== undefined).length > 1)
    throw new AppError('invalid_request', 'before, after, around: only one of them at a time')
  if (before !== undefined) return { kind: 'before', key: before, limit }
  if (after !== undefined) return { kind: 'after', key: after, limit }
  if (around !== undefined) return { kind: 'around', place: around, limit }
  return { kind: 'newest', limit }
}
