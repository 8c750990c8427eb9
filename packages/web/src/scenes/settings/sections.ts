import type { Me } from '@parley/protocol/model'
import {
  BadgeCheck,
  Bell,
  Blocks,
  Building2,
  Cable,
  CalendarClock,
  CircleUser,
  Laptop,
  type LucideIcon,
  MessageSquareText,
  Rows3,
  ScrollText,
  ShieldCheck,
  SquareKanban,
  Tags,
  UserCog,
  Users,
  UsersRound,
  Waypoints,
} from 'lucide-react'
import type { ComponentType, LazyExoticComponent } from 'react'
import { lazyWithTexts } from '../../i18n/lazy-with-texts.ts'
import type { TextKey } from '../../i18n/t.ts'

export const SECTION_GROUPS = ['you', 'team', 'work', 'account', 'installation'] as const
export type SectionGroup = (typeof SECTION_GROUPS)[number]

/** A page of the settings, at `/settings/{id}`. */
export interface SettingsSection {
  id: string
  /** Of the namespace `settings`, which the list is written in. */
  label: TextKey
  icon: LucideIcon
  group: SectionGroup
  /** Who may open it; others do not see it in the list. */
  isFor: (me: Me) => boolean
  /** Who they are, for those who open it by its address; absent: admins. */
  audience?: 'operators'
  /** Its things have addresses of their own: `/settings/{id}/{part}`. */
  hasParts?: true
  component: LazyExoticComponent<ComponentType>
}

const everyone = () => true
const operators = ({ isOperator }: Me) => isOperator
const admins = ({ user }: Me) => user.role === 'admin'

/** In the order of the list. A new page is a line here, its texts, and a component that draws a `SettingsPage`. */
export const SECTIONS: readonly SettingsSection[] = [
  {
    ...{ id: 'profile', label: 'settings.profile', icon: CircleUser, group: 'you', isFor: everyone },
    component: lazyWithTexts(() => import('./profile/Profile.tsx'), 'Profile', ['settings', 'people']),
  },
  {
    ...{ id: 'security', label: 'settings.security', icon: ShieldCheck, group: 'you', isFor: everyone },
    component: lazyWithTexts(() => import('./security/SecuritySection.tsx'), 'SecuritySection', [
      'settings',
      'security',
    ]),
  },
  {
    ...{ id: 'sessions', label: 'settings.sessions', icon: Laptop, group: 'you', isFor: everyone },
    component: lazyWithTexts(() => import('./sessions/Sessions.tsx'), 'Sessions', ['settings', 'security']),
  },
  {
    ...{ id: 'notifications', label: 'settings.notifications', icon: Bell, group: 'you', isFor: everyone },
    component: lazyWithTexts(() => import('./notifications/NotificationsSection.tsx'), 'NotificationsSection', [
      'settings',
      'notifications',
      'notice-settings',
    ]),
  },
  {
    ...{ id: 'users', label: 'settings.users', icon: Users, group: 'team', isFor: admins },
    component: lazyWithTexts(() => import('./users/UsersSection.tsx'), 'UsersSection', ['settings', 'people']),
  },
  {
    ...{ id: 'roles', label: 'settings.roles', icon: UserCog, group: 'team', isFor: admins },
    component: lazyWithTexts(() => import('./roles/Roles.tsx'), 'Roles', ['settings', 'people']),
  },
  {
    ...{ id: 'groups', label: 'settings.groups', icon: UsersRound, group: 'team', isFor: admins },
    component: lazyWithTexts(() => import('./groups/Groups.tsx'), 'Groups', ['settings', 'people']),
  },
  {
    ...{ id: 'templates', label: 'settings.templates', icon: MessageSquareText, group: 'work', isFor: everyone },
    component: lazyWithTexts(() => import('./templates/TemplatesSection.tsx'), 'TemplatesSection', [
      'settings',
      'templates',
      'thread',
    ]),
  },
  {
    ...{ id: 'pipelines', label: 'settings.pipelines', icon: SquareKanban, group: 'work', isFor: admins },
    component: lazyWithTexts(() => import('./pipelines/PipelinesSection.tsx'), 'PipelinesSection', [
      'settings',
      'pipelines',
      'lead',
    ]),
  },
  {
    ...{ id: 'fields', label: 'settings.fields', icon: Rows3, group: 'work', isFor: admins },
    component: lazyWithTexts(() => import('./fields/FieldsSection.tsx'), 'FieldsSection', [
      'settings',
      'work-settings',
      'pipelines',
    ]),
  },
  {
    ...{ id: 'tags', label: 'settings.tags', icon: Tags, group: 'work', isFor: admins },
    component: lazyWithTexts(() => import('./tags/TagsSection.tsx'), 'TagsSection', ['settings', 'work-settings']),
  },
  {
    ...{ id: 'channels', label: 'settings.channels', icon: Cable, group: 'work', isFor: admins, hasParts: true },
    component: lazyWithTexts(() => import('./channels/ChannelsSection.tsx'), 'ChannelsSection', [
      'settings',
      'channels',
      'work-settings',
    ]),
  },
  {
    ...{ id: 'sources', label: 'settings.sources', icon: Waypoints, group: 'work', isFor: admins },
    component: lazyWithTexts(() => import('./sources/SourcesSection.tsx'), 'SourcesSection', [
      'settings',
      'work-settings',
    ]),
  },
  {
    ...{ id: 'account', label: 'settings.account', icon: Building2, group: 'account', isFor: admins },
    component: lazyWithTexts(() => import('./account/AccountSection.tsx'), 'AccountSection', ['settings', 'people']),
  },
  {
    ...{ id: 'hours', label: 'settings.hours', icon: CalendarClock, group: 'account', isFor: admins },
    component: lazyWithTexts(() => import('./hours/HoursSection.tsx'), 'HoursSection', ['settings', 'hours']),
  },
  {
    ...{ id: 'integrations', label: 'settings.integrations', icon: Blocks, group: 'account', isFor: admins },
    component: lazyWithTexts(() => import('./integrations/IntegrationsSection.tsx'), 'IntegrationsSection', [
      'settings',
      'integrations',
    ]),
  },
  {
    ...{ id: 'audit', label: 'settings.audit', icon: ScrollText, group: 'account', isFor: admins },
    component: lazyWithTexts(() => import('./audit/Audit.tsx'), 'Audit', ['settings', 'audit']),
  },
  {
    ...{ id: 'registrations', label: 'settings.registrations', icon: BadgeCheck, isFor: operators },
    ...{ group: 'installation', audience: 'operators' },
    component: lazyWithTexts(() => import('./registrations/Registrations.tsx'), 'Registrations', [
      'settings',
      'channels',
      'registrations',
    ]),
  },
]

export const findSection = (id: string | undefined): SettingsSection | undefined =>
  SECTIONS.find((one) => one.id === id)
