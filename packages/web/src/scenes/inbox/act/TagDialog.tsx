import type { ChatAction } from '@parley/protocol/model'
import { useRef, useState } from 'react'
import { useTags } from '../../../data/board/tags.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { StageDot } from '../../../parts/lead/StageDot.tsx'
import type { PickerProps } from './AssignDialog.tsx'
import { PickList } from './PickList.tsx'

/** Which tags: of one chat, those it has are ticked; to many, some are put. */
export function TagDialog({ count, chat, onRun, onClose }: PickerProps) {
  const field = useRef<HTMLInputElement>(null)
  const tags = useTags()
  const before = (chat?.lead?.tagIds ?? []).map(String)
  const [picked, setPicked] = useState<readonly string[]>(before)
  const added = picked.filter((id) => !before.includes(id)).map(Number)
  const removed = before.filter((id) => !picked.includes(id)).map(Number)
  const hasNoLead = chat !== undefined && chat.lead === null

  function apply() {
    const actions: ChatAction[] = [
      ...(added.length > 0 ? [{ type: 'tag' as const, tagIds: added }] : []),
      ...(removed.length > 0 ? [{ type: 'untag' as const, tagIds: removed }] : []),
    ]
    if (actions.length > 0) onRun(...actions)
    else onClose()
  }

  return (
    <Dialog
      isOpen
      initialFocus={field}
      onClose={onClose}
      title={chat ? t('pickers.tagOne') : t('pickers.tag', { count })}
      description={hasNoLead ? t('pickers.noLead') : undefined}
      footer={
        !hasNoLead && (
          <Button look="primary" onClick={apply}>
            {t('pickers.apply')}
          </Button>
        )
      }
    >
      {!hasNoLead && (
        <PickList
          field={field}
          label={t('pickers.find')}
          options={tags.map(({ id, name, hue }) => ({ value: String(id), label: name, icon: <StageDot hue={hue} /> }))}
          picked={picked}
          isMulti
          empty={t('pickers.noTags')}
          onPick={(id) => setPicked((held) => (held.includes(id) ? held.filter((one) => one !== id) : [...held, id]))}
        />
      )}
    </Dialog>
  )
}
