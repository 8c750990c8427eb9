import type { MessageStatus } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { Check, CheckCheck, CircleAlert, Clock } from 'lucide-react'
import { type TextKey, t } from '../i18n/t.ts'

/** `sending` is a reply the server has not taken yet. */
export type ShownStatus = MessageStatus | 'sending'

const LOOKS = {
  sending: { Icon: Clock, label: 'tick.sending', color: 'text-ink-3' },
  queued: { Icon: Clock, label: 'tick.sending', color: 'text-ink-3' },
  sent: { Icon: Check, label: 'tick.sent', color: 'text-ink-3' },
  delivered: { Icon: CheckCheck, label: 'tick.delivered', color: 'text-ink-3' },
  read: { Icon: CheckCheck, label: 'tick.read', color: 'text-accent-ink' },
  failed: { Icon: CircleAlert, label: 'tick.failed', color: 'text-bad' },
} satisfies Record<Exclude<ShownStatus, 'received'>, { Icon: typeof Clock; label: TextKey; color: string }>

/** How far a message of ours got. */
export function Tick({ status }: { status: ShownStatus }) {
  if (status === 'received') return null
  const { Icon, label, color } = LOOKS[status]
  return <Icon role="img" aria-label={t(label)} className={clsx('size-3.5 shrink-0', color)} />
}
