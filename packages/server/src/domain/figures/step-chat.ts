import type { EventType } from '@parley/protocol/model'

/** Where a chat stands between question and answer. Times are milliseconds. */
export interface ChatAnswers {
  /** Since when somebody waits for a user; null: nobody does. */
  askedAt: number | null
  /** When the client wrote last. */
  lastAskedAt: number | null
  /** Somebody of us has answered in this talk already. */
  isAnswered: boolean
  /** There was a lead of this chat before. */
  hasLead: boolean
  /** Its lead was declined or deleted: what was asked then needs no answer. */
  isOver: boolean
}

export const NEW_CHAT: ChatAnswers = {
  askedAt: null,
  lastAskedAt: null,
  isAnswered: false,
  hasLead: false,
  isOver: false,
}

/** What happened in a chat, as far as waiting is concerned. */
export type ChatStep = { type: Exclude<EventType, 'message.received' | 'message.sent'> } | MessageStep

export interface MessageStep {
  type: 'message.received' | 'message.sent'
  by: 'client' | 'user' | 'bot'
  sentAt: number
  receivedAt: number
}

/** From when to when somebody waited, and whether for the first answer of a talk. */
export interface Wait {
  from: number
  to: number
  isFirst: boolean
}

/** What was sent so long before we got it comes from an archive: nobody waited for us then. */
const LATE_MS = 3_600_000

/**
 * Takes one thing that happened in a chat. Bots neither ask nor answer; nor do notes, which are no messages; nor does what was
 * imported. A talk begins with a new lead, so closing a chat and opening it again makes no second first answer.
 */
export function stepChat(state: ChatAnswers, step: ChatStep): { state: ChatAnswers; wait?: Wait } {
  switch (step.type) {
    case 'message.received':
    case 'message.sent':
      return stepMessage(state, step)
    case 'lead.created': {
      // The message that made it is a moment older; an older question belongs to the talk before.
      const askedAt = state.hasLead && state.askedAt !== null ? state.lastAskedAt : state.askedAt
      return { state: { ...state, askedAt, isAnswered: false, hasLead: true, isOver: false } }
    }
    case 'lead.declined':
    case 'lead.deleted':
      return { state: { ...state, isOver: true } }
    case 'lead.restored':
      return { state: { ...state, isOver: false } }
    default:
      return { state }
  }
}

function stepMessage(state: ChatAnswers, step: MessageStep): { state: ChatAnswers; wait?: Wait } {
  const { by, sentAt, receivedAt } = step
  if (by === 'bot' || receivedAt - sentAt > LATE_MS) return { state }
  if (by === 'client') {
    const isNew = state.askedAt === null || state.isOver
    const fresh = state.isOver ? { isAnswered: false, isOver: false } : {}
    return { state: { ...state, ...fresh, askedAt: isNew ? sentAt : state.askedAt, lastAskedAt: sentAt } }
  }
  if (state.askedAt === null || state.isOver) return { state }
  const wait = { from: state.askedAt, to: Math.max(sentAt, state.askedAt), isFirst: !state.isAnswered }
  return { state: { ...state, askedAt: null, isAnswered: true }, wait }
}
