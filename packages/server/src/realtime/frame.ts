import type { RightArea, UserId } from '@parley/protocol/model'
import { type Audience, coversAll, isAmong, ownersFor, type Viewer } from '../domain/users/viewer.ts'

/** An event as it goes over the wire, made once for everybody who may see it. */
export interface Frame {
  seq: number
  /** Null: for every user of the account. */
  userId: UserId | null
  /** Who may see it gets the text; the others only the ids, so that they can drop what they hold. Null: whatever a user may see. */
  audience: Audience | null
  /** Whom the notification in it is for, and what the others are written instead; null when that is nobody else. */
  notice: { userIds: ReadonlySet<UserId>; textWithout: string } | null
  text: string
  /** The same for those outside the audience. */
  hiddenText: string
  /** What these readers may see is different now: their streams end behind it, and come again. */
  endsStream: boolean
}

const AREAS: readonly RightArea[] = ['leads', 'contacts', 'tasks']

export const seesAll = (viewer: Viewer): boolean => AREAS.every((area) => coversAll(ownersFor(viewer, area)))

export const isForEverybody = (frame: Frame): boolean =>
  frame.userId === null && frame.notice === null && !frame.endsStream

export const isAddressed = ({ userId }: Frame, { user }: Viewer): boolean => userId === null || userId === user.id

/** What this viewer is written; empty when the frame is somebody else's. */
export function textFor(frame: Frame, viewer: Viewer): string {
  if (!isAddressed(frame, viewer)) return ''
  const { audience } = frame
  const isSeen = audience === null || isAmong(audience, viewer)
  if (!isSeen) return frame.hiddenText
  return frame.notice === null || frame.notice.userIds.has(viewer.user.id) ? frame.text : frame.notice.textWithout
}
