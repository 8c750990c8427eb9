import type { ChannelCard } from '@parley/protocol/model'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { connectChannel } from '../../../data/channels/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { toast } from '../../../parts/toast.ts'
import { useSettingsChange } from '../use-settings-change.ts'

interface Props {
  card: ChannelCard
  className?: string
}

/** One click: it takes messages from then on; what it is called and where its leads go is set on its page. */
export function ConnectButton({ card, className }: Props) {
  const change = useSettingsChange('channels')
  const navigate = useNavigate()
  const [isBusy, setBusy] = useState(false)
  async function connect() {
    setBusy(true)
    const hookVersion = card.hookVersions[0] ?? 'v2'
    const done = await change(() => connectChannel(card.id, { hookVersion }))
    setBusy(false)
    if (!done) return
    toast({ tone: 'ok', text: t('channels.connected', { name: card.name }) })
    await navigate({ to: '/settings/$section/$part', params: { section: 'channels', part: card.id } })
  }
  return (
    <Button
      look="primary"
      className={className}
      disabled={isBusy}
      aria-label={t('channels.connectOf', { name: card.name })}
      onClick={() => void connect()}
    >
      {t('channels.connect')}
    </Button>
  )
}
