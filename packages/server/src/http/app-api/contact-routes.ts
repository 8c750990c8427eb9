import {
  type ContactId,
  changeContactRequest,
  changeContactsRequest,
  contactFilter,
  dismissRequest,
  newContactRequest,
  type RightAct,
} from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { findChats } from '../../domain/chats/chat-queries.ts'
import { accessContact, visibleContacts } from '../../domain/contacts/access-contact.ts'
import { changeContact, changeContacts, createContact } from '../../domain/contacts/change-contact.ts'
import { getContactDetails, listChatsOfContact } from '../../domain/contacts/contact-details.ts'
import { deleteContact, restoreContact } from '../../domain/contacts/delete-contact.ts'
import { listContacts } from '../../domain/contacts/list-contacts.ts'
import { dismissDuplicates, listDuplicates } from '../../domain/contacts/list-duplicates.ts'
import { requireAdmin } from '../../domain/users/viewer.ts'
import { AppError } from '../../lib/app-error.ts'
import { readInput, readNumber, readPage } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** The people and companies an account deals with. */
export function contactRoutes(app: FastifyInstance, deps: AppDeps): void {
  const contactOf = (request: FastifyRequest, act?: RightAct) =>
    accessContact(deps.hotPool, viewerOf(request), readNumber<ContactId>(request.params, 'contactId'), act)

  app.get('/contacts', async (request) => {
    const { key, limit } = readPage(request.query)
    return listContacts(deps, viewerOf(request), readInput(contactFilter, request.query), { after: key, limit })
  })

  app.post('/contacts', async (request) => {
    const given = readInput(newContactRequest, request.body)
    const viewer = viewerOf(request)
    if (viewer.rights.contacts.edit === 'none')
      throw new AppError('forbidden', 'Your role does not let you add contacts. An admin can change that.')
    return createContact(deps, viewer, given)
  })

  app.get('/contacts/:contactId', async (request) =>
    getContactDetails(deps.hotPool, viewerOf(request), await contactOf(request)),
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

  manyContactsRoutes(app, deps)
}

/** Several at once. */
function manyContactsRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.post('/contacts/change', async (request) => {
    const { ids, change } = readInput(changeContactsRequest, request.body)
    const viewer = viewerOf(request)
    const seen = await visibleContacts(deps.hotPool, viewer, ids as ContactId[])
    const allowed: ContactId[] = []
    for (const id of seen) {
      const mayEdit = await accessContact(deps.hotPool, viewer, id, 'edit').catch(() => undefined)
      if (mayEdit !== undefined) allowed.push(mayEdit)
    }
    return { ids: await changeContacts(deps, viewer, allowed, change) }
  })

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
}
