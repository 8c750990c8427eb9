import { clsx } from 'clsx'
import { Check } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { type ComboOption, searchOptions } from '../../../parts/combobox-options.ts'
import { FIELD } from '../../../parts/field-classes.ts'
import { MENU_ITEM } from '../../../parts/menu-classes.ts'

interface Props {
  field: RefObject<HTMLInputElement | null>
  label: string
  options: readonly ComboOption[]
  /** Marked with a tick. */
  picked: readonly string[]
  isMulti?: boolean
  /** What to say when there are none at all. */
  empty: string
  onPick: (value: string) => void
}

/** A list that is always open, found in by typing: arrows go through it, Enter takes one. */
export function PickList({ field, label, options, picked, isMulti = false, empty, onPick }: Props) {
  const id = useId()
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const shown = searchOptions(options, { query, isFound: false, isLoading: false, canCreate: false })
  const current = shown[Math.min(active, shown.length - 1)]

  function handleKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const next = (Math.min(active, shown.length - 1) + step + shown.length) % Math.max(1, shown.length)
      setActive(next)
      document.getElementById(`${id}-${shown[next]?.value}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter' && current && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      onPick(current.value)
    }
  }

  return (
    <div>
      <input
        ref={field}
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={current && `${id}-${current.value}`}
        aria-autocomplete="list"
        autoComplete="off"
        dir="auto"
        placeholder={label}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setActive(0)
        }}
        onKeyDown={handleKey}
        className={FIELD}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        aria-multiselectable={isMulti}
        className="mt-1.5 max-h-64 overflow-y-auto"
      >
        {shown.map((option, index) => (
          <button
            type="button"
            key={option.value}
            id={`${id}-${option.value}`}
            role="option"
            tabIndex={-1}
            aria-selected={picked.includes(option.value)}
            onPointerMove={() => setActive(index)}
            onClick={() => onPick(option.value)}
            className={clsx(MENU_ITEM, 'w-full text-start', option === current && 'bg-hover')}
          >
            {option.icon}
            <bdi className="min-w-0 flex-1 truncate">{option.label}</bdi>
            {option.hint && <span className="tnum shrink-0 text-xs text-ink-3">{option.hint}</span>}
            {picked.includes(option.value) && <Check size={15} aria-hidden="true" className="text-accent-ink" />}
          </button>
        ))}
      </div>
      {shown.length === 0 && (
        <p className="px-2.5 py-3 text-ink-3">{options.length === 0 ? empty : t('parts.nothingFound')}</p>
      )}
    </div>
  )
}
