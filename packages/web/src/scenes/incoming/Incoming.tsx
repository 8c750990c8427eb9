import { t } from '../../i18n/t.ts'
import { IncomingList } from '../../parts/lead/IncomingList.tsx'
import { SceneFrame } from '../../parts/SceneFrame.tsx'
import { useTitle } from '../../shell/use-title.ts'

/** What came in and nobody has taken yet. */
export function Incoming() {
  useTitle(t('incoming.title'))
  return (
    <SceneFrame title={t('incoming.title')} isFixed>
      <IncomingList />
    </SceneFrame>
  )
}
