import { Tooltip } from '@base-ui/react/tooltip'

interface Props {
  label: string
  keys: string | undefined
  side: 'top' | 'right' | 'bottom' | 'left'
  anchor: Element
  isOpen: boolean
}

/** What `Tip` shows; loaded when the first one is. */
export function TipPopup({ label, keys, side, anchor, isOpen }: Props) {
  return (
    <Tooltip.Root open={isOpen}>
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={anchor} side={side} sideOffset={6} className="pointer-events-none z-50">
          <Tooltip.Popup className="flex items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs font-medium text-surface shadow-pop transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0">
            {label}
            {keys && <kbd className="rounded-sm bg-surface/15 px-1 font-sans text-2xs">{keys}</kbd>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
