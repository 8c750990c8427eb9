// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only while in view cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the keyboard, and names its active row
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useRef } from 'react'
import { type Density, useDensity } from '../density.ts'
import { TableHead } from './TableHead.tsx'
import { TableRow } from './TableRow.tsx'
import { type DataTableProps, gridOf } from './table-types.ts'
import { useTableKeys } from './use-table-keys.ts'

const HEAD_HEIGHT = 37
/** Rows from the end at which the next page is asked for. */
const AHEAD = 15

const ROW_HEIGHTS: Record<Density, number> = { comfortable: 44, compact: 36 }

/**
 * Rows in columns, as many as there are: only those in view are drawn. Fills its place and scrolls by itself. What is
 * loading, empty or failed is drawn instead of it by the scene.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, keyOf, nameOf, onOpen, selection, total = -1, onNearEnd, foot } = props
  const usual = ROW_HEIGHTS[useDensity((state) => state.density)]
  const rowHeight = props.rowHeight ?? usual
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => keyOf(rows[index]!),
    estimateSize: () => rowHeight,
    scrollMargin: 0,
    scrollPaddingStart: HEAD_HEIGHT,
    overscan: 8,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are at other places
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight])
  const { activeKey, setActiveKey, select, handleKeyDown, handleFocus } = useTableKeys(props, virtualizer)
  const items = virtualizer.getVirtualItems()
  const lastDrawn = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && lastDrawn > rows.length - AHEAD) onNearEnd?.()
  }, [lastDrawn, rows.length, onNearEnd])

  const { gridTemplateColumns, minWidth } = gridOf(columns, selection !== undefined)
  const active = items.find(({ key }) => key === activeKey)
  const rowId = (key: string) => `${id}${key}`
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      data-pane
      aria-label={label}
      aria-multiselectable={selection ? true : undefined}
      aria-rowcount={total < 0 ? -1 : total + 1}
      aria-colcount={columns.length + (selection ? 1 : 0)}
      aria-activedescendant={active ? rowId(String(active.key)) : undefined}
      onKeyDown={handleKeyDown}
      onFocus={handleFocus}
      className="group min-h-0 flex-1 overflow-auto -outline-offset-2 [overflow-anchor:none]"
    >
      <div role="presentation" style={{ minWidth }}>
        <TableHead {...props} style={{ gridTemplateColumns }} />
        <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ key, index, start }) => (
            <TableRow
              key={key}
              id={rowId(String(key))}
              row={rows[index]!}
              name={nameOf(rows[index]!)}
              index={index}
              columns={columns}
              isActive={key === activeKey}
              isSelected={selection?.keys.has(String(key))}
              onSelect={(isSelected, isRange) => {
                setActiveKey(String(key))
                select(String(key), isSelected, isRange)
              }}
              onPress={() => {
                setActiveKey(String(key))
                onOpen?.(rows[index]!)
              }}
              isOpenable={onOpen !== undefined}
              style={{ gridTemplateColumns, height: rowHeight, transform: `translateY(${start}px)` }}
            />
          ))}
        </div>
      </div>
      {foot}
    </div>
  )
}
