import { clsx } from 'clsx'
import { type ReactNode, useId } from 'react'

interface Props<Value extends string> {
  label: string
  value: Value
  onChange: (value: Value) => void
  options: readonly { value: Value; label: ReactNode; icon?: ReactNode }[]
  className?: string
}

/** One of two to five short words, side by side: how something is shown. */
export function SegmentedControl<Value extends string>({ label, value, onChange, options, className }: Props<Value>) {
  const name = useId()
  return (
    <fieldset className={clsx('flex w-fit max-w-full rounded-md bg-hover p-0.5 dark:bg-sunken', className)}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="relative flex h-7 min-w-0 flex-auto items-center justify-center gap-1.5 rounded-[5px] px-2.5 text-xs font-medium whitespace-nowrap text-ink-2 select-none hover:text-ink has-checked:bg-surface has-checked:text-ink has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent dark:has-checked:bg-raised pointer-coarse:h-9"
        >
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 appearance-none opacity-0"
          />
          {option.icon}
          <span className="truncate">{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
