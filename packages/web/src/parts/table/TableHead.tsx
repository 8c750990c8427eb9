// biome-ignore-all lint/a11y/useSemanticElements: rows that are drawn only while in view cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the keyboard, and names its active row
import { clsx } from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { CSSProperties } from 'react'
import { t } from '../../i18n/t.ts'
import { Checkbox } from '../Checkbox.tsx'
import type { Column, DataTableProps, Sort } from './table-types.ts'

interface Props<Row> extends Pick<DataTableProps<Row>, 'columns' | 'sort' | 'onSort' | 'selection' | 'rows' | 'keyOf'> {
  style: CSSProperties
}

export function TableHead<Row>({ columns, sort, onSort, selection, rows, keyOf, style }: Props<Row>) {
  const chosen = selection ? rows.filter((row) => selection.keys.has(keyOf(row))).length : 0
  return (
    <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-surface">
      <div role="row" aria-rowindex={1} className="grid h-9 items-center" style={style}>
        {selection && (
          <div role="columnheader" className="flex justify-center">
            <Checkbox
              label={t('parts.selectAll')}
              isLabelHidden
              isChecked={chosen > 0 && chosen === rows.length}
              isMixed={chosen > 0 && chosen < rows.length}
              onChange={(isChecked) => selection.onChange(new Set(isChecked ? rows.map(keyOf) : []))}
            />
          </div>
        )}
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
    </div>
  )
}

interface HeadCellProps<Row> {
  column: Column<Row>
  sort: Sort | undefined
  onSort: ((sort: Sort) => void) | undefined
}

function HeadCell<Row>({ column, sort, onSort }: HeadCellProps<Row>) {
  const isSorted = sort?.column === column.id
  const isDown = isSorted && sort.direction === 'desc'
  const Arrow = isDown ? ArrowDown : ArrowUp
  const text = 'flex min-w-0 items-center gap-1 text-2xs font-semibold text-ink-3'
  return (
    <div
      role="columnheader"
      aria-sort={isSorted ? (isDown ? 'descending' : 'ascending') : undefined}
      className={clsx('flex min-w-0 px-3', column.align === 'end' && 'justify-end')}
    >
      {column.isSortable && onSort ? (
        <button
          type="button"
          onClick={() => onSort({ column: column.id, direction: isSorted && !isDown ? 'desc' : 'asc' })}
          className={clsx(text, '-mx-1.5 h-7 rounded-sm px-1.5 hover:bg-hover hover:text-ink', isSorted && 'text-ink')}
        >
          <span className="truncate">{column.title}</span>
          <Arrow size={12} aria-hidden="true" className={clsx('shrink-0', !isSorted && 'opacity-0')} />
        </button>
      ) : (
        <span className={text}>
          <span className="truncate">{column.title}</span>
        </span>
      )}
    </div>
  )
}
