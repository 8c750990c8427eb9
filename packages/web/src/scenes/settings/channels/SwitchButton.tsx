import type { ChannelCard } from '@parley/protocol/model'
import { switchChannelOff, switchChannelOn } from '../../../data/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { useSettingsChange } from '../use-settings-change.ts'

/** Lets hooks wait, and lets them out again; nothing of them is lost. */
export function SwitchButton({ card }: { card: ChannelCard }) {
  const change = useSettingsChange('channels')
  const isOff = card.connection?.health.state === 'switched_off'
  const flip = () => void change(() => (isOff ? switchChannelOn(card.id) : switchChannelOff(card.id)))
  return (
    <Button look={isOff ? 'primary' : 'outline'} onClick={flip}>
      {t(isOff ? 'channels.switchOn' : 'channels.switchOff')}
    </Button>
  )
}
