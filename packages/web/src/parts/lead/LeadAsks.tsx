import { useQueryClient } from '@tanstack/react-query'
import { moveWithUndo } from './act-on-lead.ts'
import { endAsking, useLeadAsk } from './ask.ts'
import { LinkDialog } from './LinkDialog.tsx'
import { MissingDialog } from './MissingDialog.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { StageDialog } from './StageDialog.tsx'

/** What is asked before a lead goes on, whatever scene it is asked on. */
export function LeadAsks() {
  const ask = useLeadAsk((state) => state.ask)
  const client = useQueryClient()
  switch (ask?.kind) {
    case undefined:
      return null
    case 'reason':
      return <ReasonDialog key={ask.lead.id} {...ask} onClose={endAsking} />
    case 'missing':
      return <MissingDialog key={ask.lead.id} {...ask} onClose={endAsking} />
    case 'link':
      return <LinkDialog key={ask.lead.id} lead={ask.lead} onClose={endAsking} />
    case 'move':
      return (
        <StageDialog
          key={ask.lead.id}
          lead={ask.lead}
          onClose={endAsking}
          onChoose={(move) => void moveWithUndo(client, ask.lead, move)}
        />
      )
  }
}
