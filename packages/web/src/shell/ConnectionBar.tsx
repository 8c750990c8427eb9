import { CloudOff, RefreshCw } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useConnection } from '../data/connection.ts'
import { useOutbox } from '../data/outbox/use-outbox.ts'
import { t } from '../i18n/t.ts'
import { format } from '../parts/format.ts'

const PATIENCE_MS = 2_000

/** Speaks up when the screen may be stale: after two seconds, so that a short break does not move the page. */
export function ConnectionBar() {
  const isOpen = useConnection((state) => state.isOpen)
  const hasNetwork = useConnection((state) => state.hasNetwork)
  const isLost = useLasting(isOpen === false || !hasNetwork, PATIENCE_MS)
  if (!isLost) return null
  return (
    <div
      role="status"
      className="flex min-h-8 shrink-0 flex-wrap items-center justify-center gap-x-2 bg-warn-soft px-3 py-1.5 text-xs font-medium text-warn"
    >
      {hasNetwork ? (
        <>
          <RefreshCw size={14} aria-hidden="true" className="animate-spin" />
          {t('connection.reconnecting')}
        </>
      ) : (
        <Offline />
      )}
    </div>
  )
}

function Offline() {
  const heardAt = useConnection((state) => state.heardAt)
  const waiting = useOutbox((state) => state.entries.filter((entry) => !entry.refusal).length)
  return (
    <>
      <CloudOff size={14} aria-hidden="true" />
      <span>{t('connection.offline')}</span>
      {waiting > 0 && <span>{t('connection.queued', { count: waiting })}</span>}
      {heardAt !== null && (
        <span className="tnum text-ink-3">{t('connection.lastSynced', { time: format.time(heardAt) })}</span>
      )}
    </>
  )
}

/** True once `state` has held for a while; false at once when it ends. */
function useLasting(state: boolean, ms: number): boolean {
  const [hasLasted, setLasted] = useState(false)
  useEffect(() => {
    if (!state) return setLasted(false)
    const timer = setTimeout(() => setLasted(true), ms)
    return () => clearTimeout(timer)
  }, [state, ms])
  return hasLasted && state
}
