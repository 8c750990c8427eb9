import { type ReactNode, useState } from 'react'
import { t } from '../i18n/t.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { reasonOf } from './Notice.tsx'

interface Props {
  isOpen: boolean
  onClose: () => void
  /** A question that names the thing: `Delete the pipeline “Sales”?` */
  title: string
  /** What goes with it, and that it cannot be taken back. */
  description: ReactNode
  /** The act in a word or two: `Delete the pipeline`. */
  confirmLabel: string
  isDangerous?: boolean
  /** Closes when it is done; what it throws is said here. */
  onConfirm: () => Promise<unknown> | undefined
}

/** Only for what cannot be undone: all else is done at once, with *Undo* in a toast. */
export function ConfirmDialog({ title, description, confirmLabel, isDangerous = true, onConfirm, ...dialog }: Props) {
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })

  async function confirm() {
    setState({ isBusy: true })
    try {
      await onConfirm()
      setState({ isBusy: false })
      dialog.onClose()
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <Dialog
      {...dialog}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={dialog.onClose}>{t('parts.cancel')}</Button>
          <Button look={isDangerous ? 'danger' : 'primary'} disabled={state.isBusy} onClick={() => void confirm()}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {state.error !== undefined && (
        <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
          {`${reasonOf(state.error)}.`}
        </p>
      )}
    </Dialog>
  )
}
