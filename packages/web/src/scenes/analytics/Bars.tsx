import type { ReactNode } from 'react'

export interface Bar {
  key: string
  name: ReactNode
  /** How long it is. */
  size: number
  /** What stands at its end. */
  value: string
  note?: string
  color?: string
}

/** Horizontal bars, one below the other, each with its name and figure. */
export function Bars({ bars }: { bars: readonly Bar[] }) {
  const longest = Math.max(1, ...bars.map(({ size }) => size))
  return (
    <ul className="flex flex-col gap-2.5">
      {bars.map(({ key, name, size, value, note, color = 'var(--accent)' }) => (
        <li key={key}>
          <div className="mb-1 flex items-baseline gap-2 text-sm">
            <bdi className="min-w-0 flex-1 truncate">{name}</bdi>
            <span className="tnum shrink-0 font-semibold">{value}</span>
            {note && <span className="tnum shrink-0 text-xs text-ink-3">{note}</span>}
          </div>
          <div className="h-2 overflow-hidden rounded-full bg-hover">
            <div
              className="h-full rounded-full"
              style={{ width: `${(100 * size) / longest}%`, minWidth: size > 0 ? 3 : 0, background: color }}
            />
          </div>
        </li>
      ))}
    </ul>
  )
}
