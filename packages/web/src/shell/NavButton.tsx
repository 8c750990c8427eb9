import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { Tip } from '../parts/Tip.tsx'

export interface NavButtonPlace {
  /** Where its layer opens. */
  side: 'right' | 'top'
  /** On the bottom bar the name stands below the icon. */
  isLabelled?: boolean
}

interface Props extends ComponentProps<'button'>, NavButtonPlace {
  label: string
  /** The name on the bottom bar when it is shorter than `label`. */
  caption?: string
  keys?: string
  icon: ReactNode
}

/** A button of the rail or the bottom bar. */
export function NavButton({ label, caption = label, keys, icon, side, isLabelled = false, ...props }: Props) {
  const button = (
    <button
      type="button"
      aria-label={label}
      {...props}
      className={clsx(
        'relative text-ink-2 hover:text-ink aria-expanded:text-ink',
        !isLabelled && 'flex size-10 items-center justify-center rounded-lg hover:bg-press aria-expanded:bg-press',
      )}
    >
      {icon}
      {isLabelled && <span aria-hidden="true">{caption}</span>}
    </button>
  )
  if (isLabelled) return button
  return (
    <Tip label={label} side={side} {...(keys && { keys })}>
      {button}
    </Tip>
  )
}
