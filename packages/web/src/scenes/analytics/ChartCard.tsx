import { ChartColumn, Download, Table2 } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { t } from '../../i18n/t.ts'
import { PlainTable, type TableTwin } from './PlainTable.tsx'

interface Props {
  title: string
  hint?: string
  /** The same as a table. */
  table: TableTwin
  /** Where the table can be had for a spreadsheet. */
  csv?: string
  children: ReactNode
}

const TOOL =
  'flex size-8 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink pointer-coarse:size-10'

/** A chart, and the same as a table for who would rather read. */
export function ChartCard({ title, hint, table, csv, children }: Props) {
  const [isTable, setTable] = useState(false)
  const id = useId()
  const other = t(isTable ? 'analytics.showChart' : 'analytics.showTable')
  return (
    <section
      aria-labelledby={id}
      className="flex min-w-0 flex-col gap-2 rounded-lg bg-surface p-4 shadow-card dark:bg-raised"
    >
      <div className="flex items-start gap-1">
        <div className="min-w-0 flex-1 py-1">
          <h2 id={id} className="text-md font-semibold text-balance">
            {title}
          </h2>
          {hint && <p className="text-xs text-ink-3 text-pretty">{hint}</p>}
        </div>
        <button
          type="button"
          className={TOOL}
          aria-label={t('analytics.nameOf', { what: other, title })}
          title={other}
          onClick={() => setTable(!isTable)}
        >
          {isTable ? <ChartColumn size={16} aria-hidden="true" /> : <Table2 size={16} aria-hidden="true" />}
        </button>
        {csv && (
          <a
            href={csv}
            download
            className={TOOL}
            aria-label={t('analytics.nameOf', { what: t('analytics.csv'), title })}
            title={t('analytics.csv')}
          >
            <Download size={16} aria-hidden="true" />
          </a>
        )}
      </div>
      {isTable ? <PlainTable {...table} label={title} /> : children}
    </section>
  )
}
