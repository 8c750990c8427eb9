import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { Field, type FieldProps } from './Field.tsx'
import { FIELD_RING } from './field-classes.ts'

interface Props extends FieldProps, Omit<ComponentProps<'textarea'>, 'className' | 'onChange' | 'value' | 'id'> {
  value: string
  onChange: (value: string) => void
}

/** Text of several lines; it grows with them, to a third of the window. */
export function TextArea({ label, isLabelHidden, hint, error, className, value, onChange, ...area }: Props) {
  return (
    <Field {...{ label, hint, error, className }} isLabelHidden={isLabelHidden === true}>
      {(control) => (
        <textarea
          rows={3}
          dir="auto"
          {...area}
          {...control}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={clsx(
            FIELD_RING,
            'block max-h-[34dvh] w-full resize-none px-2.5 py-1.5 [field-sizing:content] placeholder:text-ink-3',
          )}
        />
      )}
    </Field>
  )
}
