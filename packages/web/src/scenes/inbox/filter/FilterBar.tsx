import { filtersOf, type InboxSearch, toSearch } from '../../../data/inbox/search.ts'
import { t } from '../../../i18n/t.ts'
import { FilterChips } from '../../../parts/FilterChips.tsx'
import { FILTER_NAMES, type FilterName, useFilterValue } from './filter-names.ts'

interface Props {
  search: InboxSearch
  onSearch: (change: (search: InboxSearch) => InboxSearch) => void
}

/** What the list is narrowed by beside its view, each to be taken away. */
export function FilterBar({ search, onSearch }: Props) {
  const filters = filtersOf(search)
  const names = Object.keys(filters) as FilterName[]
  if (names.length === 0) return null
  return <Chips {...{ search, onSearch, names }} />
}

function Chips({ search, onSearch, names }: Props & { names: readonly FilterName[] }) {
  const describe = useFilterValue()
  const filters = filtersOf(search)
  const remove = (gone: readonly FilterName[]) =>
    onSearch(({ view, sort, c, ...held }) => {
      const kept = Object.entries(filtersOf(held)).filter(([name]) => !gone.includes(name as FilterName))
      return { ...(view && { view }), ...(sort && { sort }), ...(c && { c }), ...toSearch(Object.fromEntries(kept)) }
    })
  return (
    <div className="shrink-0 border-b border-line px-3 py-2">
      <FilterChips
        filters={names.map((name) => ({
          id: name,
          name: t(FILTER_NAMES[name]),
          value: describe(name, filters),
          onRemove: () => remove(name === 'pipelineId' ? ['pipelineId', 'stageId'] : [name]),
        }))}
        onClear={() => remove(names)}
      />
    </div>
  )
}
