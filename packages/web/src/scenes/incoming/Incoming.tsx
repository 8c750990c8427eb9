import type { LeadId } from '@parley/protocol/model'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { t } from '../../i18n/t.ts'
import { IncomingList } from '../../parts/lead/IncomingList.tsx'
import { LeadSheet } from '../../parts/lead/LeadSheet.tsx'
import { SceneFrame } from '../../parts/SceneFrame.tsx'
import { useTitle } from '../../shell/use-title.ts'

/** What came in and nobody has taken yet. */
export function Incoming() {
  useTitle(t('incoming.title'))
  const { lead } = useSearch({ strict: false }) as { lead?: LeadId }
  const navigate = useNavigate()
  return (
    <SceneFrame title={t('incoming.title')} isFixed>
      <IncomingList />
      <LeadSheet id={lead} onClose={() => void navigate({ to: '/incoming', search: {}, replace: true })} />
    </SceneFrame>
  )
}
