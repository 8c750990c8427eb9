import type { ChatId, ContactId, LeadId, TaskId, UserId } from '../ids.ts'

export type TaskKind = 'call' | 'meeting' | 'other'

/** What of a task stands on a lead's card. */
export interface NextTask {
  id: TaskId
  kind: TaskKind
  text: string
  /** From then on it is late; of one for a whole day the day's last millisecond in the account's time zone. */
  dueAt: number
  /** `2026-11-30` of one for a whole day. */
  dueOn: string | null
}

/** Something somebody is to do. Who may see it is told the names of what it is about. */
export interface Task extends NextTask {
  lead: { id: LeadId; title: string } | null
  contact: { id: ContactId; name: string } | null
  chatId: ChatId | null
  responsible: { id: UserId; name: string }
  createdBy: { id: UserId; name: string } | null
  createdAt: number
  doneAt: number | null
  doneBy: { id: UserId; name: string } | null
  /** What came of it. */
  result: string | null
}

/** In the account's time zone. */
export type TaskWhen = 'late' | 'today' | 'tomorrow' | 'later' | 'done'

/** What is on a user's plate. */
export interface TaskCounts {
  late: number
  /** Due today and not late yet. */
  today: number
  /** When the counts change by themselves next; null: not until something is changed. */
  changesAt: number | null
}
