import type { DigestMode, NotificationSettings } from '@parley/protocol/model'
import { t } from '../../../i18n/t.ts'
import { Select } from '../../../parts/Select.tsx'
import { TimeField } from './QuietHoursFields.tsx'

const MODES = ['off', 'hourly', 'daily'] as const satisfies readonly DigestMode[]

interface Props {
  digest: NotificationSettings['digest']
  canMail: boolean
  onChange: (digest: NotificationSettings['digest']) => void
}

/** Mail of what was not seen. */
export function DigestFields({ digest, canMail, onChange }: Props) {
  return (
    <>
      <div className="flex flex-wrap items-end gap-3">
        <Select
          label={t('noticeSettings.digestMode')}
          className="w-48"
          value={digest.mode}
          isDisabled={!canMail}
          onChange={(mode) => onChange({ ...digest, mode })}
          options={MODES.map((value) => ({ value, label: t(`noticeSettings.digestModes.${value}`) }))}
        />
        {digest.mode === 'daily' && canMail && (
          <TimeField
            label={t('noticeSettings.digestAt')}
            minutes={digest.at}
            onChange={(at) => onChange({ ...digest, at })}
          />
        )}
      </div>
      {!canMail && <p className="text-xs text-ink-3">{t('noticeSettings.noMail')}</p>}
    </>
  )
}
