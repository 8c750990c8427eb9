import { Popover } from '@base-ui/react/popover'
import { clsx } from 'clsx'
import { Plus } from 'lucide-react'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { POPUP } from '../../../parts/menu-classes.ts'
import type { Layer } from '../../../parts/use-layer.ts'
import type { ShownMessage } from '../shown-messages.ts'
import { ownReaction, quickReactions } from './reactions.ts'

interface Props {
  layer: Layer
  message: ShownMessage
  allowed: 'all' | readonly string[]
  /** Null takes one's own back. */
  onPick: (emoji: string | null) => void
  onMore: () => void
}

/** The usual ones in a row. A channel with a list of its own shows all of that, and no more. */
export function QuickReactions({ layer, message, allowed, onPick, onMore }: Props) {
  const own = ownReaction(message.reactions ?? [], useMe())
  const offered = allowed === 'all' ? quickReactions(allowed) : allowed
  return (
    <Popover.Root open={layer.isOpen} onOpenChange={layer.change}>
      <Popover.Portal container={document.getElementById('main')}>
        <Popover.Positioner
          anchor={layer.anchor}
          side="top"
          align="center"
          sideOffset={6}
          collisionPadding={8}
          className="z-40"
        >
          <Popover.Popup
            finalFocus={layer.anchor}
            aria-label={t('reactions.choose')}
            className={`${POPUP} grid max-h-60 grid-flow-row grid-cols-[repeat(7,auto)] gap-0.5 overflow-y-auto p-1`}
          >
            {offered.map((emoji) => (
              <button
                key={emoji}
                type="button"
                aria-pressed={emoji === own}
                onClick={() => onPick(emoji === own ? null : emoji)}
                className={clsx(CELL, 'text-xl', emoji === own ? 'bg-accent-soft' : 'hover:bg-hover')}
              >
                {emoji}
              </button>
            ))}
            {allowed === 'all' && (
              <button
                type="button"
                aria-label={t('reactions.more')}
                onClick={onMore}
                className={clsx(CELL, 'text-ink-2 hover:bg-hover hover:text-ink')}
              >
                <Plus size={18} />
              </button>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

const CELL = 'flex size-9 items-center justify-center rounded-md leading-none pointer-coarse:size-11'
