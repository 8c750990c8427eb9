// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only while in view cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the keyboard, and names its active row
import { clsx } from 'clsx'
import type { CSSProperties } from 'react'
import { t } from '../../i18n/t.ts'
import { Checkbox } from '../Checkbox.tsx'
import type { Column } from './table-types.ts'

interface Props<Row> {
  id: string
  row: Row
  name: string
  index: number
  columns: readonly Column<Row>[]
  isActive: boolean
  /** undefined where rows cannot be selected. */
  isSelected: boolean | undefined
  onSelect: (isSelected: boolean, isRange: boolean) => void
  onPress: () => void
  isOpenable: boolean
  style: CSSProperties
}

export function TableRow<Row>({ id, row, name, index, columns, isActive, isSelected, ...props }: Props<Row>) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keyboard, and does the same with Enter
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-active={isActive || undefined}
      onClick={props.onPress}
      className={clsx(
        'absolute start-0 top-0 grid w-full items-center border-b border-line',
        isSelected ? 'bg-selected' : 'hover:bg-hover',
        props.isOpenable && 'cursor-pointer',
        'group-focus-visible:data-active:outline-2 group-focus-visible:data-active:-outline-offset-2 group-focus-visible:data-active:outline-accent',
      )}
      style={props.style}
    >
      {isSelected !== undefined && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: only keeps a press on the box from opening the row
        <div
          role="gridcell"
          className="flex h-full items-center justify-center"
          onClick={(event) => event.stopPropagation()}
        >
          <Checkbox
            label={t('parts.selectOne', { name })}
            isLabelHidden
            tabIndex={-1}
            isChecked={isSelected}
            onChange={(isChecked, { shiftKey }) => props.onSelect(isChecked, shiftKey)}
          />
        </div>
      )}
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={clsx('min-w-0 truncate px-3', column.align === 'end' && 'tnum text-end')}
        >
          {column.render(row)}
        </div>
      ))}
    </div>
  )
}
