import type { Figures } from '@parley/protocol/model'
import { Download } from 'lucide-react'
import { useId } from 'react'
import { t } from '../../i18n/t.ts'
import { money, number } from '../../parts/format.ts'
import { waitText } from './figure-format.ts'
import { PlainTable } from './PlainTable.tsx'
import { useFigureNames } from './use-figure-names.ts'

/** What each of the people did. */
export function People({ figures: { users, currency }, csv }: { figures: Figures; csv: string }) {
  const { userName } = useFigureNames()
  const id = useId()
  const head = [
    t('analytics.user'),
    t('analytics.sent'),
    t('analytics.answers'),
    t('analytics.firstMedian'),
    t('analytics.p90'),
    t('analytics.leads'),
    t('analytics.accepted'),
    t('analytics.won'),
    t('analytics.wonPrice'),
    t('analytics.lost'),
  ]
  const rows = users.map(({ userId, sent, first, leads, accepted, won, wonPrice, lost }) => ({
    key: String(userId),
    cells: [
      <bdi key="name">{userName(userId)}</bdi>,
      ...[number(sent), number(first.n), waitText(first.p50), waitText(first.p90), number(leads), number(accepted)],
      ...[number(won), money(wonPrice, currency), number(lost)],
    ],
  }))
  return (
    <section
      aria-labelledby={id}
      className="min-w-0 rounded-lg bg-surface p-4 shadow-card dark:bg-raised @4xl:col-span-2"
    >
      <div className="mb-2 flex items-center">
        <h2 id={id} className="flex-1 text-md font-semibold">
          {t('analytics.people')}
        </h2>
        <a
          href={csv}
          download
          aria-label={t('analytics.nameOf', { what: t('analytics.csv'), title: t('analytics.people') })}
          title={t('analytics.csv')}
          className="flex size-8 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink pointer-coarse:size-10"
        >
          <Download size={16} aria-hidden="true" />
        </a>
      </div>
      <PlainTable label={t('analytics.people')} head={head} rows={rows} isTall />
    </section>
  )
}
