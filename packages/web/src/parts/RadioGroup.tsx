import { clsx } from 'clsx'
import { type ReactNode, useId } from 'react'

export interface Choice<Value extends string> {
  value: Value
  label: ReactNode
  hint?: ReactNode
  isDisabled?: boolean
}

interface Props<Value extends string> {
  label: string
  isLabelHidden?: boolean
  value: Value | null
  onChange: (value: Value) => void
  options: readonly Choice<Value>[]
  error?: string | undefined
}

/** One of a few that are worth seeing all at once. */
export function RadioGroup<Value extends string>(props: Props<Value>) {
  const { label, isLabelHidden = false, value, onChange, options, error } = props
  const id = useId()
  return (
    <fieldset aria-describedby={error ? `${id}e` : undefined}>
      <legend className={isLabelHidden ? 'sr-only' : 'mb-1 text-xs font-medium text-ink-2'}>{label}</legend>
      <div className="flex flex-col gap-2">
        {options.map((option) => (
          <div key={option.value} className="flex items-start gap-2">
            <input
              id={`${id}${option.value}`}
              type="radio"
              name={id}
              checked={option.value === value}
              disabled={option.isDisabled === true}
              onChange={() => onChange(option.value)}
              aria-describedby={option.hint ? `${id}${option.value}h` : undefined}
              className={clsx(
                'relative m-px size-4 shrink-0 appearance-none rounded-full bg-surface shadow-[inset_0_0_0_1.5px_var(--ink-3)] after:absolute after:-inset-1.5 focus-visible:rounded-full disabled:opacity-45 dark:bg-raised',
                'checked:bg-on-accent checked:shadow-[inset_0_0_0_5px_var(--accent)]',
              )}
            />
            <span className="min-w-0">
              <label htmlFor={`${id}${option.value}`} className="block">
                {option.label}
              </label>
              {option.hint && (
                <span id={`${id}${option.value}h`} className="block text-xs text-ink-3 text-pretty">
                  {option.hint}
                </span>
              )}
            </span>
          </div>
        ))}
      </div>
      {error && (
        <p id={`${id}e`} role="alert" className="mt-1 text-xs text-bad">
          {error}
        </p>
      )}
    </fieldset>
  )
}
