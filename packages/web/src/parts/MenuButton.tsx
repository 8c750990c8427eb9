import { Menu } from '@base-ui/react/menu'
import { clsx } from 'clsx'
import type { ReactElement, ReactNode } from 'react'
import { MENU } from './menu-classes.ts'

interface Props {
  /** The button: a component that passes its props on. */
  trigger: ReactElement<Record<string, unknown>>
  side?: 'top' | 'right' | 'bottom' | 'left'
  align?: 'start' | 'center' | 'end'
  className?: string
  /** It stands in a dialog or a sheet: the page below is out of reach then. */
  isInLayer?: boolean
  /** `MenuItem`, `MenuCheck`, `SubMenu`, … */
  children: ReactNode
}

/**
 * A button with its menu, for scenes that are loaded on demand anyway. The inbox uses `useLayer` and `MenuPopup`, which
 * bring the code of menus only when one is opened.
 */
export function MenuButton({
  trigger,
  side = 'bottom',
  align = 'start',
  className,
  isInLayer = false,
  children,
}: Props) {
  return (
    <Menu.Root>
      <Menu.Trigger render={trigger} />
      <Menu.Portal container={isInLayer ? document.body : document.getElementById('main')}>
        <Menu.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className="z-50">
          <Menu.Popup className={clsx(MENU, 'max-h-(--available-height) overflow-y-auto', className)}>
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
