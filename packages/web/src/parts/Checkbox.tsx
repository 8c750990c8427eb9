import { clsx } from 'clsx'
import { Check, Minus } from 'lucide-react'
import { type ReactNode, useId } from 'react'

interface Props {
  label: ReactNode
  /** Read, not seen. */
  isLabelHidden?: boolean
  hint?: ReactNode
  isChecked: boolean
  /** Some of what it stands for. */
  isMixed?: boolean
  onChange: (isChecked: boolean, event: { shiftKey: boolean }) => void
  isDisabled?: boolean
  /** -1 where arrow keys reach it. */
  tabIndex?: number
}

/** A yes or no that is saved with the rest of the form, or one of several that may be chosen together. */
export function Checkbox({ label, isLabelHidden = false, hint, isChecked, isMixed = false, onChange, ...more }: Props) {
  const id = useId()
  return (
    <div className="flex items-start gap-2">
      <span className="relative flex size-[18px] shrink-0 items-center justify-center">
        <input
          id={id}
          type="checkbox"
          checked={isChecked}
          ref={(input) => {
            if (input) input.indeterminate = isMixed
          }}
          disabled={more.isDisabled === true}
          tabIndex={more.tabIndex}
          aria-describedby={hint ? `${id}h` : undefined}
          onChange={(event) =>
            onChange(event.target.checked, {
              shiftKey: event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey,
            })
          }
          className={clsx(
            'peer size-4 appearance-none rounded-sm bg-surface shadow-[inset_0_0_0_1.5px_var(--ink-3)] transition-colors after:absolute after:-inset-1.5 disabled:opacity-45 dark:bg-raised',
            'checked:bg-accent checked:shadow-none indeterminate:bg-accent indeterminate:shadow-none',
          )}
        />
        {isMixed ? (
          <Minus size={12} strokeWidth={3} aria-hidden="true" className="pointer-events-none absolute text-on-accent" />
        ) : (
          <Check
            size={12}
            strokeWidth={3}
            aria-hidden="true"
            className="pointer-events-none absolute hidden text-on-accent peer-checked:block"
          />
        )}
      </span>
      <span className={isLabelHidden ? 'sr-only' : 'min-w-0'}>
        <label htmlFor={id} className="block">
          {label}
        </label>
        {hint && (
          <span id={`${id}h`} className="block text-xs text-ink-3 text-pretty">
            {hint}
          </span>
        )}
      </span>
    </div>
  )
}
