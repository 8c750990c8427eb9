import type { Pipeline } from '@parley/protocol/model'
import { ListFilter, Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { FILTER_NAMES } from '../../data/board/board-search.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { FilterChips } from '../../parts/FilterChips.tsx'
import { Popover } from '../../parts/Popover.tsx'
import { Switch } from '../../parts/Switch.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { FilterFields } from './FilterFields.tsx'
import { useBoardSearch } from './use-board-search.ts'
import { useFilterChips } from './use-filter-chips.ts'

interface Props {
  pipeline: Pipeline
  /** Stages are columns on the board, and a filter of the list. */
  hasStages: boolean
}

const TYPING_MS = 250

/** What narrows the leads: a search, chips for what is chosen, and where more is chosen. */
export function FilterBar({ pipeline, hasStages }: Props) {
  const { search, change } = useBoardSearch()
  const chips = useFilterChips(pipeline)
  const nothing = Object.fromEntries(FILTER_NAMES.map((name) => [name, undefined]))
  return (
    <>
      <SearchField
        value={search.q === undefined ? '' : `${search.q}`}
        onChange={(q) => change({ q: q || undefined })}
      />
      <FilterChips
        filters={chips}
        onClear={() => change(nothing)}
        add={
          <Popover
            label={t('pipeline.filters')}
            trigger={
              <Button size="sm" look="ghost">
                <ListFilter size={15} aria-hidden="true" />
                {t('pipeline.filter')}
              </Button>
            }
          >
            <FilterFields pipeline={pipeline} hasStages={hasStages} />
          </Popover>
        }
      />
      <span className="ms-auto">
        <Switch
          label={t('pipeline.closed')}
          isOn={search.closed === true}
          onChange={(isOn) => change({ closed: isOn || undefined })}
        />
      </span>
    </>
  )
}

/** Asks a moment after the last key. */
function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value)
  const [before, setBefore] = useState(value)
  if (value !== before) {
    setBefore(value)
    setText(value)
  }
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => onChange(text.trim()), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, value, onChange])
  return (
    <TextField
      label={t('pipeline.search')}
      isLabelHidden
      type="search"
      placeholder={t('pipeline.search')}
      icon={<Search size={15} aria-hidden="true" />}
      value={text}
      onChange={setText}
      className="w-56 max-md:w-full"
    />
  )
}
