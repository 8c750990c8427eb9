import { Popover as Base } from '@base-ui/react/popover'
import { clsx } from 'clsx'
import type { ReactElement, ReactNode } from 'react'
import { POPUP } from './menu-classes.ts'

interface Props {
  /** The button: a component that passes its props on. */
  trigger: ReactElement<Record<string, unknown>>
  /** What it is, for those who do not see where it opened. */
  label: string
  side?: 'top' | 'right' | 'bottom' | 'left'
  align?: 'start' | 'center' | 'end'
  isOpen?: boolean
  onChange?: (isOpen: boolean) => void
  className?: string
  children: ReactNode
}

/** A small panel at its button. A press beside it or Esc closes it. */
export function Popover({
  trigger,
  label,
  side = 'bottom',
  align = 'start',
  isOpen,
  onChange,
  className,
  children,
}: Props) {
  return (
    <Base.Root {...(isOpen !== undefined && { open: isOpen })} {...(onChange && { onOpenChange: onChange })}>
      <Base.Trigger render={trigger} />
      <Base.Portal container={document.getElementById('main')}>
        <Base.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup
            aria-label={label}
            className={clsx(
              POPUP,
              'max-h-(--available-height) w-80 max-w-[calc(100vw-16px)] overflow-y-auto p-3',
              className,
            )}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
