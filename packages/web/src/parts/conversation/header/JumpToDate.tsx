import { CalendarDays } from 'lucide-react'
import { useState } from 'react'
import { lazyWithTexts } from '../../../i18n/lazy-with-texts.ts'
import { t } from '../../../i18n/t.ts'
import { IconButton } from '../../IconButton.tsx'
import { useShortcuts } from '../../shortcuts/use-shortcuts.ts'
import { useLayer } from '../../use-layer.ts'

const load = () => import('./DatePopup.tsx')
const DatePopup = lazyWithTexts(load, 'DatePopup', [])

/** Opens the conversation at a day. */
export function JumpToDate({ onPick }: { onPick: (at: number) => void }) {
  const [isOpen, setOpen] = useState(false)
  const { layer, button, isNeeded } = useLayer(isOpen, setOpen, load)
  useShortcuts([{ keys: 'Shift+d', label: 'thread.toDate', group: 'thread', run: () => setOpen(true) }])
  return (
    <>
      <IconButton {...button} label={t('thread.toDate')} keys="Shift D" aria-haspopup="dialog">
        <CalendarDays aria-hidden="true" />
      </IconButton>
      {isNeeded && (
        <DatePopup
          layer={layer}
          onPick={(at) => {
            setOpen(false)
            onPick(at)
          }}
        />
      )}
    </>
  )
}
