import { clsx } from 'clsx'
import { Field, type FieldProps } from './Field.tsx'
import { FIELD } from './field-classes.ts'

interface Props extends FieldProps {
  kind?: 'date' | 'time' | 'datetime-local'
  /** As the element writes it, in no zone: `2026-11-20`, `14:30`, `2026-11-20T14:30`; empty when unset. */
  value: string
  onChange: (value: string) => void
  min?: string
  max?: string
  isDisabled?: boolean
}

/** A day, a time, or both: the browser's own picker, which phones and screen readers know. */
export function DateTimeField({ label, isLabelHidden, hint, error, className, ...props }: Props) {
  const { kind = 'datetime-local', value, onChange, min, max, isDisabled = false } = props
  return (
    <Field {...{ label, hint, error, className }} isLabelHidden={isLabelHidden === true}>
      {(control) => (
        <input
          {...control}
          type={kind}
          value={value}
          min={min}
          max={max}
          disabled={isDisabled}
          onChange={(event) => onChange(event.target.value)}
          className={clsx(FIELD, 'tnum appearance-none', value === '' && 'text-ink-3')}
        />
      )}
    </Field>
  )
}
