import { Readable } from 'node:stream'
import { type ContactId, erasePersonRequest, type RightAct } from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { accessContact } from '../../domain/contacts/access-contact.ts'
import { beginErasure } from '../../domain/persons/begin-erasure.ts'
import { exportPerson } from '../../domain/persons/export-person.ts'
import { attachmentHeader } from '../../lib/content-disposition.ts'
import { cleanFileName } from '../../lib/file-name.ts'
import { readInput, readNumber } from '../middleware/read-input.ts'
import { actorOf, adminOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** Everything that is kept about a person: taken out as a file, and erased. */
export function personRoutes(app: FastifyInstance, deps: AppDeps): void {
  const contactOf = (request: FastifyRequest, act: RightAct) =>
    accessContact(deps.hotPool, viewerOf(request), readNumber<ContactId>(request.params, 'contactId'), act)

  app.get('/contacts/:contactId/export', async (request, reply) => {
    const id = await contactOf(request, 'export')
    const { name, pieces } = await exportPerson(deps, viewerOf(request), actorOf(request), id)
    return reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('content-disposition', attachmentHeader(`${cleanFileName(name) || 'contact'}.json`))
      .header('cache-control', 'no-store')
      .send(Readable.from(pieces))
  })

  app.post('/contacts/:contactId/erase', async (request, reply) => {
    const { name } = readInput(erasePersonRequest, request.body)
    const actor = adminOf(request, 'erase a person')
    await beginErasure(deps, actor, await contactOf(request, 'delete'), name)
    return reply.code(202).send()
  })
}
