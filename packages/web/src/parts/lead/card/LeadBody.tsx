import { useState } from 'react'
import type { HeldDetails } from '../../../data/lead/apply-to-details.ts'
import { t } from '../../../i18n/t.ts'
import { Tabs } from '../../Tabs.tsx'
import { useMedia } from '../../use-media.ts'
import { LeadFacts } from './LeadFacts.tsx'
import { LeadFeed } from './LeadFeed.tsx'
import { useLeadKeys } from './use-lead-keys.ts'

interface Props {
  lead: HeldDetails
  /** Another conversation opens: what lies over it should go. */
  onLeave: () => void
  /** It stands in a sheet: its keys act while that has the keyboard. */
  isInLayer?: boolean
}

/** Narrower, the two halves take turns. */
const TWO_HALVES = '(min-width: 900px)'

/** A lead whole: what it is on the left, what happened with it on the right. */
export function LeadBody({ lead, onLeave, isInLayer = false }: Props) {
  const hasRoom = useMedia(TWO_HALVES)
  const [half, setHalf] = useState<'facts' | 'feed'>('facts')
  useLeadKeys(lead, { isInLayer, isFeedShown: hasRoom || half === 'feed', onHalf: setHalf })
  const facts = (
    <div
      data-pane
      tabIndex={-1}
      className={
        hasRoom
          ? 'w-90 shrink-0 overflow-y-auto border-e border-line outline-none'
          : 'min-h-0 flex-1 overflow-y-auto outline-none'
      }
    >
      <LeadFacts lead={lead} onLeave={onLeave} />
    </div>
  )
  const feed = <LeadFeed leadId={lead.id} chats={lead.chats} />
  if (hasRoom)
    return (
      <div className="flex h-full min-h-0">
        {facts}
        {feed}
      </div>
    )
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Tabs
        label={t('card.halves')}
        value={half}
        onChange={setHalf}
        tabs={[
          { value: 'facts', label: t('card.facts') },
          { value: 'feed', label: t('card.feed') },
        ]}
        className="shrink-0 border-b border-line"
      />
      {half === 'facts' ? facts : feed}
    </div>
  )
}
