import { NumberField as Base } from '@base-ui/react/number-field'
import { clsx } from 'clsx'
import { Minus, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../i18n/t.ts'
import { getLanguage } from '../i18n/texts.ts'
import { Field, type FieldProps } from './Field.tsx'
import { FIELD_RING } from './field-classes.ts'

interface Props extends FieldProps {
  /** null is empty. */
  value: number | null
  onChange: (value: number | null) => void
  min?: number
  max?: number
  step?: number
  /** As `Intl.NumberFormat` takes it, e.g. `{ style: 'currency', currency: 'EUR' }`. */
  format?: Intl.NumberFormatOptions
  /** What is counted, after the number. */
  unit?: ReactNode
  /** Buttons for one less and one more. */
  hasSteps?: boolean
  isDisabled?: boolean
  placeholder?: string
}

const STEP =
  'flex w-7 shrink-0 items-center justify-center text-ink-3 hover:bg-hover hover:text-ink disabled:opacity-45 pointer-coarse:w-10'

/** A number as the language writes it. Arrow keys change it, with Shift by ten. */
export function NumberField({ label, isLabelHidden, hint, error, className, value, onChange, ...number }: Props) {
  const { min, max, step, format, unit, hasSteps = false, isDisabled = false, placeholder } = number
  return (
    <Field {...{ label, hint, error, className }} isLabelHidden={isLabelHidden === true}>
      {({ id, ...control }) => (
        <Base.Root
          id={id}
          value={value}
          onValueChange={onChange}
          min={min}
          max={max}
          step={step ?? 1}
          format={format ?? { maximumFractionDigits: 2 }}
          locale={getLanguage()}
          disabled={isDisabled}
        >
          <Base.Group className={clsx(FIELD_RING, 'flex h-8 overflow-hidden pointer-coarse:h-10')}>
            {hasSteps && (
              <Base.Decrement aria-label={t('parts.less')} className={clsx(STEP, 'rounded-s-md')}>
                <Minus size={14} aria-hidden="true" />
              </Base.Decrement>
            )}
            <Base.Input
              {...control}
              placeholder={placeholder}
              className={clsx(
                'tnum h-full min-w-0 flex-1 bg-transparent px-2.5 outline-none placeholder:text-ink-3',
                hasSteps && 'text-center',
              )}
            />
            {unit && <span className="flex shrink-0 items-center pe-2.5 text-ink-3">{unit}</span>}
            {hasSteps && (
              <Base.Increment aria-label={t('parts.more')} className={clsx(STEP, 'rounded-e-md')}>
                <Plus size={14} aria-hidden="true" />
              </Base.Increment>
            )}
          </Base.Group>
        </Base.Root>
      )}
    </Field>
  )
}
