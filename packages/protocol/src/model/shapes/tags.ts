import type { TagId } from '../ids.ts'

/** A word put on leads and contacts. */
export interface Tag {
  id: TagId
  name: string
  /** Index into the eight hues of the design. */
  hue: number
}

/** What would lose a tag that goes. */
export interface TagUse {
  tagId: TagId
  leads: number
  contacts: number
}
