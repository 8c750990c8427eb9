import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import type { PipelineStage } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { CircleCheck, CircleX } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { leadOf, type Over, zoneDataOf } from './drag-data.ts'

interface Props {
  stages: readonly PipelineStage[]
  over: Over | null
}

/** At the foot while a card is dragged: won and lost, whatever columns are shown. */
export function DropZones({ stages, over }: Props) {
  const ends = stages.filter(({ kind }) => kind === 'won' || kind === 'lost')
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-0 z-20 flex justify-center gap-2 p-3">
      {ends.map((stage) => (
        <Zone key={stage.id} stage={stage} isOver={over?.kind === 'zone' && over.stageId === stage.id} />
      ))}
    </div>
  )
}

function Zone({ stage, isOver }: { stage: PipelineStage; isOver: boolean }) {
  const element = useRef<HTMLDivElement>(null)
  const { id, kind, name } = stage
  useEffect(() => {
    if (!element.current) return
    return dropTargetForElements({
      element: element.current,
      canDrop: ({ source }) => leadOf(source.data) !== undefined,
      getData: () => zoneDataOf(id),
    })
  }, [id])
  const Icon = kind === 'won' ? CircleCheck : CircleX
  return (
    <div
      ref={element}
      className={clsx(
        'pointer-events-auto flex h-14 w-full max-w-72 items-center justify-center gap-2 rounded-lg font-semibold shadow-pop transition-colors',
        kind === 'won' ? 'text-ok' : 'text-bad',
        isOver ? (kind === 'won' ? 'bg-ok-soft' : 'bg-bad-soft') : 'bg-raised',
        isOver && 'outline-2 outline-current',
      )}
    >
      <Icon size={18} aria-hidden="true" />
      <bdi className="truncate">{name}</bdi>
    </div>
  )
}
