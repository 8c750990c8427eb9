import { Menu } from '@base-ui/react/menu'
import type { ReactNode } from 'react'
import { MENU } from './menu-classes.ts'
import type { Layer } from './use-layer.ts'

interface Props {
  layer: Layer
  side?: 'right' | 'top' | 'bottom'
  align?: 'start' | 'end'
  className?: string
  children: ReactNode
}

/** A menu at a button. Its items are Base UI's. */
export function MenuPopup({ layer, side = 'bottom', align = 'end', className = '', children }: Props) {
  return (
    <Menu.Root open={layer.isOpen} onOpenChange={layer.change}>
      {/* Within the main landmark: what stands outside of all landmarks is hard to find for a screen reader. */}
      <Menu.Portal container={document.getElementById('main')}>
        <Menu.Positioner
          anchor={layer.anchor}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-40"
        >
          <Menu.Popup finalFocus={layer.anchor} className={`${MENU} ${className}`}>
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
