import { type ChatId, changeNoteRequest, type LeadId, type NoteId, newNoteRequest } from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { accessChatOfOwner } from '../../domain/chats/access-chat.ts'
import { accessLeadOfOwner } from '../../domain/leads/access-lead.ts'
import { accessOwnNote } from '../../domain/notes/access-note.ts'
import { addNote, changeNote, deleteNote, type NotePlaceOf } from '../../domain/notes/change-notes.ts'
import { listNotes } from '../../domain/notes/note-queries.ts'
import { listWhoMaySee, presentColleague } from '../../domain/users/list-who-may-see.ts'
import { readInput, readNumber, readPage, readUuid } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** What colleagues write for each other, about a chat or a lead, and whom they can name in it. */
export function noteRoutes(app: FastifyInstance, deps: AppDeps): void {
  async function chatOf(request: FastifyRequest): Promise<NotePlaceOf> {
    const chatId = readUuid<ChatId>(request.params, 'chatId')
    return { target: { chatId }, audience: await accessChatOfOwner(deps.hotPool, viewerOf(request), chatId) }
  }
  async function leadOf(request: FastifyRequest): Promise<NotePlaceOf> {
    const leadId = readNumber<LeadId>(request.params, 'leadId')
    return { target: { leadId }, audience: await accessLeadOfOwner(deps.hotPool, viewerOf(request), leadId) }
  }

  for (const [path, placeOf] of [
    ['/chats/:chatId', chatOf],
    ['/leads/:leadId', leadOf],
  ] as const) {
    app.get(`${path}/notes`, async (request) => {
      const { key, limit } = readPage(request.query, 'before')
      const { target } = await placeOf(request)
      return listNotes(deps.hotPool, viewerOf(request).account.id, target, { before: key, limit })
    })

    app.post(`${path}/notes`, async (request) => {
      const wish = readInput(newNoteRequest, request.body)
      return { note: await addNote(deps, viewerOf(request), await placeOf(request), wish) }
    })

    app.get(`${path}/people`, async (request) => {
      const { audience } = await placeOf(request)
      const viewers = await listWhoMaySee(deps.db, viewerOf(request).account.id, audience)
      return { items: viewers.map(presentColleague) }
    })
  }

  const ownOf = (request: FastifyRequest) =>
    accessOwnNote(deps.hotPool, viewerOf(request), readUuid<NoteId>(request.params, 'noteId'))

  app.patch('/notes/:noteId', async (request) => {
    const wish = readInput(changeNoteRequest, request.body)
    return { note: await changeNote(deps, viewerOf(request), await ownOf(request), wish) }
  })

  app.delete('/notes/:noteId', async (request) => ({
    note: await deleteNote(deps, viewerOf(request), await ownOf(request)),
  }))
}
