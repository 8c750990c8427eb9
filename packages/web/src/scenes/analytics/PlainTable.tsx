import type { ReactNode } from 'react'

export interface TableTwin {
  head: readonly string[]
  /** The first cell names its row. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[]
}

/** A small table that is read as one. */
export function PlainTable({ label, head, rows, isTall = false }: TableTwin & { label: string; isTall?: boolean }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrolled by keys, too
    <section aria-label={label} tabIndex={0} className={`overflow-auto ${isTall ? '' : 'max-h-80'}`}>
      <table className="tnum w-full border-collapse text-sm">
        <thead>
          <tr>
            {head.map((title, index) => (
              <th
                key={title}
                scope="col"
                className={`sticky top-0 border-b border-line bg-surface py-1.5 text-xs font-medium whitespace-nowrap text-ink-3 dark:bg-raised ${index === 0 ? 'pe-3 text-start' : 'ps-3 text-end'}`}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key} className="border-b border-line last:border-0">
              <th scope="row" className="max-w-56 truncate py-1.5 pe-3 text-start font-normal">
                {cells[0]}
              </th>
              {cells.slice(1).map((cell, index) => (
                <td key={head[index + 1]} className="py-1.5 ps-3 text-end whitespace-nowrap">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
