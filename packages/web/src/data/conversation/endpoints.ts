import type {
  ChangeNoteRequest,
  ChatId,
  Colleague,
  Draft,
  DraftKind,
  DraftPage,
  LeadId,
  Note,
  NoteId,
  PresenceNotice,
  RealtimePresence,
  SaveDraftInput,
  ThreadPage,
  TypingNotice,
} from '@parley/protocol/model'
import { request, requestOnLeaving } from '../api.ts'
import type { ThreadParam } from './thread-pages.ts'

const THREAD_LIMIT = 50

const chatPath = (chatId: ChatId) => `/chats/${encodeURIComponent(chatId)}`
const notePath = (noteId: NoteId) => `/notes/${encodeURIComponent(noteId)}`

export function listThread(chatId: ChatId, param: ThreadParam, signal?: AbortSignal): Promise<ThreadPage> {
  const query = new URLSearchParams({ limit: String(THREAD_LIMIT) })
  if (param.kind === 'around') query.set('around', param.place)
  else if (param.kind !== 'newest') query.set(param.kind, param.key)
  return request<ThreadPage>('GET', `${chatPath(chatId)}/messages?${query}`, undefined, signal)
}

/** A note is written about a chat, or about a lead itself. */
export type NotePlace = { chatId: ChatId } | { leadId: LeadId }
export const addNote = (place: NotePlace, note: { id: string; text: string; mentions?: number[] }) =>
  request<{ note: Note }>(
    'POST',
    `${'chatId' in place ? chatPath(place.chatId) : `/leads/${place.leadId}`}/notes`,
    note,
  )
export const changeNote = (noteId: NoteId, change: ChangeNoteRequest) =>
  request<{ note: Note }>('PATCH', notePath(noteId), change)
export const deleteNote = (noteId: NoteId) => request<{ note: Note }>('DELETE', notePath(noteId))

/** Who may see the chat, and so can be named in its notes. */
export const listPeople = (chatId: ChatId, signal?: AbortSignal) =>
  request<{ items: Colleague[] }>('GET', `${chatPath(chatId)}/people`, undefined, signal)

export const tellTyping = (chatId: ChatId, notice: TypingNotice) =>
  request<void>('POST', `${chatPath(chatId)}/typing`, notice)
export const tellPresence = (chatId: ChatId, notice: PresenceNotice) =>
  request<{ items: RealtimePresence[] }>('POST', `${chatPath(chatId)}/presence`, notice)

export const listDrafts = (after: string | null) =>
  request<DraftPage>('GET', `/drafts?limit=100${after === null ? '' : `&after=${encodeURIComponent(after)}`}`)
const draftPath = (chatId: ChatId, kind: DraftKind) => `${chatPath(chatId)}/drafts/${kind}`
export const saveDraft = (chatId: ChatId, kind: DraftKind, draft: SaveDraftInput) =>
  request<{ draft: Draft }>('PUT', draftPath(chatId, kind), draft)
export const saveDraftOnLeaving = (chatId: ChatId, kind: DraftKind, draft: SaveDraftInput) =>
  requestOnLeaving<{ draft: Draft }>('PUT', draftPath(chatId, kind), draft)
