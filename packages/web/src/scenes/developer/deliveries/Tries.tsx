import type { ChannelId, DeliveryFigures, DeliveryPeriod } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { triesQuery } from '../../../data/developer/deliveries.ts'
import { t } from '../../../i18n/t.ts'
import { SegmentedControl } from '../../../parts/SegmentedControl.tsx'
import { duration } from '../log/log-format.ts'

const PERIODS = ['hour', 'day', 'week'] as const
const PERIOD_MS: Record<DeliveryPeriod, number> = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 }
const [WIDTH, HEIGHT] = [600, 64]

/** How long tries took (half of them, 95 of 100), and which failed. */
export function Tries({ channelId }: { channelId: ChannelId }) {
  const [period, setPeriod] = useState<DeliveryPeriod>('hour')
  const { data } = useQuery(triesQuery(channelId, period))
  const tries = data?.buckets.reduce((sum, bucket) => sum + bucket.tries, 0) ?? 0
  const failures = data?.buckets.reduce((sum, bucket) => sum + bucket.failures, 0) ?? 0
  const slowest = Math.max(0, ...(data?.buckets.map(({ p95Ms }) => p95Ms) ?? []))
  const said = t('deliveries.figures', {
    tries: t('deliveries.tries', { count: tries }),
    failures,
    slowest: duration(slowest),
  })
  return (
    <figure className="border-b border-line px-4 py-2.5">
      <figcaption className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
        <span className="tnum flex-1 basis-40">{said}</span>
        <SegmentedControl
          label={t('deliveries.period')}
          value={period}
          onChange={setPeriod}
          options={PERIODS.map((value) => ({ value, label: t(`deliveries.periods.${value}`) }))}
        />
      </figcaption>
      {data && <Chart figures={data} ms={PERIOD_MS[period]} label={said} slowest={slowest} />}
    </figure>
  )
}

interface ChartProps {
  figures: DeliveryFigures
  ms: number
  label: string
  slowest: number
}

function Chart({ figures: { from, bucketMs, buckets }, ms, label, slowest }: ChartProps) {
  const step = WIDTH / (Math.ceil(ms / bucketMs) + 1)
  const height = (value: number) => (slowest === 0 ? 0 : Math.max(1, (value / slowest) * (HEIGHT - 4)))
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="mt-1.5 h-16 w-full"
    >
      <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="stroke-line" />
      {buckets.map((bucket) => {
        const x = ((bucket.at - from) / bucketMs) * step
        const [slow, usual] = [height(bucket.p95Ms), height(bucket.p50Ms)]
        return (
          <g key={bucket.at} className={bucket.failures > 0 ? 'text-bad' : 'text-accent'}>
            <rect x={x} width={step * 0.8} y={HEIGHT - slow} height={slow} className="fill-current opacity-35" />
            <rect x={x} width={step * 0.8} y={HEIGHT - usual} height={usual} className="fill-current" />
          </g>
        )
      })}
    </svg>
  )
}
