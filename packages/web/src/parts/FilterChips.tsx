import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../i18n/t.ts'

export interface FilterChip {
  id: string
  /** What is asked, e.g. `Responsible`. */
  name: string
  /** What must be the case, e.g. `Ana or Omar`. */
  value: string
  onRemove: () => void
}

interface Props {
  filters: readonly FilterChip[]
  onClear: () => void
  /** A button that adds one. */
  add?: ReactNode
}

/** What narrows the list, each to be taken away. */
export function FilterChips({ filters, onClear, add }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <ul aria-label={t('parts.filters')} className="contents">
        {filters.map(({ id, name, value, onRemove }) => (
          <li
            key={id}
            className="flex h-7 max-w-full items-center rounded-md bg-accent-soft text-xs text-accent-ink pointer-coarse:h-10"
          >
            <span className="min-w-0 truncate ps-2.5">
              {name}: <bdi className="font-semibold">{value}</bdi>
            </span>
            <button
              type="button"
              aria-label={t('parts.removeFilter', { name })}
              onClick={onRemove}
              className="flex size-7 shrink-0 items-center justify-center rounded-md hover:bg-current/10 pointer-coarse:size-10"
            >
              <X size={13} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      {add}
      {filters.length > 1 && (
        <button
          type="button"
          onClick={onClear}
          className="h-7 rounded-md px-2 text-xs font-medium text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:h-10"
        >
          {t('parts.clearFilters')}
        </button>
      )}
    </div>
  )
}
