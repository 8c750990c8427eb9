import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'
import type { Edge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/types'
import { clsx } from 'clsx'
import { GripVertical } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { t } from '../i18n/t.ts'

export interface SortableItem {
  id: string
  /** For its handle, and for what is said while it moves. */
  name: string
  /** Keeps its place, and nothing is put before or after it. */
  isFixed?: boolean
  /** Of several lines: its handle stands at the first. */
  isOpen?: boolean
}

interface Props<Item extends SortableItem> {
  label: string
  items: readonly Item[]
  /** `position` counts among those that can be moved. */
  onMove: (item: Item, position: number) => void
  renderItem: (item: Item) => ReactNode
  isReadOnly?: boolean
}

/** Rows in an order of people's own: dragged by the handle, or moved with arrow keys while the handle has the keyboard. */
export function SortableList<Item extends SortableItem>(props: Props<Item>) {
  const { label, items, onMove, renderItem, isReadOnly = false } = props
  const [announcement, announce] = useState('')
  const movable = items.filter(({ isFixed }) => !isFixed)

  function move(item: Item, position: number) {
    const last = movable.length - 1
    const to = Math.max(0, Math.min(last, position))
    if (to === movable.indexOf(item)) return
    onMove(item, to)
    announce(t('parts.movedTo', { name: item.name, place: to + 1, count: movable.length }))
  }

  function drop(id: string, target: Item, edge: Edge | null) {
    const item = movable.find((one) => one.id === id)
    if (!item || item === target) return
    const others = movable.filter((one) => one !== item)
    move(item, others.indexOf(target) + (edge === 'bottom' ? 1 : 0))
  }

  return (
    <>
      <ul aria-label={label}>
        {items.map((item) => (
          <SortableRow
            key={item.id}
            list={label}
            item={item}
            isMovable={!item.isFixed && !isReadOnly}
            onStep={(by) => move(item, movable.indexOf(item) + by)}
            onDrop={(id, edge) => drop(id, item, edge)}
          >
            {renderItem(item)}
          </SortableRow>
        ))}
      </ul>
      <p role="status" className="sr-only">
        {announcement}
      </p>
    </>
  )
}

interface RowProps {
  /** Only rows of one list are dropped on one another. */
  list: string
  item: SortableItem
  isMovable: boolean
  onStep: (by: 1 | -1) => void
  onDrop: (id: string, edge: Edge | null) => void
  children: ReactNode
}

function SortableRow({ list, item, isMovable, onStep, onDrop, children }: RowProps) {
  const row = useRef<HTMLLIElement>(null)
  const handle = useRef<HTMLButtonElement>(null)
  const [edge, setEdge] = useState<Edge | null>(null)
  const [isDragged, setDragged] = useState(false)
  const drop = useRef(onDrop)
  useEffect(() => {
    drop.current = onDrop
  })
  useEffect(() => {
    if (!row.current || !handle.current || !isMovable) return
    return combine(
      draggable({
        element: row.current,
        dragHandle: handle.current,
        getInitialData: () => ({ list, id: item.id }),
        onDragStart: () => setDragged(true),
        onDrop: () => setDragged(false),
      }),
      dropTargetForElements({
        element: row.current,
        canDrop: ({ source }) => source.data.list === list,
        getData: ({ input, element }) => attachClosestEdge({}, { input, element, allowedEdges: ['top', 'bottom'] }),
        onDrag: ({ self, source }) => setEdge(source.data.id === item.id ? null : extractClosestEdge(self.data)),
        onDragLeave: () => setEdge(null),
        onDrop: ({ self, source }) => {
          setEdge(null)
          drop.current(String(source.data.id), extractClosestEdge(self.data))
        },
      }),
    )
  }, [list, item.id, isMovable])

  function handleKeyDown(event: KeyboardEvent) {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined
    if (by === undefined) return
    event.preventDefault()
    onStep(by)
  }

  return (
    <li
      ref={row}
      className={clsx('relative flex gap-1', item.isOpen ? 'items-start' : 'items-center', isDragged && 'opacity-40')}
    >
      {edge && (
        <span
          className={clsx(
            'pointer-events-none absolute inset-x-0 z-10 h-[3px] rounded-full bg-accent',
            edge === 'top' ? '-top-[1.5px]' : '-bottom-[1.5px]',
          )}
        />
      )}
      {isMovable ? (
        <button
          ref={handle}
          type="button"
          aria-label={t('parts.moveHandle', { name: item.name })}
          onKeyDown={handleKeyDown}
          className="my-0.5 flex h-8 w-6 shrink-0 cursor-grab items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink active:cursor-grabbing pointer-coarse:my-0 pointer-coarse:size-10"
        >
          <GripVertical size={15} aria-hidden="true" />
        </button>
      ) : (
        <span className="w-6 shrink-0 pointer-coarse:w-10" />
      )}
      <div className="min-w-0 flex-1">{children}</div>
    </li>
  )
}
