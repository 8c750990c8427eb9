import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

export interface Line {
  name: string
  /** A variable of the theme, e.g. `--accent`. */
  color: string
  values: readonly (number | null)[]
  isDashed?: boolean
}

/** What the lines measure: numbers of things, or milliseconds. */
export type LineUnit = 'count' | 'wait'

const S = 1000
const M = 60 * S
const H = 60 * M
/** Where lines of the grid may be, and how wide their names are. */
const UNITS = {
  count: {
    incrs: [1, 2, 5].flatMap((n) => [1, 10, 100, 1000, 10_000, 100_000].map((ten) => n * ten)).sort((a, b) => a - b),
    size: 48,
  },
  wait: {
    incrs: [
      ...[1, 5, 15, 30].map((n) => n * S),
      ...[1, 2, 5, 10, 15, 30].map((n) => n * M),
      ...[1, 2, 4, 8, 12, 24, 48, 120, 240].map((n) => n * H),
    ],
    size: 64,
  },
}

interface Drawn {
  /** ISO dates. */
  days: readonly string[]
  lines: readonly Line[]
  valueText: (value: number) => string
  unit: LineUnit
  dayText: (day: string) => string
  /** Which day is pointed at. */
  onPoint: (index: number | null) => void
}

const DAY_S = 86_400
export const CHART_HEIGHT = 200

/** Draws lines over days into an element, in the colours the theme has now. */
export function drawLines(host: HTMLElement, { days, lines, valueText, unit, dayText, onPoint }: Drawn): UPlot {
  const style = getComputedStyle(document.documentElement)
  const color = (name: string) => style.getPropertyValue(name).trim()
  const font = '11px "Inter Variable", system-ui, sans-serif'
  const axis = { stroke: color('--ink-3'), font, ticks: { show: false } }
  const options: UPlot.Options = {
    width: host.clientWidth,
    height: CHART_HEIGHT,
    tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: { y: { range: (_, __, most) => [0, Math.max(1, most) * 1.1] } },
    axes: [
      {
        ...axis,
        size: 30,
        incrs: [1, 2, 3, 7, 14, 30, 60].map((count) => count * DAY_S),
        values: (_, splits) => splits.map((at) => dayText(new Date(at * 1000).toISOString().slice(0, 10))),
        grid: { show: false },
      },
      {
        ...axis,
        ...UNITS[unit],
        values: (_, splits) => splits.map(valueText),
        grid: { stroke: color('--line'), width: 1 },
      },
    ],
    series: [
      {},
      ...lines.map((line) => ({
        label: line.name,
        stroke: color(line.color),
        width: 2,
        ...(line.isDashed && { dash: [5, 4] }),
        points: { show: days.length < 15, size: 6, fill: color(line.color) },
        spanGaps: true,
      })),
    ],
    hooks: { setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)] },
  }
  const x = days.map((day) => Date.parse(day) / 1000)
  return new UPlot(options, [x, ...lines.map(({ values }) => [...values])], host)
}
