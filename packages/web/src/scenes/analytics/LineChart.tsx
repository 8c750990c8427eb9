import { type CSSProperties, useEffect, useRef, useState } from 'react'
import { dayText } from './figure-format.ts'
import type { Line, LineUnit } from './line-chart.ts'

interface Props {
  label: string
  days: readonly string[]
  lines: readonly Line[]
  unit: LineUnit
  valueText: (value: number) => string
}

const HEIGHT = 200

/** Lines over days. What draws them comes when the first one is needed. */
export function LineChart({ label, days, lines, unit, valueText }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const theme = useShownTheme()
  const [at, setAt] = useState<number | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    const element = host.current
    if (!element) return
    let end: () => void = () => undefined
    let isOver = false
    void import('./line-chart.ts').then(({ drawLines, CHART_HEIGHT }) => {
      if (isOver) return
      const plot = drawLines(element, { days, lines, valueText, unit, dayText, onPoint: setAt })
      const sizes = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: CHART_HEIGHT }))
      sizes.observe(element)
      end = () => {
        sizes.disconnect()
        plot.destroy()
      }
    })
    return () => {
      isOver = true
      end()
    }
  }, [days, lines, valueText, unit, theme])

  return (
    <div className="min-w-0">
      <div className="mb-1 flex min-h-5 flex-wrap gap-x-4 text-xs text-ink-2">
        {lines.map((line) => (
          <LegendEntry key={line.name} line={line} value={at === null ? undefined : line.values[at]} text={valueText} />
        ))}
        {at !== null && days[at] !== undefined && <span className="ms-auto text-ink-3">{dayText(days[at])}</span>}
      </div>
      <div
        ref={host}
        dir="ltr"
        role="img"
        aria-label={label}
        className="w-full min-w-0 overflow-hidden"
        style={{ height: HEIGHT }}
      />
    </div>
  )
}

interface EntryProps {
  line: Line
  value: number | null | undefined
  text: (value: number) => string
}

function LegendEntry({ line, value, text }: EntryProps) {
  const stroke: CSSProperties = { borderTop: `2px ${line.isDashed ? 'dashed' : 'solid'} var(${line.color})` }
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden="true" className="w-4" style={stroke} />
      {line.name}
      {value !== undefined && value !== null && <b className="tnum font-semibold text-ink">{text(value)}</b>}
    </span>
  )
}

/** Changes with the theme that is on the screen, also when the system changes it. */
function useShownTheme(): string | undefined {
  const [theme, setTheme] = useState(document.documentElement.dataset.theme)
  useEffect(() => {
    const watcher = new MutationObserver(() => setTheme(document.documentElement.dataset.theme))
    watcher.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => watcher.disconnect()
  }, [])
  return theme
}
