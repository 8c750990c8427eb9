import {
  type ContactId,
  changeFieldsRequest,
  type FeedKind,
  type LeadId,
  leadContactRequest,
  type RightAct,
} from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { accessContact } from '../../domain/contacts/access-contact.ts'
import { getLeadDetails } from '../../domain/feed/lead-details.ts'
import { FEED_KINDS, listFeed } from '../../domain/feed/list-feed.ts'
import { accessLead } from '../../domain/leads/access-lead.ts'
import { changeLeadFields } from '../../domain/leads/change-lead-fields.ts'
import { addLeadContact, removeLeadContact } from '../../domain/leads/lead-contacts.ts'
import { readInput, readNumber, readPage } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

const feedQuery = z.object({
  /** Separated by commas; absent: everything. */
  kinds: z
    .string()
    .transform((given) => given.split(','))
    .pipe(z.array(z.enum(FEED_KINDS as [FeedKind, ...FeedKind[]])))
    .optional(),
})

/** The card of a lead: everything about it in one look, its history, its people, its own fields. */
export function cardRoutes(app: FastifyInstance, deps: AppDeps): void {
  const leadOf = (request: FastifyRequest, act?: RightAct) =>
    accessLead(deps.hotPool, viewerOf(request), readNumber<LeadId>(request.params, 'leadId'), act)

  app.get('/leads/:leadId/card', async (request) =>
    getLeadDetails(deps.hotPool, viewerOf(request), await leadOf(request)),
  )

  app.get('/leads/:leadId/feed', async (request) => {
    const { key, limit } = readPage(request.query, 'before')
    const { kinds = FEED_KINDS } = readInput(feedQuery, request.query)
    return listFeed(deps, viewerOf(request), await leadOf(request), { before: key, limit, kinds })
  })

  app.patch('/leads/:leadId/fields', async (request) => {
    const given = readInput(changeFieldsRequest, request.body)
    return changeLeadFields(deps, viewerOf(request), await leadOf(request, 'edit'), given)
  })

  app.post('/leads/:leadId/contacts', async (request) => {
    const given = readInput(leadContactRequest, request.body)
    const viewer = viewerOf(request)
    const leadId = await leadOf(request, 'edit')
    if ('contactId' in given) await accessContact(deps.hotPool, viewer, given.contactId as ContactId)
    await addLeadContact(deps, viewer, leadId, given)
    return getLeadDetails(deps.hotPool, viewer, leadId)
  })

  app.delete('/leads/:leadId/contacts/:contactId', async (request) => {
    const viewer = viewerOf(request)
    const leadId = await leadOf(request, 'edit')
    await removeLeadContact(deps, viewer, leadId, readNumber<ContactId>(request.params, 'contactId'))
    return getLeadDetails(deps.hotPool, viewer, leadId)
  })
}
