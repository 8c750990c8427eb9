import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'
import type { Lead, LeadCard, LeadFilter, LeadId, PipelineId, PipelineStage } from '@parley/protocol/model'
import { defaultRangeExtractor, type Range, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { clsx } from 'clsx'
import { memo, type RefObject, useEffect, useRef } from 'react'
import type { Count } from '../../data/board/board-data.ts'
import { useMoreCards } from '../../data/board/board-queries.ts'
import { t } from '../../i18n/t.ts'
import { ProblemLine } from '../../parts/Notice.tsx'
import { BoardCard } from './BoardCard.tsx'
import { ColumnHead } from './ColumnHead.tsx'
import { columnDataOf, leadOf, type Over } from './drag-data.ts'

interface Props {
  stage: PipelineStage
  cards: readonly LeadCard[]
  count: Count
  hasMore: boolean
  pipelineId: PipelineId
  filter: LeadFilter
  now: number
  activeId: LeadId | undefined
  focusTick: number
  pickedId: LeadId | undefined
  draggedId: LeadId | undefined
  over: Extract<Over, { kind: 'place' }> | null
  selected: ReadonlySet<LeadId>
  onFocus: (id: LeadId) => void
  onMenu: (of: { lead: Lead; anchor: HTMLElement }) => void
  onSelect: (id: LeadId) => void
}

const ESTIMATE = 112
const GAP = 8
/** Cards from the end at which the next page is asked for. */
const AHEAD = 10

/** One stage: its cards scroll by themselves, and only those in view are drawn. */
export const BoardColumn = memo(function BoardColumn(props: Props) {
  const { stage, cards, count, over } = props
  const { scroller, virtualizer, state, more } = useColumn(props)
  const isEndTarget = over !== null && over.leadId === undefined
  return (
    <section
      aria-label={t('pipeline.columnOf', { name: stage.name, count: count.leads })}
      className={clsx(
        'flex w-[272px] shrink-0 flex-col rounded-lg max-md:w-[calc(100vw-32px)] max-md:snap-start',
        stage.kind === 'incoming' && 'hatched',
        over && 'bg-selected',
      )}
    >
      <ColumnHead stage={stage} count={count} />
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto px-1.5 pt-0.5 [overflow-anchor:none]">
        <Cards {...props} virtualizer={virtualizer} />
        {isEndTarget && <span className="block h-[3px] rounded-full bg-accent" />}
        {state === 'failed' && <ProblemLine title={t('pipeline.moreFailed')} onRetry={more} />}
        {cards.length === 0 && !over && (
          <p className="px-2 py-6 text-center text-xs text-ink-3">
            {t(stage.kind === 'incoming' ? 'pipeline.noIncoming' : 'pipeline.noLeads')}
          </p>
        )}
      </div>
    </section>
  )
})

function Cards(props: Props & { virtualizer: Virtualizer<HTMLDivElement, Element> }) {
  const { cards, hasMore, activeId, over, draggedId, virtualizer } = props
  return (
    <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ key, index, start }) => {
        const card = cards[index]!
        const { id } = card.lead
        const isActive = id === activeId
        return (
          <li
            key={key}
            aria-setsize={hasMore ? -1 : cards.length}
            aria-posinset={index + 1}
            data-index={index}
            ref={virtualizer.measureElement}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${start}px)` }}
          >
            <BoardCard
              card={card}
              now={props.now}
              isActive={isActive}
              focusTick={isActive ? props.focusTick : 0}
              isPicked={id === props.pickedId}
              isDragged={id === draggedId}
              isSelected={props.selected.has(id)}
              edge={over?.leadId === id && id !== draggedId ? over.edge : null}
              onFocus={props.onFocus}
              onMenu={props.onMenu}
              onSelect={props.onSelect}
            />
          </li>
        )
      })}
    </ul>
  )
}

function useColumn({ stage, cards, hasMore, pipelineId, filter, activeId, focusTick, draggedId }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const activeIndex = cards.findIndex(({ lead }) => lead.id === activeId)
  const kept = [activeIndex, cards.findIndex(({ lead }) => lead.id === draggedId)].filter((index) => index !== -1)
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: cards.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => cards[index]!.lead.id,
    estimateSize: () => ESTIMATE,
    gap: GAP,
    paddingEnd: GAP,
    overscan: 4,
    // The card with the keyboard, and the one in the hand, stay drawn wherever the column is scrolled to.
    rangeExtractor: (range: Range) => [...new Set([...defaultRangeExtractor(range), ...kept])].sort((a, b) => a - b),
  })
  useColumnDrop(scroller, stage)
  useEffect(() => {
    if (focusTick > 0 && activeIndex !== -1) virtualizer.scrollToIndex(activeIndex, { align: 'auto' })
  }, [focusTick, activeIndex, virtualizer])
  const lastDrawn = virtualizer.getVirtualItems().at(-1)?.index ?? 0
  const { state, more } = useMoreCards({ pipelineId, filter }, stage.id)
  useEffect(() => {
    if (hasMore && state === 'idle' && lastDrawn > cards.length - AHEAD) more()
  }, [hasMore, state, lastDrawn, cards.length, more])
  return { scroller, virtualizer, state, more }
}

/** Under the last card, too, one can be dropped; near an edge the column scrolls. */
function useColumnDrop(scroller: RefObject<HTMLDivElement | null>, stage: PipelineStage): void {
  const { id, kind } = stage
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const isLead = ({ source }: { source: { data: Record<string | symbol, unknown> } }) =>
      leadOf(source.data) !== undefined
    return combine(
      autoScrollForElements({ element, canScroll: isLead }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => {
          const lead = leadOf(source.data)
          return lead !== undefined && (kind !== 'incoming' || lead.isIncoming)
        },
        getData: () => columnDataOf(id),
      }),
    )
  }, [scroller, id, kind])
}
