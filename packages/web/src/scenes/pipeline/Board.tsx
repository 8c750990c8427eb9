import type { Lead, LeadFilter, LeadId, Pipeline } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import type { BoardData } from '../../data/board/board-data.ts'
import { useBoard } from '../../data/board/board-queries.ts'
import { t } from '../../i18n/t.ts'
import { moveWithUndo } from '../../parts/lead/act-on-lead.ts'
import { Problem } from '../../parts/Notice.tsx'
import { useNow } from '../../parts/use-now.ts'
import { BoardColumn } from './BoardColumn.tsx'
import { BoardSkeleton } from './BoardSkeleton.tsx'
import { BulkBar } from './BulkBar.tsx'
import { CardMenu } from './CardMenu.tsx'
import { DropZones } from './DropZones.tsx'
import type { Over } from './drag-data.ts'
import { planDrop } from './plan-drop.ts'
import { toShownColumns } from './shown-columns.ts'
import { useBoardDrag } from './use-board-drag.ts'
import { useBoardFocus } from './use-board-focus.ts'
import { useBoardKeys } from './use-board-keys.ts'
import { usePicked } from './use-picked.ts'

interface Props {
  pipeline: Pipeline
  filter: LeadFilter
}

/** The stages side by side, each with its cards. */
export function Board({ pipeline, filter }: Props) {
  const query = useBoard(pipeline.id, filter)
  if (query.isPending) return <BoardSkeleton />
  if (query.data === undefined)
    return <Problem title={t('pipeline.failed')} error={query.error} onRetry={() => void query.refetch()} />
  return <Columns pipeline={pipeline} filter={filter} data={query.data} />
}

function Columns({ pipeline, filter, data }: Props & { data: BoardData }) {
  const client = useQueryClient()
  const scroller = useRef<HTMLElement>(null)
  const now = useNow()
  const [selected, setSelected] = useState<ReadonlySet<LeadId>>(new Set())
  const [menu, setMenu] = useState<{ lead: Lead; anchor: HTMLElement } | null>(null)
  const carrying = usePicked()
  const stages = useShownStages(pipeline, filter)
  const columns = useMemo(() => toShownColumns(stages, data, carrying.picked), [stages, data, carrying.picked])
  const focus = useBoardFocus(scroller, columns)

  function dropAt(lead: Lead, over: Over) {
    const cards = columns.find(({ stage }) => stage.id === over.stageId)?.cards ?? []
    const index = over.kind === 'zone' ? 0 : indexOf(over, lead, cards)
    const move = index === undefined ? undefined : planDrop(pipeline, lead, { stageId: over.stageId, index }, cards)
    if (move) void moveWithUndo(client, lead, move)
  }

  function toggle(id: LeadId) {
    setSelected((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }

  const dragged = useBoardDrag(scroller, true, dropAt)
  useBoardKeys({
    pipeline,
    data,
    columns,
    focus,
    carrying,
    onSelect: toggle,
    hasSelection: selected.size > 0,
    onClear: () => setSelected(new Set()),
  })
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <section
        ref={scroller}
        data-pane
        aria-label={t('pipeline.boardOf', { name: pipeline.name })}
        className="flex min-h-0 flex-1 gap-1 overflow-x-auto overflow-y-hidden p-2 max-md:snap-x max-md:snap-mandatory max-md:scroll-px-2"
      >
        {columns.map(({ stage, cards, count, hasMore }) => (
          <BoardColumn
            key={stage.id}
            stage={stage}
            cards={cards}
            count={count}
            hasMore={hasMore}
            pipelineId={pipeline.id}
            filter={filter}
            now={now}
            activeId={focus.activeId}
            focusTick={focus.tick}
            pickedId={carrying.picked?.lead.id}
            draggedId={dragged?.lead.id}
            over={dragged?.over?.kind === 'place' && dragged.over.stageId === stage.id ? dragged.over : null}
            selected={stage.kind === 'incoming' ? selected : NOTHING}
            onFocus={focus.setActive}
            onMenu={setMenu}
            onSelect={toggle}
          />
        ))}
      </section>
      {dragged && <DropZones stages={pipeline.stages} over={dragged.over} />}
      {selected.size > 0 && <BulkBar data={data} selected={selected} onDone={() => setSelected(new Set())} />}
      {menu && <CardMenu {...menu} pipeline={pipeline} onSelect={toggle} onClose={() => setMenu(null)} />}
      <p role="status" className="sr-only">
        {carrying.announcement}
      </p>
    </div>
  )
}

const NOTHING: ReadonlySet<LeadId> = new Set()

function useShownStages({ stages }: Pipeline, filter: LeadFilter) {
  return useMemo(() => stages.filter(({ id }) => !filter.stage || filter.stage.includes(id)), [stages, filter.stage])
}

/** Among the other cards of the column; undefined on the card itself. */
function indexOf(
  over: Extract<Over, { kind: 'place' }>,
  lead: Lead,
  cards: readonly { lead: Lead }[],
): number | undefined {
  const others = cards.filter((card) => card.lead.id !== lead.id)
  if (over.leadId === undefined) return others.length
  if (over.leadId === lead.id) return undefined
  const index = others.findIndex((card) => card.lead.id === over.leadId)
  return index === -1 ? undefined : index + (over.edge === 'bottom' ? 1 : 0)
}
