import { type ReactNode, useId } from 'react'

interface Props {
  label: ReactNode
  hint?: ReactNode
  isOn: boolean
  onChange: (isOn: boolean) => void
  isDisabled?: boolean
}

/** On or off, at once: what waits for a *Save* is a checkbox. */
export function Switch({ label, hint, isOn, onChange, isDisabled = false }: Props) {
  const id = useId()
  return (
    <div className="flex items-start gap-3">
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="block">
          {label}
        </label>
        {hint && (
          <p id={`${id}h`} className="text-xs text-ink-3 text-pretty">
            {hint}
          </p>
        )}
      </div>
      <span className="relative mt-px flex shrink-0">
        <input
          id={id}
          type="checkbox"
          role="switch"
          aria-checked={isOn}
          checked={isOn}
          disabled={isDisabled}
          aria-describedby={hint ? `${id}h` : undefined}
          onChange={(event) => onChange(event.target.checked)}
          className="peer h-5 w-9 appearance-none rounded-full bg-ink-3 transition-colors after:absolute after:-inset-2 checked:bg-accent focus-visible:rounded-full disabled:opacity-45"
        />
        <span
          aria-hidden="true"
          data-thumb
          className="pointer-events-none absolute start-0.5 top-0.5 size-4 rounded-full bg-white shadow-card transition-transform peer-checked:translate-x-4 rtl:peer-checked:-translate-x-4"
        />
      </span>
    </div>
  )
}
