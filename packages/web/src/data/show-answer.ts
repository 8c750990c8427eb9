import type { Message, Note, RealtimeEvent } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { applyEvents, applyMessage, applyNote } from './apply-events.ts'
import { type Dated, hasTold } from './fresh.ts'

// What the server answers to a change is shown before the stream tells it, unless the stream was faster: then what it told is
// newer, and the answer would put the screen back.

/** Shows what the server answered, told as an event would. */
export function showAnswer(client: QueryClient, since: number | undefined, told: Omit<RealtimeEvent, 'seq'>): void {
  if (!hasTold(since, told)) applyEvents(client, [{ seq: 0, ...told }])
}

/** The same for a message that was sent or changed. */
export function showMessage(client: QueryClient, { answer: message, since }: Dated<Message>): void {
  if (!hasTold(since, { message })) applyMessage(client, message)
}

/** The same for a note. */
export function showNote(client: QueryClient, { answer: note, since }: Dated<Note>): void {
  if (!hasTold(since, { note })) applyNote(client, note)
}
