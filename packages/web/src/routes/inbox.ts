import type { ChatId } from '@parley/protocol/model'
import { createRoute, redirect } from '@tanstack/react-router'
import type { Namespace } from '../i18n/namespaces.ts'
import { loadTexts } from '../i18n/texts.ts'
import { Inbox } from '../scenes/inbox/Inbox.tsx'
import { appRoute } from './root.ts'
import { type RawSearch, searchText } from './search.ts'

/** What the inbox is written in. */
export const inboxTexts: readonly Namespace[] = ['inbox', 'thread', 'composer', 'lead']

const home = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox', replace: true })
  },
})

interface InboxSearch {
  /** The open chat. */
  c?: ChatId
  /** A message or a note in it: the conversation opens there, and it is marked. */
  m?: string
}

// The scene most visits begin with comes with the start, not after it.
const inbox = createRoute({
  getParentRoute: () => appRoute,
  path: '/inbox',
  component: Inbox,
  beforeLoad: () => loadTexts(...inboxTexts),
  validateSearch: (search: RawSearch): InboxSearch => {
    const chatId = searchText(search.c)
    const itemId = searchText(search.m)
    return chatId === undefined ? {} : { c: chatId as ChatId, ...(itemId !== undefined && { m: itemId }) }
  },
})

export const inboxRoutes = [home, inbox] as const
