import type { FigureSums, Figures } from '@parley/protocol/model'
import { ArrowDownRight, ArrowUpRight, Minus } from 'lucide-react'
import { t } from '../../i18n/t.ts'
import { money, number } from '../../parts/format.ts'
import { percent, waitText } from './figure-format.ts'

interface Total {
  name: string
  value: number | null
  before: number | null
  text: string
  /** What is better: more, less, or neither. */
  better?: 'more' | 'less'
}

/** The figures of the period, each with what it was before. */
export function Totals({ figures }: { figures: Figures }) {
  return (
    <section aria-label={t('analytics.totals')}>
      <dl className="grid grid-cols-2 gap-3 @2xl:grid-cols-4">
        {listTotals(figures).map((total) => (
          <div key={total.name} className="min-w-0 rounded-lg bg-surface p-4 shadow-card dark:bg-raised">
            <dt className="truncate text-xs font-medium text-ink-2" title={total.name}>
              {total.name}
            </dt>
            <dd className="tnum mt-1 truncate text-xl font-semibold tracking-[-.01em]">{total.text}</dd>
            <dd className="mt-1">
              <Change {...total} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function listTotals({ total, previous, currency }: Figures): Total[] {
  const of = (name: string, pick: (sums: FigureSums) => number | null, more: Partial<Total> = {}): Total => {
    const value = pick(total)
    return { name, value, before: pick(previous), text: value === null ? '–' : number(value), ...more }
  }
  const { p50, p90 } = total.first
  return [
    ...(total.received === null ? [] : [of(t('analytics.received'), ({ received }) => received)]),
    of(t('analytics.sent'), ({ sent }) => sent),
    of(t('analytics.leads'), ({ leads }) => leads, { better: 'more' }),
    of(t('analytics.accepted'), ({ accepted }) => accepted),
    of(t('analytics.won'), ({ won }) => won, { better: 'more' }),
    of(t('analytics.wonPrice'), ({ wonPrice }) => wonPrice, { better: 'more', text: money(total.wonPrice, currency) }),
    of(t('analytics.firstMedian'), ({ first }) => first.p50, { better: 'less', text: waitText(p50) }),
    of(t('analytics.firstP90'), ({ first }) => first.p90, { better: 'less', text: waitText(p90) }),
  ]
}

function Change({ value, before, better }: Total) {
  if (value === null || before === null || before === 0)
    return <span className="text-xs text-ink-3">{t('analytics.noBefore')}</span>
  const change = value / before - 1
  const isSame = Math.abs(change) < 0.005
  const isGood = better !== undefined && change > 0 === (better === 'more')
  const tone = isSame || better === undefined ? 'text-ink-2' : isGood ? 'text-ok' : 'text-bad'
  const Arrow = isSame ? Minus : change > 0 ? ArrowUpRight : ArrowDownRight
  const amount = percent(Math.abs(change))
  const said = isSame ? t('analytics.same') : t(change > 0 ? 'analytics.up' : 'analytics.down', { change: amount })
  return (
    <span className={`tnum inline-flex items-center gap-1 text-xs font-medium ${tone}`} title={said}>
      <Arrow size={14} aria-hidden="true" />
      <span aria-hidden="true">{amount}</span>
      <span className="sr-only">{said}</span>
    </span>
  )
}
