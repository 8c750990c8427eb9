import { createRoute, redirect } from '@tanstack/react-router'
import { type InboxSearch, readInboxSearch } from '../data/inbox/search.ts'
import type { Namespace } from '../i18n/namespaces.ts'
import { loadTexts } from '../i18n/texts.ts'
import { Inbox } from '../scenes/inbox/Inbox.tsx'
import { appRoute } from './root.ts'
import type { RawSearch } from './search.ts'

/** What the inbox is written in. */
export const inboxTexts: readonly Namespace[] = ['inbox', 'thread', 'composer', 'lead']

const home = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox', replace: true })
  },
})

// The scene most visits begin with comes with the start, not after it.
const inbox = createRoute({
  getParentRoute: () => appRoute,
  path: '/inbox',
  component: Inbox,
  beforeLoad: () => loadTexts(...inboxTexts),
  validateSearch: (search: RawSearch): InboxSearch => readInboxSearch(search),
})

export const inboxRoutes = [home, inbox] as const
