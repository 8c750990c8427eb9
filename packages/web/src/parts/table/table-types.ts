import type { ReactNode } from 'react'

export interface Column<Row> {
  id: string
  title: string
  /** Pixels it has at least. */
  width: number
  /** Its share of what is left over; 0 stays as it is. */
  grow?: number
  /** Figures stand at the end. */
  align?: 'start' | 'end'
  isSortable?: boolean
  render: (row: Row) => ReactNode
}

export interface Sort {
  column: string
  direction: 'asc' | 'desc'
}

export interface Selection {
  keys: ReadonlySet<string>
  onChange: (keys: Set<string>) => void
}

export interface DataTableProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  /** What a row is called, for its checkbox and for screen readers. */
  nameOf: (row: Row) => string
  /** A click or Enter. */
  onOpen?: (row: Row) => void
  sort?: Sort
  onSort?: (sort: Sort) => void
  selection?: Selection
  /** Absent: as close as somebody likes rows. */
  rowHeight?: number
  /** Of all pages; -1 or absent while it is not known. */
  total?: number
  /** Asked for when the end of what is loaded comes near. */
  onNearEnd?: () => void
  /** After the last row: a line that more comes, or that it did not. */
  foot?: ReactNode
}

/** The columns of every row and of the head, so that they stand under one another. */
export function gridOf<Row>(columns: readonly Column<Row>[], hasSelection: boolean) {
  const tracks = columns.map(({ width, grow = 1 }) => (grow > 0 ? `minmax(${width}px, ${grow}fr)` : `${width}px`))
  const minWidth = columns.reduce((sum, { width }) => sum + width, hasSelection ? 40 : 0)
  return { gridTemplateColumns: [...(hasSelection ? ['40px'] : []), ...tracks].join(' '), minWidth }
}

/** The keys from one row to another, both included, in either direction. */
export function keysBetween(keys: readonly string[], from: string | null, to: string): string[] {
  const [start, end] = [keys.indexOf(from ?? to), keys.indexOf(to)].sort((a, b) => a - b)
  return start === -1 ? [to] : keys.slice(start, end! + 1)
}
