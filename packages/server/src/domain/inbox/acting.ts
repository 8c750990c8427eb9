import type { ChatId } from '@parley/protocol/model'
import type { NewEvent } from '../../events/append-events.ts'
import type { Viewer } from '../users/viewer.ts'

/** In whose name something is done, and when. */
export interface Acting {
  viewer: Viewer
  now: Date
  newId: () => string
}

export interface Done {
  /** Of every chat that is different now, what an undo needs, as JSON. */
  before: ReadonlyMap<ChatId, unknown>
  /** To be appended last in the transaction. */
  events: NewEvent[]
}

export interface Undone {
  restored: ChatId[]
  events: NewEvent[]
}
