import type { FileId } from '@parley/protocol/model'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const NAMES = new Set(['id', 'fileId', 'thumbnailId'])

/** Whatever in a content may name a file: more rather than less, for what is no file's id finds none. */
export function fileIdsIn(content: unknown): FileId[] {
  if (Array.isArray(content)) return content.flatMap(fileIdsIn)
  if (typeof content !== 'object' || content === null) return []
  return Object.entries(content).flatMap(([name, value]) =>
    NAMES.has(name) && typeof value === 'string' && UUID.test(value) ? [value as FileId] : fileIdsIn(value),
  )
}
