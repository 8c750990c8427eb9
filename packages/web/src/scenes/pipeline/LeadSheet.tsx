import type { Lead, LeadId } from '@parley/protocol/model'
import { Link } from '@tanstack/react-router'
import { MessagesSquare } from 'lucide-react'
import type { ComponentProps } from 'react'
import { useLeadCard } from '../../data/board/lead-card.ts'
import { t } from '../../i18n/t.ts'
import { LeadCard } from '../../parts/lead/LeadCard.tsx'
import { Notice, Problem } from '../../parts/Notice.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { useBoardSearch } from './use-board-search.ts'

/** The lead that the address names, beside the board, which stays as it is. */
export function LeadSheet() {
  const { search, change } = useBoardSearch()
  const { lead } = search
  return (
    <Sheet
      isOpen={lead !== undefined}
      onClose={() => change({ lead: undefined })}
      isModal={false}
      size="sm"
      title={t('lead.label')}
    >
      {lead !== undefined && <Body key={lead} id={lead} onLeave={() => change({ lead: undefined })} />}
    </Sheet>
  )
}

function Body({ id, onLeave }: { id: LeadId; onLeave: () => void }) {
  const query = useLeadCard(id)
  if (query.isPending) return <SkeletonRows count={6} />
  if (query.isError)
    return <Problem title={t('lead.failed')} error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Notice title={t('pipeline.leadGone')} hint={t('pipeline.leadGoneHint')} />
  const { lead, chats } = query.data
  const [chat] = chats
  const toChat = { to: '/inbox', search: { c: chat?.id } } as unknown as ComponentProps<typeof Link>
  return (
    <>
      <LeadCard lead={lead} clientSeed={chat?.client.id ?? seedOf(lead)} onLeave={onLeave} />
      {chat && (
        <p className="px-4 pb-4">
          <Link
            {...toChat}
            className="inline-flex h-8 items-center gap-1.5 rounded-md px-3 font-medium shadow-[inset_0_0_0_1px_var(--line-strong)] hover:bg-hover pointer-coarse:h-10"
          >
            <MessagesSquare size={16} aria-hidden="true" />
            {t('pipeline.toChat')}
          </Link>
        </p>
      )}
    </>
  )
}

const seedOf = ({ contact, id }: Lead) => String(contact?.id ?? id)
