import type { Me, Media, Message, Note } from '@parley/protocol/model'
import { kindOfFile, sizeOfFile, typeOfFile } from '../../data/file-kind.ts'
import { localUrlOf } from '../../data/outbox/local-urls.ts'
import type { OutboxEntry } from '../../data/outbox/outbox-store.ts'
import type { ShownStatus } from '../../parts/Tick.tsx'

/** A message of the conversation, or a reply on its way to become one. */
export interface ShownMessage extends Omit<Message, 'status'> {
  status: ShownStatus
  /** Set while the server has not taken it. */
  waiting?: OutboxEntry
}

/** The conversation and, at its end, the replies the server does not have yet. Its copy takes a reply's place by id. */
export function joinMessages(messages: readonly Message[], waiting: readonly OutboxEntry[], me: Me): ShownMessage[] {
  const taken = new Set<string>(messages.map((message) => message.id))
  return [...messages, ...waiting.filter((entry) => !taken.has(entry.id)).map((entry) => toShown(entry, me))]
}

/** A note of the conversation, or one on its way to become one. */
export interface ShownNote extends Note {
  /** Set while the server has not taken it. */
  waiting?: OutboxEntry
}

/** The notes and, at their end, those the server does not have yet. */
export function joinNotes(notes: readonly Note[], waiting: readonly OutboxEntry[], me: Me): ShownNote[] {
  const taken = new Set<string>(notes.map((note) => note.id))
  return [...notes, ...waiting.filter((entry) => !taken.has(entry.id)).map((entry) => toShownNote(entry, me))]
}

const toShownNote = (entry: OutboxEntry, { user }: Me): ShownNote => ({
  id: entry.id as string as Note['id'],
  chatId: entry.chatId,
  leadId: null,
  contactId: null,
  author: { id: user.id, amojoId: user.amojoId, name: user.name },
  text: entry.text,
  mentions: [],
  createdAt: entry.createdAt,
  editedAt: null,
  isDeleted: false,
  waiting: entry,
})

function toShown(entry: OutboxEntry, me: Me): ShownMessage {
  const { file, replyTo, post, mediaGroupId } = entry
  return {
    id: entry.id,
    chatId: entry.chatId,
    direction: 'out',
    author: { id: me.user.amojoId, kind: 'user', name: me.user.name },
    kind: file ? kindOfFile(file) : 'text',
    text: entry.text,
    sentAt: entry.createdAt,
    receivedAt: entry.createdAt,
    status: entry.refusal ? 'failed' : 'sending',
    failure: null,
    ...(file && { media: localMedia(entry, file) }),
    ...(mediaGroupId !== undefined && { mediaGroupId }),
    ...(replyTo && { replyTo }),
    ...(post && { post }),
    ...(entry.buttons && { buttons: entry.buttons }),
    waiting: entry,
  }
}

/** The file as this screen has it: there is nothing to wait for. */
const localMedia = (entry: OutboxEntry, file: NonNullable<OutboxEntry['file']>): Media => ({
  state: 'ready',
  url: localUrlOf(entry),
  fileName: file.name,
  sizeBytes: sizeOfFile(file),
  mediaType: typeOfFile(file) || null,
  width: file.width ?? null,
  height: file.height ?? null,
  durationMs: file.durationMs ?? null,
  thumbnail: null,
  peaks: file.peaks ?? null,
  failure: null,
})
