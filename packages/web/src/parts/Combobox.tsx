import { Combobox as Base } from '@base-ui/react/combobox'
import { clsx } from 'clsx'
import { ChevronsUpDown, X } from 'lucide-react'
import { t } from '../i18n/t.ts'
import { ComboList } from './ComboList.tsx'
import { type ComboOption, CREATE, isSameOption } from './combobox-options.ts'
import { Field, type FieldProps } from './Field.tsx'
import { FIELD } from './field-classes.ts'
import { type ComboSearch, useComboSearch } from './use-combo-search.ts'

interface Props extends FieldProps, ComboSearch {
  value: ComboOption | null
  /** null when it was emptied, which only `isClearable` allows. */
  onChange: (value: ComboOption | null) => void
  placeholder?: string
  isClearable?: boolean
  isDisabled?: boolean
}

const TOOL = 'flex size-6 items-center justify-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink'

/** One of many, found by typing. */
export function Combobox({ label, isLabelHidden, hint, error, className, value, onChange, ...props }: Props) {
  const { onCreate, placeholder, isClearable = false, isDisabled = false, isLoading = false } = props
  const { query, search, shown } = useComboSearch(props)

  function choose(option: ComboOption | null) {
    if (option?.value === CREATE) onCreate?.(option.label)
    else if (option || isClearable) onChange(option)
  }

  return (
    <Field {...{ label, hint, error, className }} isLabelHidden={isLabelHidden === true}>
      {(control) => (
        <Base.Root
          items={shown}
          filter={null}
          value={value}
          onValueChange={choose}
          onInputValueChange={(text, { reason }) => reason === 'input-change' && search(text)}
          onOpenChange={(isOpen, { reason }) => isOpen && reason !== 'input-change' && search('')}
          isItemEqualToValue={isSameOption}
          disabled={isDisabled}
          autoHighlight
        >
          <div className="relative">
            <Base.Input {...control} placeholder={placeholder} dir="auto" className={clsx(FIELD, 'pe-14')} />
            <span className="absolute inset-y-0 end-1 flex items-center">
              {isClearable && value && (
                <Base.Clear aria-label={t('parts.clear')} className={TOOL}>
                  <X size={14} aria-hidden="true" />
                </Base.Clear>
              )}
              <Base.Trigger aria-label={t('parts.showList')} tabIndex={-1} className={TOOL}>
                <ChevronsUpDown size={14} aria-hidden="true" />
              </Base.Trigger>
            </span>
          </div>
          <ComboList isLoading={isLoading} query={query} />
        </Base.Root>
      )}
    </Field>
  )
}
