import type { Connection } from '@parley/protocol/model'
import { useNavigate } from '@tanstack/react-router'
import { MessageSquarePlus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useConnection } from '../../../data/connection.ts'
import { useConnections } from '../../../data/connections.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Tip } from '../../../parts/Tip.tsx'
import { useLayer } from '../../../parts/use-layer.ts'
import { focusComposer } from '../focus.ts'
import { type Reachable, useWriteFirst } from './use-write-first.ts'

const load = () => import('./WriteFirstPopup.tsx')
const WriteFirstPopup = lazy(() => load().then((module) => ({ default: module.WriteFirstPopup })))

interface Props {
  contact: Reachable
  /** The conversation opens in place of what is here. */
  onLeave: () => void
}

/** Beside a phone number: begins a conversation with it. Only where a channel lets people do so. */
export function WriteFirst(props: Props) {
  const channels = useConnections()?.filter((connection) => connection.canWriteFirst) ?? []
  return channels.length > 0 && <WriteFirstButton {...props} channels={channels} />
}

function WriteFirstButton({ contact, channels, onLeave }: Props & { channels: readonly Connection[] }) {
  const isOffline = !useConnection((state) => state.hasNetwork)
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const { layer, button, isNeeded } = useLayer(isOpen, (open) => setOpen(open && !isOffline), load)
  const first = useWriteFirst({
    contact,
    channels,
    isOpen,
    onSent(chatId) {
      setOpen(false)
      onLeave()
      void navigate({ to: '/inbox', search: { c: chatId } }).then(focusComposer)
    },
  })
  const opener = (
    <Button
      {...button}
      size="sm"
      aria-haspopup="dialog"
      aria-disabled={isOffline}
      aria-label={isOffline ? `${t('writeFirst.open')}. ${t('writeFirst.offline')}` : undefined}
    >
      <MessageSquarePlus size={14} aria-hidden="true" />
      {t('writeFirst.open')}
    </Button>
  )
  return (
    <>
      {isOffline ? (
        <Tip label={t('writeFirst.offline')} side="left">
          {opener}
        </Tip>
      ) : (
        opener
      )}
      {isNeeded && (
        <Suspense>
          <WriteFirstPopup layer={layer} contact={contact} channels={channels} first={first} isOffline={isOffline} />
        </Suspense>
      )}
    </>
  )
}
