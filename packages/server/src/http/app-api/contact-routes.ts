import { Readable } from 'node:stream'
import {
  type ContactId,
  changeContactRequest,
  changeContactsRequest,
  contactFilter,
  contactIdsRequest,
  dismissRequest,
  type MergeId,
  mergeRequest,
  newContactRequest,
  type RightAct,
} from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { findChats } from '../../domain/chats/chat-queries.ts'
import { accessContact, editableContacts } from '../../domain/contacts/access-contact.ts'
import { changeContact, changeContacts, createContact } from '../../domain/contacts/change-contact.ts'
import { getContactDetails, listChatsOfContact } from '../../domain/contacts/contact-details.ts'
import { contactsFileName, exportContacts } from '../../domain/contacts/contacts-csv.ts'
import { deleteContact, restoreContact } from '../../domain/contacts/delete-contact.ts'
import { deleteContacts, restoreContacts } from '../../domain/contacts/delete-contacts.ts'
import { duplicatesOf } from '../../domain/contacts/duplicates-of.ts'
import { type ContactWish, listContacts } from '../../domain/contacts/list-contacts.ts'
import { dismissDuplicates, listDuplicates } from '../../domain/contacts/list-duplicates.ts'
import { listLeadsOfContact } from '../../domain/leads/list-leads-of-contact.ts'
import { mergeContacts } from '../../domain/merges/merge-contacts.ts'
import { undoMerge } from '../../domain/merges/undo-merge.ts'
import { contactsMatching } from '../../domain/search/contacts-matching.ts'
import { requireAdmin } from '../../domain/users/viewer.ts'
import { AppError } from '../../lib/app-error.ts'
import { attachmentHeader } from '../../lib/content-disposition.ts'
import { readInput, readNumber, readPage } from '../middleware/read-input.ts'
import { actorOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** The people and companies an account deals with. */
export function contactRoutes(app: FastifyInstance, deps: AppDeps): void {
  const contactOf = (request: FastifyRequest, act?: RightAct) =>
    accessContact(deps.hotPool, viewerOf(request), readNumber<ContactId>(request.params, 'contactId'), act)

  app.get('/contacts', async (request) => {
    const { key, limit } = readPage(request.query)
    return listContacts(deps, viewerOf(request), wishOf(request), { after: key, limit })
  })

  app.get('/contacts.csv', async (request, reply) => {
    const viewer = viewerOf(request)
    const pieces = await exportContacts(deps, { viewer, actor: actorOf(request) }, wishOf(request))
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', attachmentHeader(contactsFileName(viewer.account.subdomain, deps.clock.now())))
      .send(Readable.from(pieces))
  })

  app.post('/contacts', async (request) => {
    const given = readInput(newContactRequest, request.body)
    const viewer = viewerOf(request)
    if (viewer.rights.contacts.edit === 'none')
      throw new AppError('forbidden', 'Your role does not let you add contacts. An admin can change that.')
    return createContact(deps, viewer, given)
  })

  app.get('/contacts/:contactId', async (request) =>
    getContactDetails(deps, viewerOf(request), await contactOf(request)),
  )

  app.patch('/contacts/:contactId', async (request) => {
    const given = readInput(changeContactRequest, request.body)
    return changeContact(deps, viewerOf(request), await contactOf(request, 'edit'), given)
  })

  app.delete('/contacts/:contactId', async (request, reply) => {
    await deleteContact(deps, viewerOf(request), await contactOf(request, 'delete'))
    return reply.code(204).send()
  })

  app.post('/contacts/:contactId/restore', async (request) =>
    restoreContact(deps, viewerOf(request), await contactOf(request, 'delete')),
  )

  app.get('/contacts/:contactId/chats', async (request) => {
    const viewer = viewerOf(request)
    const ids = await listChatsOfContact(deps.hotPool, viewer, await contactOf(request))
    const chats = await findChats(deps.hotPool, viewer.account.id, ids)
    return { items: chats.sort((a, b) => b.activityAt - a.activityAt) }
  })

  app.get('/contacts/:contactId/leads', async (request) => ({
    items: await listLeadsOfContact(deps.hotPool, viewerOf(request), await contactOf(request)),
  }))

  manyContactsRoutes(app, deps)
  duplicateRoutes(app, deps)
}

function wishOf(request: FastifyRequest): ContactWish {
  const filter = readInput(contactFilter, request.query)
  const narrow = filter.q === undefined ? undefined : contactsMatching(viewerOf(request).account.id, filter.q)
  return { filter, narrow }
}

/** Several at once. */
function manyContactsRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.post('/contacts/change', async (request) => {
    const { ids, change } = readInput(changeContactsRequest, request.body)
    const viewer = viewerOf(request)
    const allowed = await editableContacts(deps.hotPool, viewer, ids as ContactId[])
    return { ids: await changeContacts(deps, viewer, allowed, change) }
  })

  app.post('/contacts/delete', async (request) => {
    const { ids } = readInput(contactIdsRequest, request.body)
    return { ids: await deleteContacts(deps, viewerOf(request), ids as ContactId[]) }
  })

  app.post('/contacts/restore', async (request) => {
    const { ids } = readInput(contactIdsRequest, request.body)
    return { ids: await restoreContacts(deps, viewerOf(request), ids as ContactId[]) }
  })
}

/** Who may be the same person, and making one of two. */
function duplicateRoutes(app: FastifyInstance, deps: AppDeps): void {
  const idOf = (request: FastifyRequest) => readNumber<ContactId>(request.params, 'contactId')

  app.get('/contacts/duplicates', async (request) => {
    const { key, limit } = readPage(request.query)
    return listDuplicates(deps.hotPool, viewerOf(request), { after: key, limit })
  })

  app.post('/contacts/duplicates/dismiss', async (request, reply) => {
    const viewer = viewerOf(request)
    requireAdmin(viewer, 'say that contacts are different people')
    await dismissDuplicates(deps, viewer.account.id, readInput(dismissRequest, request.body))
    return reply.code(204).send()
  })
  app.get('/contacts/:contactId/duplicates', async (request) => {
    const viewer = viewerOf(request)
    const id = await accessContact(deps.hotPool, viewer, idOf(request))
    return { items: await duplicatesOf(deps.hotPool, viewer, id) }
  })

  app.post('/contacts/:contactId/merge', async (request) => {
    const by = { viewer: viewerOf(request), actor: actorOf(request) }
    return mergeContacts(deps, by, idOf(request), readInput(mergeRequest, request.body))
  })

  app.post('/contacts/:contactId/merges/:mergeId/undo', async (request) => {
    const by = { viewer: viewerOf(request), actor: actorOf(request) }
    return undoMerge(deps, by, idOf(request), readNumber<MergeId>(request.params, 'mergeId'))
  })
}
