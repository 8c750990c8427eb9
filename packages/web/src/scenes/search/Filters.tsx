import { joinSearch, type SearchFilter, type SearchOperator, splitSearch } from '@parley/protocol/text'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useSearchSuggestions } from '../../data/search/queries.ts'
import { t } from '../../i18n/t.ts'
import { type FilterChip, FilterChips } from '../../parts/FilterChips.tsx'
import { MenuButton } from '../../parts/MenuButton.tsx'
import { MenuItem, SubMenu } from '../../parts/MenuItems.tsx'
import { MENU_LABEL } from '../../parts/menu-classes.ts'

/** Those whose values can be listed. Days are typed. */
const LISTED: readonly SearchOperator[] = ['from', 'channel', 'stage', 'tag', 'has', 'is', 'in']

interface Props {
  q: string
  onChange: (q: string) => void
}

/** The operators of a query as chips, and a menu of further ones: what they do is written into the query. */
export function Filters({ q, onChange }: Props) {
  const { filters, rest } = splitSearch(q)
  const write = (next: readonly SearchFilter[]) => onChange(joinSearch({ filters: next, rest }))
  const chips = filters.map(
    (filter, index): FilterChip => ({
      id: `${index} ${filter.operator}`,
      name: filter.isNot
        ? t('search.not', { name: t(`search.operator.${filter.operator}`) })
        : t(`search.operator.${filter.operator}`),
      value: filter.value,
      onRemove: () => write(filters.filter((_, at) => at !== index)),
    }),
  )
  return (
    <div className="mt-2">
      <FilterChips
        filters={chips}
        onClear={() => write([])}
        add={<AddFilter onAdd={(operator, value) => write([...filters, { operator, value, isNot: false }])} />}
      />
    </div>
  )
}

function AddFilter({ onAdd }: { onAdd: (operator: SearchOperator, value: string) => void }) {
  return (
    <MenuButton
      trigger={
        <button
          type="button"
          className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-xs font-medium text-ink-2 hover:bg-hover hover:text-ink aria-expanded:bg-hover pointer-coarse:h-10"
        >
          <Plus size={14} aria-hidden="true" />
          {t('search.addFilter')}
        </button>
      }
    >
      {LISTED.map((operator) => (
        <SubMenu key={operator} label={t(`search.operator.${operator}`)}>
          <Values operator={operator} onAdd={onAdd} />
        </SubMenu>
      ))}
    </MenuButton>
  )
}

/** Asked for when the menu of them opens. */
function Values({
  operator,
  onAdd,
}: {
  operator: SearchOperator
  onAdd: (operator: SearchOperator, value: string) => void
}) {
  const [asked] = useState(() => `${operator}:`)
  const { data, isError } = useSearchSuggestions(asked, true)
  if (isError) return <p className={MENU_LABEL}>{t('search.valuesFailed')}</p>
  if (!data) return <p className={MENU_LABEL}>{t('parts.searching')}</p>
  if (data.length === 0) return <p className={MENU_LABEL}>{t('parts.nothing')}</p>
  return data.map(({ label }) => (
    <MenuItem key={label} onClick={() => onAdd(operator, label)}>
      {label}
    </MenuItem>
  ))
}
