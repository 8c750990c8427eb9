import { type FormEvent, useId, useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { readFormProblem } from '../../../parts/form-problem.ts'
import { TextArea } from '../../../parts/TextArea.tsx'
import { FormAlert } from '../PasswordDialog.tsx'

interface Props {
  /** Of the channel. */
  name: string
  decision: 'returned' | 'refused'
  onClose: () => void
  /** Rejects when it was not taken: the reason stands in the dialog. */
  onSay: (note: string) => Promise<unknown>
}

/** Whoever asked is told what is to be changed, or why not: without a word nothing is sent back. */
export function SayWhyDialog({ name, decision, onClose, onSay }: Props) {
  const form = useId()
  const [note, setNote] = useState('')
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const problem = readFormProblem(state.error, ['note'])

  async function submit(event: FormEvent) {
    event.preventDefault()
    setState({ isBusy: true })
    try {
      await onSay(note.trim())
      onClose()
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <Dialog
      isOpen
      isKept
      onClose={onClose}
      title={t(`registrations.why.${decision}`, { name })}
      description={t('registrations.whyHint')}
      footer={
        <>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button
            type="submit"
            form={form}
            look={decision === 'refused' ? 'danger' : 'primary'}
            disabled={state.isBusy || note.trim() === ''}
          >
            {t(decision === 'refused' ? 'registrations.refuse' : 'registrations.return')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
        <TextArea
          label={t('registrations.message')}
          autoFocus
          maxLength={2000}
          value={note}
          onChange={setNote}
          error={problem.fields.note}
        />
        {problem.rest && <FormAlert text={problem.rest} />}
      </form>
    </Dialog>
  )
}
