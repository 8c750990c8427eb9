import type { Edge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/types'
import type { Lead, LeadCard, LeadId } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { Check, Ellipsis } from 'lucide-react'
import { type MouseEvent, memo, useEffect, useId, useRef } from 'react'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { money } from '../../parts/format.ts'
import { DuplicateLine } from '../../parts/lead/DuplicateLine.tsx'
import { CardFoot, CardLastLine, CardPerson, CardTask } from './CardLines.tsx'
import { IncomingActions } from './IncomingActions.tsx'
import { LeadLink } from './LeadLink.tsx'
import { useDraggableCard } from './use-draggable-card.ts'

interface Props {
  card: LeadCard
  now: number
  /** In the tab order: one card of the board is. */
  isActive: boolean
  /** Above 0, and when it rises: takes the keyboard. */
  focusTick: number
  isPicked: boolean
  isDragged: boolean
  isSelected: boolean
  /** Where the line stands that says: here it will land. */
  edge: Edge | null
  onFocus: (id: LeadId) => void
  onMenu: (of: { lead: Lead; anchor: HTMLElement }) => void
  onSelect: (id: LeadId) => void
}

export const BoardCard = memo(function BoardCard(props: Props) {
  const { card, now, isActive, focusTick, isPicked, isDragged, isSelected, edge } = props
  const { lead } = card
  const about = useId()
  const element = useRef<HTMLDivElement>(null)
  const link = useRef<HTMLAnchorElement>(null)
  useDraggableCard(element, lead)
  useEffect(() => {
    if (focusTick > 0) link.current?.focus({ preventScroll: true })
  }, [focusTick])

  function openMenu(event: MouseEvent<HTMLElement>) {
    event.preventDefault()
    props.onMenu({ lead, anchor: event.currentTarget })
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the same menu opens by its button
    <div
      ref={element}
      onContextMenu={openMenu}
      className={clsx(
        'group/card relative rounded-lg px-3 py-2.5 shadow-card transition-opacity has-[[data-card]:focus-visible]:outline-2 has-[[data-card]:focus-visible]:outline-offset-1 has-[[data-card]:focus-visible]:outline-accent',
        isSelected ? 'bg-selected' : 'bg-surface hover:bg-hover dark:bg-raised dark:hover:bg-hover',
        isDragged && 'opacity-40',
        isPicked && 'rotate-1 shadow-pop outline-2 outline-accent motion-reduce:rotate-0',
      )}
    >
      {edge && (
        <span
          className={clsx(
            'pointer-events-none absolute inset-x-0 h-[3px] rounded-full bg-accent',
            edge === 'top' ? '-top-[6px]' : '-bottom-[6px]',
          )}
        />
      )}
      <div className="flex items-start gap-2">
        {isSelected && <Check size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-accent-ink" />}
        <LeadLink
          ref={link}
          card={card}
          data-card={lead.id}
          tabIndex={isActive ? 0 : -1}
          aria-describedby={about}
          onFocus={() => props.onFocus(lead.id)}
          className="line-clamp-2 min-w-0 flex-1 font-semibold outline-none [overflow-wrap:anywhere] after:absolute after:inset-0 after:rounded-lg"
        >
          <bdi>{lead.title}</bdi>
          {isSelected && <span className="sr-only">{t('pipeline.isSelected')}</span>}
        </LeadLink>
        <Amount lead={lead} />
      </div>
      <div id={about}>
        <CardPerson card={card} now={now} />
        <CardLastLine card={card} />
        {card.duplicate && (
          <div className="mt-1">
            <DuplicateLine duplicate={card.duplicate} />
          </div>
        )}
        <CardTask card={card} now={now} />
        {hasFoot(lead) && <CardFoot card={card} now={now} />}
      </div>
      {lead.isIncoming && <IncomingActions lead={lead} isReachable={isActive} />}
      <button
        type="button"
        tabIndex={isActive ? 0 : -1}
        aria-label={t('pipeline.cardMenu', { title: lead.title })}
        aria-haspopup="menu"
        onClick={openMenu}
        className="absolute end-1.5 top-1.5 flex size-6 items-center justify-center rounded-md bg-surface text-ink-2 opacity-0 shadow-card group-hover/card:opacity-100 hover:text-ink focus-visible:opacity-100 pointer-coarse:size-10 pointer-coarse:opacity-100 pointer-coarse:shadow-none dark:bg-raised"
      >
        <Ellipsis size={15} aria-hidden="true" />
      </button>
    </div>
  )
})

/** A lead that just came has nothing to say there. */
const hasFoot = ({ isIncoming, tags, responsible }: Lead) => !isIncoming || tags.length > 0 || responsible !== null

function Amount({ lead }: { lead: Lead }) {
  const { account } = useMe()
  if (lead.price === 0) return null
  return (
    <span className="tnum shrink-0 font-semibold group-hover/card:me-6 pointer-coarse:me-9">
      {money(lead.price, account.currency)}
    </span>
  )
}
