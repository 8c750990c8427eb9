import type { NoticeSound } from '@parley/protocol/model'
import { Play } from 'lucide-react'
import { playSound } from '../../../data/notices/play-sound.ts'
import { t } from '../../../i18n/t.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { Select } from '../../../parts/Select.tsx'

const SOUNDS = ['chime', 'drop', 'knock'] as const satisfies readonly NoticeSound[]

/** Picks a sound; it is heard when it is picked. */
export function SoundField({ sound, onChange }: { sound: NoticeSound; onChange: (sound: NoticeSound) => void }) {
  return (
    <div className="flex items-center gap-2">
      <Select
        label={t('noticeSettings.sound')}
        isLabelHidden
        className="w-48"
        value={sound}
        onChange={(next) => {
          onChange(next)
          void playSound(next)
        }}
        options={SOUNDS.map((value) => ({ value, label: t(`noticeSettings.sounds.${value}`) }))}
      />
      <IconButton label={t('noticeSettings.playSound')} onClick={() => void playSound(sound)}>
        <Play aria-hidden="true" />
      </IconButton>
    </div>
  )
}
