import type { InboxView } from '@parley/protocol/model'
import { type FormEvent, useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Checkbox } from '../../../parts/Checkbox.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { reasonOf } from '../../../parts/Notice.tsx'
import { TextField } from '../../../parts/TextField.tsx'

interface Props {
  /** Absent: a new one. */
  view?: InboxView
  onSave: (name: string, isShared: boolean) => Promise<void>
  onClose: () => void
}

/** What a view is called, and whose it is. */
export function SaveViewDialog({ view, onSave, onClose }: Props) {
  const [name, setName] = useState(view?.name ?? '')
  const [isShared, setShared] = useState(view?.isShared ?? false)
  const [state, setState] = useState<{ isSaving: boolean; error?: string }>({ isSaving: false })

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (state.isSaving || name.trim() === '') return
    setState({ isSaving: true })
    try {
      await onSave(name.trim(), isShared)
      onClose()
    } catch (error) {
      setState({ isSaving: false, error: t('view.failed', { reason: reasonOf(error) }) })
    }
  }

  return (
    <Dialog
      isOpen
      isKept
      onClose={onClose}
      title={view ? t('view.renameTitle') : t('view.saveTitle')}
      footer={
        <>
          <Button onClick={onClose}>{t('view.cancel')}</Button>
          <Button type="submit" form="save-view" look="primary" disabled={state.isSaving || name.trim() === ''}>
            {t('view.saveButton')}
          </Button>
        </>
      }
    >
      <form id="save-view" onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
        <TextField label={t('view.name')} value={name} onChange={setName} maxLength={60} error={state.error} />
        <Checkbox label={t('view.shared')} hint={t('view.sharedHint')} isChecked={isShared} onChange={setShared} />
      </form>
    </Dialog>
  )
}
