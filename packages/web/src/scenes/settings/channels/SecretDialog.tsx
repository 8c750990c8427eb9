import type { ChannelId } from '@parley/protocol/model'
import { useEffect } from 'react'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { CopyBox } from '../../../parts/CopyBox.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { AccessRows } from './AccessRows.tsx'
import { hideSecret, useShownSecret } from './shown-secret.ts'

/** What a channel's program needs, with the secret: the only time it is seen. */
export function SecretDialog({ channelId }: { channelId: ChannelId }) {
  const { made } = useShownSecret()
  useEffect(() => hideSecret, [])
  const isOpen = made?.channel.id === channelId
  return (
    <Dialog
      isOpen={isOpen}
      isKept
      size="md"
      onClose={hideSecret}
      title={t('channels.accessTitle', { name: made?.channel.name ?? '' })}
      description={t('channels.secretOnce')}
      footer={
        <Button look="primary" onClick={hideSecret}>
          {t('channels.secretKept')}
        </Button>
      }
    >
      {made && (
        <div className="flex flex-col gap-4">
          <div>
            <p aria-hidden="true" className="mb-1 text-xs font-medium text-ink-2">
              {t('channels.secret')}
            </p>
            <CopyBox label={t('channels.secret')} text={made.secret} />
          </div>
          <AccessRows channel={made.channel} />
        </div>
      )}
    </Dialog>
  )
}
