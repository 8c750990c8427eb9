import type { Lead, LeadId } from '@parley/protocol/model'
import type { BoardData } from '../../data/board/board-data.ts'
import { BulkDecision } from '../../parts/lead/BulkDecision.tsx'

interface Props {
  data: BoardData
  selected: ReadonlySet<LeadId>
  onDone: () => void
}

/** What can be done with the incoming leads that are selected. Those that somebody decided about meanwhile are none any more. */
export function BulkBar({ data, selected, onDone }: Props) {
  const leads = Object.values(data.columns)
    .flatMap(({ cards }) => cards)
    .map((card): Lead => card.lead)
    .filter(({ id, isIncoming }) => isIncoming && selected.has(id))
  return leads.length === 0 ? null : <BulkDecision leads={leads} onDone={onDone} />
}
