import type { ContactId, LeadId } from '@parley/protocol/model'
import { createRoute, notFound, redirect } from '@tanstack/react-router'
import { ApiRefusal } from '../data/api.ts'
import { contactQuery, getLead } from '../data/contacts/queries.ts'
import { lazyScene } from './lazy-scene.ts'
import { appRoute } from './root.ts'

/** A lead by its number: its sheet over the pipeline it is in. */
const lead = createRoute({
  getParentRoute: () => appRoute,
  path: '/leads/$leadId',
  beforeLoad: async ({ params }) => {
    const found = await orNotFound(getLead(Number(params.leadId) as LeadId))
    throw redirect({
      to: '/pipeline/$pipelineId',
      params: { pipelineId: String(found.pipeline.id) },
      search: { lead: found.id },
      replace: true,
    })
  },
})

const contact = createRoute({
  getParentRoute: () => appRoute,
  path: '/contacts/$contactId',
  component: lazyScene(() => import('../scenes/contact/Contact.tsx'), 'Contact', ['contacts', 'points']),
  loader: ({ context, params }) =>
    orNotFound(context.client.ensureQueryData(contactQuery(Number(params.contactId) as ContactId))),
})

async function orNotFound<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 404) throw notFound()
    throw error
  }
}

export const cardRoutes = [lead, contact] as const
