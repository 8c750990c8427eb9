import type { Notification, NotificationKind } from '@parley/protocol/model'
import {
  AlarmClock,
  AtSign,
  BadgeCheck,
  CircleAlert,
  Inbox,
  ListTodo,
  type LucideIcon,
  MessageSquare,
  SquareKanban,
  Unplug,
  UserCheck,
} from 'lucide-react'
import { t } from '../../i18n/t.ts'

/** In the order lists of kinds have. */
export const NOTICE_ICONS: Record<NotificationKind, LucideIcon> = {
  incoming_lead: Inbox,
  new_message: MessageSquare,
  mention: AtSign,
  assigned: UserCheck,
  task_assigned: ListTodo,
  task_due: AlarmClock,
  delivery_failed: CircleAlert,
  lead_stage: SquareKanban,
  channel_failing: Unplug,
  channel_decided: BadgeCheck,
}

export const NOTICE_KINDS = Object.keys(NOTICE_ICONS) as NotificationKind[]

/** Something went wrong. */
export const isTrouble = (kind: NotificationKind) => kind === 'delivery_failed' || kind === 'channel_failing'

/** What happened, and who did it: `Max Berg mentioned you`. */
export const sayWhat = ({ kind, actor, decision }: Pick<Notification, 'kind' | 'actor' | 'decision'>): string =>
  kind === 'channel_decided'
    ? t(`notifications.what.channel_decided.${decision ?? 'approved'}`)
    : t(`notifications.what.${kind}`, { actor: actor?.name ?? t('notifications.somebody') })

/** As a desktop notification says it. */
export function sayAloud(notification: Notification, isTextHidden: boolean): { title: string; text: string } {
  if (isTextHidden) return { title: t(`notifications.kind.${notification.kind}`), text: '' }
  const { kind, title, text } = notification
  if (kind === 'new_message') return { title, text }
  return { title: `${title}: ${sayWhat(notification)}`, text }
}
