import { LeadSheet } from '../../parts/lead/LeadSheet.tsx'
import { useBoardSearch } from './use-board-search.ts'

/** The lead that the address names, beside the board. */
export function OpenLead() {
  const { search, change } = useBoardSearch()
  return <LeadSheet id={search.lead} onClose={() => change({ lead: undefined })} />
}
