import type { ContactId } from '@parley/protocol/model'
import { createRoute, notFound } from '@tanstack/react-router'
import { ApiRefusal } from '../data/api.ts'
import { readContactSearch } from '../data/contacts/contact-search.ts'
import { contactQuery } from '../data/contacts/queries.ts'
import { LEAD_TEXTS } from '../parts/lead/card/lead-texts.ts'
import { lazyScene } from './lazy-scene.ts'
import { appRoute } from './root.ts'

/** A lead by its number. */
const lead = createRoute({
  getParentRoute: () => appRoute,
  path: '/leads/$leadId',
  component: lazyScene(() => import('../scenes/lead/Lead.tsx'), 'Lead', LEAD_TEXTS),
})

const TEXTS = ['person-data', 'contacts', 'points', 'values', 'task'] as const

/** Everybody, as a table. */
const contacts = createRoute({
  getParentRoute: () => appRoute,
  path: '/contacts',
  component: lazyScene(() => import('../scenes/contacts/Contacts.tsx'), 'Contacts', TEXTS),
  validateSearch: readContactSearch,
})

/** Who may be the same person. */
const duplicates = createRoute({
  getParentRoute: () => appRoute,
  path: '/contacts/duplicates',
  component: lazyScene(() => import('../scenes/contacts/Duplicates.tsx'), 'Duplicates', TEXTS),
})

const contact = createRoute({
  getParentRoute: () => appRoute,
  path: '/contacts/$contactId',
  component: lazyScene(() => import('../scenes/contact/Contact.tsx'), 'Contact', TEXTS),
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

export const cardRoutes = [lead, contacts, duplicates, contact] as const
