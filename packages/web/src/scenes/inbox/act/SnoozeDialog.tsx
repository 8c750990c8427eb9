import { type FormEvent, useRef, useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { DateTimeField } from '../../../parts/DateTimeField.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { format } from '../../../parts/format.ts'
import { fromLocalInput, toLocalInput } from '../../../parts/local-time.ts'
import { listSnoozeTimes } from '../../../parts/snooze-times.ts'
import type { PickerProps } from './AssignDialog.tsx'
import { PickList } from './PickList.tsx'

/** Until when. */
export function SnoozeDialog({ count, chat, onRun, onClose }: PickerProps) {
  const field = useRef<HTMLInputElement>(null)
  const [now] = useState(() => Date.now())
  const [time, setTime] = useState('')
  const times = listSnoozeTimes(now)
  const until = fromLocalInput(time)
  const isGood = until !== undefined && until > Date.now()

  function submit(event: FormEvent) {
    event.preventDefault()
    if (isGood) onRun({ type: 'snooze', until })
  }

  return (
    <Dialog
      isOpen
      initialFocus={field}
      onClose={onClose}
      title={chat ? t('pickers.snoozeOne') : t('pickers.snooze', { count })}
    >
      <PickList
        field={field}
        label={t('pickers.find')}
        options={times.map(({ id, at }) => ({
          value: id,
          label: t(`parts.snoozeTime.${id}`),
          hint: format.moment(at, now),
        }))}
        picked={[]}
        empty={t('pickers.noSuchTime')}
        onPick={(id) => {
          const picked = times.find((one) => one.id === id)
          if (picked) onRun({ type: 'snooze', until: picked.at })
        }}
      />
      <form onSubmit={submit} className="mt-3 flex items-end gap-2">
        <DateTimeField
          label={t('pickers.pickTime')}
          value={time}
          onChange={setTime}
          min={toLocalInput(now)}
          className="flex-1"
        />
        <Button type="submit" look="primary" disabled={!isGood}>
          {t('pickers.set')}
        </Button>
      </form>
    </Dialog>
  )
}
