import type { IncomingCard, LeadId } from '@parley/protocol/model'
import { useNavigate } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useIncoming } from '../../data/board/board-queries.ts'
import type { IncomingWish } from '../../data/board/endpoints.ts'
import type { IncomingData } from '../../data/board/incoming-data.ts'
import { t } from '../../i18n/t.ts'
import { Notice, Problem, ProblemLine } from '../Notice.tsx'
import { SkeletonRows } from '../SkeletonRows.tsx'
import { PHONE, useMedia } from '../use-media.ts'
import { useNow } from '../use-now.ts'
import { BulkDecision } from './BulkDecision.tsx'
import { IncomingRow, ROW_HEIGHT, TALL_ROW_HEIGHT } from './IncomingRow.tsx'
import { IncomingTools } from './IncomingTools.tsx'
import { useIncomingKeys } from './use-incoming-keys.ts'

/** Every incoming lead of every pipeline, with what it began with and who it could be. One key each decides about one. */
export function IncomingList() {
  const [wish, setWish] = useState<IncomingWish>(EVERYTHING)
  const { query, more } = useIncoming(wish)
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <IncomingTools wish={wish} onChange={setWish} counts={query.data?.counts ?? []} />
      {query.isPending && <SkeletonRows count={8} height={ROW_HEIGHT} hasDisc />}
      {query.isError && !query.data && (
        <Problem title={t('incoming.failed')} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data?.cards.length === 0 && <Notice title={t('incoming.none')} hint={t('incoming.noneHint')} />}
      {query.data && query.data.cards.length > 0 && <Rows data={query.data} more={more} />}
    </div>
  )
}

const EVERYTHING: IncomingWish = {}

interface RowsProps {
  data: IncomingData
  more: ReturnType<typeof useIncoming>['more']
}

const AHEAD = 10

function Rows({ data, more }: RowsProps) {
  const { cards, next } = data
  const now = useNow()
  const scroller = useRef<HTMLDivElement>(null)
  const height = useMedia(PHONE) ? TALL_ROW_HEIGHT : ROW_HEIGHT
  const [chosen, setChosen] = useState<ReadonlySet<LeadId>>(new Set())
  const selected = useMemo(() => cards.filter(({ lead }) => chosen.has(lead.id)), [cards, chosen])
  const virtualizer = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => cards[index]!.lead.id,
    estimateSize: () => height,
    overscan: 8,
  })

  function toggle({ lead }: IncomingCard) {
    setChosen((before) => {
      const after = new Set(before)
      if (!after.delete(lead.id)) after.add(lead.id)
      return after
    })
  }

  // Measured anew when the rows are of another height.
  useEffect(() => {
    if (height > 0) virtualizer.measure()
  }, [virtualizer, height])
  const clear = () => setChosen(new Set())
  const navigate = useNavigate()
  const open = ({ lead }: IncomingCard) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, lead: lead.id }) } as unknown as { to: '.' })
  const { activeId, setActive, tick } = useIncomingKeys({
    scroller,
    cards,
    virtualizer,
    onSelect: toggle,
    onOpen: open,
    onClear: selected.length > 0 ? clear : undefined,
  })
  const items = virtualizer.getVirtualItems()
  const lastDrawn = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (next !== null && more.state === 'idle' && lastDrawn > cards.length - AHEAD) more.more()
  }, [next, more, lastDrawn, cards.length])

  return (
    <>
      <div ref={scroller} data-pane className="min-h-0 flex-1 overflow-y-auto [overflow-anchor:none]">
        <ul aria-label={t('incoming.title')} className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ key, index, start }) => {
            const card = cards[index]!
            const isActive = card.lead.id === activeId
            return (
              <li
                key={key}
                aria-posinset={index + 1}
                aria-setsize={next === null ? cards.length : -1}
                className="absolute inset-x-0 top-0"
                style={{ height, transform: `translateY(${start}px)` }}
              >
                <IncomingRow
                  card={card}
                  now={now}
                  isActive={isActive}
                  focusTick={isActive ? tick : 0}
                  isSelected={chosen.has(card.lead.id)}
                  onFocus={setActive}
                  onSelect={toggle}
                />
              </li>
            )
          })}
        </ul>
        {more.state === 'failed' && <ProblemLine title={t('incoming.moreFailed')} onRetry={more.more} />}
      </div>
      {selected.length > 0 && <BulkDecision leads={selected.map(({ lead }) => lead)} onDone={clear} />}
    </>
  )
}
