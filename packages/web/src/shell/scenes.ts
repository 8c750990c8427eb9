import type { Me } from '@parley/protocol/model'
import type { LinkProps } from '@tanstack/react-router'
import {
  ChartNoAxesColumn,
  CodeXml,
  ContactRound,
  Inbox,
  ListTodo,
  type LucideIcon,
  MessagesSquare,
  Search,
  Settings,
  SquareKanban,
} from 'lucide-react'
import type { TextKey } from '../i18n/t.ts'

/** A destination of the rail. */
export interface SceneEntry {
  id: string
  to: NonNullable<LinkProps['to']>
  icon: LucideIcon
  label: TextKey
  /** After `G`. */
  key: string
  /** Who may see it. */
  isFor: (me: Me) => boolean
}

const everyone = () => true

/** In the order of the rail. A new scene is a line here, a route and its texts; the bars, `G` and the palette follow. */
const SCENES: readonly SceneEntry[] = [
  { id: 'inbox', to: '/inbox', icon: MessagesSquare, label: 'nav.inbox', key: 'i', isFor: everyone },
  { id: 'pipeline', to: '/pipeline', icon: SquareKanban, label: 'nav.pipeline', key: 'p', isFor: everyone },
  {
    id: 'contacts',
    to: '/contacts',
    icon: ContactRound,
    label: 'nav.contacts',
    key: 'c',
    // Who may see a lead sees its contact.
    isFor: everyone,
  },
  {
    id: 'incoming',
    to: '/incoming',
    icon: Inbox,
    label: 'nav.incoming',
    key: 'n',
    isFor: ({ rights }) => rights.incoming,
  },
  {
    id: 'tasks',
    to: '/tasks',
    icon: ListTodo,
    label: 'nav.tasks',
    key: 't',
    isFor: ({ rights }) => rights.tasks.view !== 'none',
  },
  {
    id: 'analytics',
    to: '/analytics',
    icon: ChartNoAxesColumn,
    label: 'nav.analytics',
    key: 'a',
    isFor: ({ rights }) => rights.figures !== 'none',
  },
  { id: 'search', to: '/search', icon: Search, label: 'nav.search', key: 'f', isFor: everyone },
  {
    id: 'developer',
    to: '/developer',
    icon: CodeXml,
    label: 'nav.developer',
    key: 'd',
    isFor: ({ user }) => user.role === 'admin',
  },
  { id: 'settings', to: '/settings', icon: Settings, label: 'nav.settings', key: 's', isFor: everyone },
]

export const listScenes = (me: Me): SceneEntry[] => SCENES.filter(({ isFor }) => isFor(me))

/** Whether an address lies in a scene. */
export const isInScene = ({ to }: SceneEntry, pathname: string): boolean =>
  pathname === to || pathname.startsWith(`${to}/`)
