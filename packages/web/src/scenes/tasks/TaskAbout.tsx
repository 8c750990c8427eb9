import type { Task } from '@parley/protocol/model'
import { Link } from '@tanstack/react-router'
import { SquareKanban, UserRound } from 'lucide-react'
import { t } from '../../i18n/t.ts'

const LINK = 'flex min-w-0 items-center gap-1 rounded-sm text-ink-2 underline-offset-2 hover:text-ink hover:underline'

/** What a task is about, one press away. */
export function TaskAbout({ task: { lead, contact } }: { task: Task }) {
  if (!lead && !contact) return null
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-xs">
      {lead && (
        <Link to="/leads/$leadId" params={{ leadId: String(lead.id) }} className={LINK}>
          <SquareKanban size={12} aria-hidden="true" className="shrink-0" />
          <span className="sr-only">{t('tasks.lead')}:</span>
          <bdi className="truncate">{lead.title}</bdi>
        </Link>
      )}
      {contact && (
        <Link to="/contacts/$contactId" params={{ contactId: String(contact.id) }} className={LINK}>
          <UserRound size={12} aria-hidden="true" className="shrink-0" />
          <span className="sr-only">{t('tasks.contact')}:</span>
          <bdi className="truncate">{contact.name}</bdi>
        </Link>
      )}
    </p>
  )
}
