import { Combobox as Base } from '@base-ui/react/combobox'
import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { useRef } from 'react'
import { t } from '../i18n/t.ts'
import { ComboList } from './ComboList.tsx'
import { type ComboOption, CREATE, isSameOption } from './combobox-options.ts'
import { Field, type FieldProps } from './Field.tsx'
import { FIELD_RING } from './field-classes.ts'
import { type ComboSearch, useComboSearch } from './use-combo-search.ts'

interface Props extends FieldProps, ComboSearch {
  value: readonly ComboOption[]
  onChange: (value: ComboOption[]) => void
  placeholder?: string
  isDisabled?: boolean
}

/** Several of many, each a chip in the field. Backspace takes the last one out. */
export function MultiCombobox({ label, isLabelHidden, hint, error, className, value, onChange, ...props }: Props) {
  const { onCreate, placeholder, isDisabled = false, isLoading = false } = props
  const { query, search, shown } = useComboSearch(props)
  const box = useRef<HTMLDivElement>(null)

  function choose(options: ComboOption[]) {
    const created = options.find((option) => option.value === CREATE)
    if (created) onCreate?.(created.label)
    else onChange(options)
    search('')
  }

  return (
    <Field {...{ label, hint, error, className }} isLabelHidden={isLabelHidden === true}>
      {(control) => (
        <Base.Root
          multiple
          items={shown}
          filter={null}
          value={value}
          onValueChange={choose}
          inputValue={query}
          onInputValueChange={search}
          isItemEqualToValue={isSameOption}
          disabled={isDisabled}
          autoHighlight
        >
          <Base.Chips
            ref={box}
            className={clsx(FIELD_RING, 'flex min-h-8 flex-wrap gap-1 p-1 pointer-coarse:min-h-10')}
          >
            {value.map((option) => (
              <Chip key={option.value} option={option} />
            ))}
            <Base.Input
              {...control}
              dir="auto"
              placeholder={value.length === 0 ? placeholder : undefined}
              className="h-6 min-w-20 flex-1 bg-transparent px-1.5 outline-none placeholder:text-ink-3"
            />
          </Base.Chips>
          <ComboList anchor={box} isLoading={isLoading} query={query} />
        </Base.Root>
      )}
    </Field>
  )
}

function Chip({ option }: { option: ComboOption }) {
  return (
    <Base.Chip
      aria-label={option.label}
      className="flex h-6 max-w-full items-center gap-1 rounded-sm bg-press ps-2 text-xs font-medium outline-none focus-within:bg-accent-soft data-[highlighted]:bg-accent-soft"
    >
      {option.icon}
      <bdi className="truncate">{option.label}</bdi>
      <Base.ChipRemove
        aria-label={t('parts.remove', { name: option.label })}
        className="flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-3 hover:text-ink"
      >
        <X size={12} aria-hidden="true" />
      </Base.ChipRemove>
    </Base.Chip>
  )
}
