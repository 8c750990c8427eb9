import type { Connection } from '@parley/protocol/model'
import { ChevronDown, TriangleAlert, X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useConnections } from '../../../data/connections.ts'
import { t } from '../../../i18n/t.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { useLayer } from '../../../parts/use-layer.ts'
import { useNow } from '../../../parts/use-now.ts'
import { focusList } from '../focus.ts'
import { SwitchOn } from './SwitchOn.tsx'
import { describeTrouble, listTroubles, troubleKey } from './troubles.ts'
import { hide, useHidden } from './use-hidden.ts'

const load = () => import('./HealthPopup.tsx')
const HealthPopup = lazy(() => load().then((module) => ({ default: module.HealthPopup })))

/** Above the list: which channels do not take answers, for how long, and what waits for them. Nothing while all do. */
export function ChannelHealth() {
  const troubles = listTroubles(useConnections() ?? [], useHidden())

  function hideAll() {
    hide(troubles.map(troubleKey))
    focusList()
  }

  const [first] = troubles
  return (
    // Always there, so that what comes into it is spoken.
    <div role="status" aria-label={t('health.label')}>
      {first && (
        <div className="flex items-start gap-2 border-b border-line bg-warn-soft py-2 ps-4 pe-2 text-xs">
          <TriangleAlert size={14} aria-hidden="true" className="mt-px shrink-0 text-warn" />
          {troubles.length === 1 ? <One key={first.channelId} connection={first} /> : <Several troubles={troubles} />}
          <IconButton
            label={t('health.hide')}
            onClick={hideAll}
            className="-my-1.5 size-7! pointer-coarse:-my-2.5 pointer-coarse:size-10! [&>svg]:size-4!"
          >
            <X aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </div>
  )
}

function One({ connection }: { connection: Connection }) {
  const now = useNow()
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1.5">
      <p dir="auto" className="[overflow-wrap:anywhere]">
        {describeTrouble(connection, now)}
      </p>
      <SwitchOn connection={connection} onDone={focusList} />
    </div>
  )
}

function Several({ troubles }: { troubles: readonly Connection[] }) {
  const [isOpen, setOpen] = useState(false)
  const { layer, button, isNeeded } = useLayer(isOpen, setOpen, load)
  return (
    <div className="min-w-0 flex-1">
      <button
        {...button}
        type="button"
        aria-haspopup="dialog"
        className="inline-flex items-start gap-1 text-start font-medium underline-offset-2 hover:underline pointer-coarse:-my-3 pointer-coarse:min-h-10 pointer-coarse:items-center"
      >
        {t('health.several', { count: troubles.length })}
        <ChevronDown size={14} aria-hidden="true" className="mt-px shrink-0 pointer-coarse:mt-0" />
      </button>
      {isNeeded && (
        <Suspense>
          <HealthPopup layer={layer} troubles={troubles} />
        </Suspense>
      )}
    </div>
  )
}
