import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { Field, type FieldProps } from './Field.tsx'
import { FIELD } from './field-classes.ts'

interface Props extends FieldProps, Omit<ComponentProps<'input'>, 'className' | 'onChange' | 'value' | 'id'> {
  value: string
  onChange: (value: string) => void
  /** Within the field, before the text: an icon of 15 px. */
  icon?: ReactNode
}

/** Text of one line: also `type="email"`, `password`, `search`, `tel`, `url`. */
export function TextField({ label, isLabelHidden, hint, error, className, icon, value, onChange, ...input }: Props) {
  return (
    <Field {...{ label, hint, error, className }} isLabelHidden={isLabelHidden === true}>
      {(control) => (
        <div className="relative">
          {icon && (
            <span className="pointer-events-none absolute inset-y-0 start-2.5 flex items-center text-ink-3">
              {icon}
            </span>
          )}
          <input
            dir="auto"
            {...input}
            {...control}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className={clsx(FIELD, icon && 'ps-8')}
          />
        </div>
      )}
    </Field>
  )
}
