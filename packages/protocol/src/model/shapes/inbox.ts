import type { BulkJobId, UserId, ViewId } from '../ids.ts'
import type { ChatAction, InboxFilters, InboxSort } from '../requests/inbox.ts'

/** Lists that are always there: what is open, of it what is unread, nobody's, one's own; and everything. */
export const BUILT_IN_VIEWS = ['open', 'unread', 'unassigned', 'mine', 'all'] as const
export type BuiltInView = (typeof BUILT_IN_VIEWS)[number]

/** A list somebody has given a name to. */
export interface InboxView {
  id: ViewId
  name: string
  /** Everybody's, or only one's own. */
  isShared: boolean
  /** Whoever made it, and admins, may change a shared one. */
  canEdit: boolean
  filters: InboxFilters
  sort: InboxSort
  /** Its place among the tabs, lowest first. */
  position: number
}

/** How many chats are in each list that the reader sees, as of event `seq`. */
export interface InboxCounts {
  seq: number
  /** By name of the built-in view, or id of the saved one. */
  views: Record<string, number>
  /** Of the filters asked about. */
  current: number | null
}

/** Where one may jump to in a long list: cut into blocks at whole minutes, each about `every` rows long. */
export interface InboxMarks {
  /** The first minute of the block in list order, in milliseconds since 1970, and how many rows it has. */
  blocks: { from: number; count: number }[]
  seq: number
}

/** `done` and `undone` are final, unless it is undone from there. */
export type BulkPhase = 'collecting' | 'running' | 'done' | 'undoing' | 'undone'

/** Something done to one chat or many, which can be taken back for a while. */
export interface BulkJob {
  id: BulkJobId
  userId: UserId
  action: ChatAction
  phase: BulkPhase
  /** How many chats it is about; 0 while they are still collected. */
  total: number
  handled: number
  /** Of those handled: how many are different now. The others were so already, or are not the user's to change. */
  changed: number
  /** How many an undo has put back. */
  restored: number
  undoableUntil: number | null
}
