import { Popover } from '@base-ui/react/popover'
import type { Connection } from '@parley/protocol/model'
import { useRef } from 'react'
import { sayAgain } from '../../../i18n/said.ts'
import { t } from '../../../i18n/t.ts'
import { ChannelMark } from '../../../parts/ChannelMark.tsx'
import { POPUP } from '../../../parts/menu-classes.ts'
import type { Layer } from '../../../parts/use-layer.ts'
import { useNow } from '../../../parts/use-now.ts'
import { focusList } from '../focus.ts'
import { SwitchOn } from './SwitchOn.tsx'
import { describeTrouble } from './troubles.ts'

interface Props {
  layer: Layer
  troubles: readonly Connection[]
}

/** Each channel in trouble by itself, with why its last try failed. */
export function HealthPopup({ layer, troubles }: Props) {
  const now = useNow()
  const popup = useRef<HTMLDivElement>(null)
  const keepFocus = () => (troubles.length > 2 ? popup.current?.focus() : focusList())
  return (
    <Popover.Root open={layer.isOpen} onOpenChange={layer.change}>
      <Popover.Portal container={document.getElementById('main')}>
        <Popover.Positioner anchor={layer.anchor} align="start" sideOffset={8} collisionPadding={8} className="z-40">
          <Popover.Popup
            ref={popup}
            finalFocus={layer.anchor}
            aria-label={t('health.label')}
            className={`${POPUP} max-h-[min(480px,60dvh)] w-[min(360px,calc(100vw-16px))] overflow-y-auto`}
          >
            <ul className="divide-y divide-line text-xs">
              {troubles.map((connection) => (
                <li key={connection.channelId} className="flex items-start gap-2.5 p-3">
                  <ChannelMark channel={connection} />
                  <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1.5">
                    <p dir="auto" className="w-full [overflow-wrap:anywhere]">
                      {describeTrouble(connection, now)}
                    </p>
                    {connection.health.lastFailure !== null && (
                      <p dir="auto" className="w-full text-ink-3 [overflow-wrap:anywhere]">
                        {t('health.lastFailure', { reason: sayAgain(connection.health.lastFailure) })}
                      </p>
                    )}
                    <SwitchOn connection={connection} onDone={keepFocus} />
                  </div>
                </li>
              ))}
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
