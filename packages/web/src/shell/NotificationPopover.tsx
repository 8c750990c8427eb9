import { Popover } from '@base-ui/react/popover'
import { POPUP } from '../parts/menu-classes.ts'
import type { Layer } from '../parts/use-layer.ts'
import { setLayer } from './layers.ts'
import type { NavButtonPlace } from './NavButton.tsx'
import { NotificationPanel } from './NotificationPanel.tsx'

/** The panel at the bell. */
export function NotificationPopover({ layer, side }: Pick<NavButtonPlace, 'side'> & { layer: Layer }) {
  return (
    <Popover.Root open={layer.isOpen} onOpenChange={layer.change}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={layer.anchor}
          side={side}
          align="end"
          sideOffset={8}
          collisionPadding={8}
          className="z-40"
        >
          <Popover.Popup
            finalFocus={layer.anchor}
            className={`${POPUP} flex max-h-[min(560px,calc(100dvh-96px))] w-[min(380px,calc(100vw-16px))] flex-col overflow-hidden`}
          >
            <NotificationPanel onLeave={() => setLayer('notifications', false)} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
