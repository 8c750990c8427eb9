import { clsx } from 'clsx'
import { type ReactNode, useId } from 'react'

/** What every field takes. */
export interface FieldProps {
  label: string
  /** Read, not seen: where the place says what it is. */
  isLabelHidden?: boolean
  hint?: ReactNode
  /** What is wrong with it, as a sentence. */
  error?: string | undefined
  className?: string | undefined
}

/** For the control in a `Field`. */
export interface FieldControl {
  id: string
  'aria-labelledby': string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface Props extends FieldProps {
  children: (control: FieldControl) => ReactNode
}

/** A control with its label, hint and error line, joined for screen readers. */
export function Field({ label, isLabelHidden = false, hint, error, className, children }: Props) {
  const id = useId()
  const [labelId, hintId, errorId] = [`${id}l`, `${id}h`, `${id}e`]
  const described = [error && errorId, hint && hintId].filter(Boolean).join(' ')
  return (
    <div className={clsx('min-w-0', className)}>
      <label
        id={labelId}
        htmlFor={id}
        className={isLabelHidden ? 'sr-only' : 'mb-1 block text-xs font-medium text-ink-2'}
      >
        {label}
      </label>
      {children({
        id,
        'aria-labelledby': labelId,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {error && (
        <p id={errorId} role="alert" className="mt-1 text-xs text-bad">
          {error}
        </p>
      )}
      {hint && (
        <p id={hintId} className="mt-1 text-xs text-ink-3 text-pretty">
          {hint}
        </p>
      )}
    </div>
  )
}
