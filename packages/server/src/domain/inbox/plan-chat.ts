import type { ChatAction } from '@parley/protocol/model'
import type { ChatRow, RestingState } from './chat-rows.ts'

/** Actions on the counters of a chat. */
export type StateAction = Extract<ChatAction, { type: 'close' | 'reopen' | 'snooze' | 'wake' | 'read' | 'unread' }>

export const isStateAction = (action: ChatAction): action is StateAction =>
  ['close', 'reopen', 'snooze', 'wake', 'read', 'unread'].includes(action.type)

export interface PlannedChat {
  to: RestingState
  state: ChatRow['state']
  /** What happens to its talks. */
  talks?: 'close' | 'reopen'
}

/** What becomes of a chat; undefined when it is so already. */
export function planChat(row: ChatRow, action: StateAction, now: Date): PlannedChat | undefined {
  const { unread, waitingSince, talkId } = row
  const awake: RestingState = { unread, waitingSince, talkId, restUnread: 0, closedAt: null, snoozedUntil: null }
  switch (action.type) {
    case 'close':
      if (row.state === 'closed') return undefined
      return {
        to: { ...awake, unread: 0, waitingSince: null, talkId: null, closedAt: now },
        state: 'closed',
        talks: 'close',
      }
    case 'reopen':
      return row.state === 'closed' ? { to: awake, state: 'open', talks: 'reopen' } : undefined
    case 'snooze': {
      const until = new Date(action.until)
      if (row.state === 'snoozed' && row.snoozedUntil?.getTime() === action.until) return undefined
      const to = { ...awake, restUnread: unread, snoozedUntil: until }
      return row.state === 'closed' ? { to, state: 'snoozed', talks: 'reopen' } : { to, state: 'snoozed' }
    }
    case 'wake':
      return row.state === 'snoozed' ? { to: awake, state: 'open' } : undefined
    case 'read':
      return unread > 0 ? { to: countAnew(row, 0), state: row.state } : undefined
    case 'unread':
      return unread === 0 ? { to: countAnew(row, 1), state: row.state } : undefined
  }
}

/** With other unread ones; it goes on resting if it rests, and forgets what it woke from. */
function countAnew(row: ChatRow, unread: number): RestingState {
  return {
    unread,
    restUnread: row.state === 'open' ? 0 : unread,
    waitingSince: row.waitingSince,
    closedAt: row.state === 'closed' ? row.closedAt : null,
    snoozedUntil: row.state === 'snoozed' ? row.snoozedUntil : null,
    talkId: row.talkId,
  }
}
