import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ApiRefusal, NoAnswer } from '../../data/api.ts'
import { Button } from '../../parts/Button.tsx'
import { FilterChips } from '../../parts/FilterChips.tsx'
import { money } from '../../parts/format.ts'
import { Notice, Problem } from '../../parts/Notice.tsx'
import { SceneFrame } from '../../parts/SceneFrame.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { StaleNote } from '../../parts/StaleNote.tsx'
import { DataTable } from '../../parts/table/DataTable.tsx'
import type { Column, Sort } from '../../parts/table/table-types.ts'
import { Section } from './Section.tsx'
import { DEALS, type Deal } from './samples.ts'

const COLUMNS: readonly Column<Deal>[] = [
  { id: 'title', title: 'Lead', width: 180, grow: 2, isSortable: true, render: ({ title }) => title },
  { id: 'contact', title: 'Contact', width: 160, render: ({ contact }) => <bdi>{contact}</bdi> },
  { id: 'stage', title: 'Stage', width: 120, render: ({ stage }) => stage },
  {
    id: 'amount',
    title: 'Amount',
    width: 110,
    grow: 0,
    align: 'end',
    isSortable: true,
    render: ({ amount }) => money(amount, 'EUR'),
  },
]

const FILTERS = [
  { id: 'who', name: 'Responsible', value: 'Ana Souza or Omar Haddad' },
  { id: 'stage', name: 'Stage', value: 'In talks' },
]

function sorted({ column, direction }: Sort): Deal[] {
  const sign = direction === 'asc' ? 1 : -1
  return DEALS.toSorted((a, b) => {
    const order = column === 'amount' ? a.amount - b.amount : a.title.localeCompare(b.title)
    return sign * order
  })
}

export function KitTable() {
  const [sort, setSort] = useState<Sort>({ column: 'amount', direction: 'desc' })
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set(['2', '4']))
  const [filters, setFilters] = useState(FILTERS)
  const chips = filters.map((filter) => ({
    ...filter,
    onRemove: () => setFilters(filters.filter(({ id }) => id !== filter.id)),
  }))
  return (
    <Section title="A scene with a table">
      <div className="h-[460px] rounded-lg bg-canvas p-2">
        <SceneFrame
          title="Leads"
          beside={<span className="tnum text-ink-3">2,000</span>}
          isFixed
          actions={
            <>
              <Button>Export</Button>
              <Button look="primary">
                <Plus size={15} aria-hidden="true" />
                New lead
              </Button>
            </>
          }
          toolbar={<FilterChips filters={chips} onClear={() => setFilters([])} />}
        >
          <DataTable
            label="Leads"
            columns={COLUMNS}
            rows={sorted(sort)}
            keyOf={({ id }) => id}
            nameOf={({ title, id }) => `${title}, #${id}`}
            sort={sort}
            onSort={setSort}
            selection={{ keys, onChange: setKeys }}
            onOpen={() => undefined}
            total={DEALS.length}
          />
        </SceneFrame>
      </div>
    </Section>
  )
}

const NO_ANSWER = new NoAnswer('no answer')
const FORBIDDEN = new ApiRefusal(403, { code: 'forbidden', message: 'Forbidden', requestId: 'req_1' })
const BROKEN = new ApiRefusal(500, { code: 'internal', message: 'The server had a problem', requestId: 'req_7Qm2' })

export function KitStates() {
  return (
    <Section title="States">
      <div className="grid grid-cols-[repeat(auto-fill,minmax(280px,1fr))] gap-3 *:min-h-52 *:rounded-lg *:shadow-card">
        <div className="py-2">
          <SkeletonRows count={4} hasDisc />
        </div>
        <Notice title="No tasks for today" hint="A new one is a T away." />
        <Problem title="The leads could not be loaded" error={NO_ANSWER} onRetry={() => undefined} />
        <Problem title="The leads could not be loaded" error={BROKEN} onRetry={() => undefined} />
        <Problem title="Salaries" error={FORBIDDEN} onRetry={() => undefined} />
        <div className="p-4">
          <StaleNote who="Nadia" at={Date.now() - 90_000} onKeepMine={() => undefined} onTakeTheirs={() => undefined} />
        </div>
      </div>
    </Section>
  )
}
