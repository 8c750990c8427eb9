import type { LeadId } from '@parley/protocol/model'
import { Link, useNavigate } from '@tanstack/react-router'
import { Maximize2 } from 'lucide-react'
import { Suspense } from 'react'
import type { HeldDetails } from '../../data/lead/apply-to-details.ts'
import { useLeadDetails } from '../../data/lead/lead-details.ts'
import { lazyWithTexts } from '../../i18n/lazy-with-texts.ts'
import { t } from '../../i18n/t.ts'
import { Sheet } from '../Sheet.tsx'
import { SkeletonRows } from '../SkeletonRows.tsx'
import { useShortcuts } from '../shortcuts/use-shortcuts.ts'
import { LEAD_TEXTS } from './card/lead-texts.ts'

const load = () => import('./card/LeadOf.tsx')
const LeadOf = lazyWithTexts(load, 'LeadOf', LEAD_TEXTS)
const LeadMenu = lazyWithTexts(() => import('./card/LeadMenu.tsx'), 'LeadMenu', LEAD_TEXTS)

interface Props {
  id: LeadId | undefined
  onClose: () => void
}

/** A lead beside a board or a list, which stay as they are. */
export function LeadSheet({ id, onClose }: Props) {
  return (
    <Sheet
      isOpen={id !== undefined}
      onClose={onClose}
      isModal={false}
      size="lg"
      title={id === undefined ? t('lead.label') : t('lead.number', { id: String(id) })}
      actions={id !== undefined && <Actions key={id} id={id} />}
    >
      {id !== undefined && (
        <Suspense fallback={<SkeletonRows count={6} />}>
          <LeadOf key={id} id={id} onLeave={onClose} isInLayer />
        </Suspense>
      )}
    </Sheet>
  )
}

function Actions({ id }: { id: LeadId }) {
  const navigate = useNavigate()
  const lead: HeldDetails | null | undefined = useLeadDetails(id).data
  const to = { to: '/leads/$leadId', params: { leadId: String(id) } } as const
  useShortcuts([{ keys: 'o', label: 'lead.openPage', group: 'pipeline', run: () => void navigate(to) }], {
    isInLayers: true,
  })
  return (
    <>
      <Link
        {...to}
        aria-label={t('lead.openPage')}
        title={`${t('lead.openPage')} (O)`}
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:size-10"
      >
        <Maximize2 size={17} aria-hidden="true" />
      </Link>
      {lead && (
        <Suspense>
          <LeadMenu lead={lead} />
        </Suspense>
      )}
    </>
  )
}
