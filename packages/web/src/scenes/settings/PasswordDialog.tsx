import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { readFormProblem } from '../../parts/form-problem.ts'
import { TextField } from '../../parts/TextField.tsx'

interface Props {
  title: string
  description: ReactNode
  confirmLabel: string
  isDangerous?: boolean
  onClose: () => void
  /** Rejects when it was not done: the reason stands in the dialog. Closing is up to whoever opened it. */
  onConfirm: (password: string) => Promise<unknown>
  /** What else is asked for, above the password. */
  children?: ReactNode
}

/** Asks for the password before something that changes how one logs in. Draw it only while it is needed. */
export function PasswordDialog({ title, description, confirmLabel, isDangerous = false, onClose, ...rest }: Props) {
  const { onConfirm, children } = rest
  const form = useId()
  const [password, setPassword] = useState('')
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const problem = readFormProblem(state.error, ['password'])

  async function submit(event: FormEvent) {
    event.preventDefault()
    setState({ isBusy: true })
    try {
      await onConfirm(password)
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <Dialog
      isOpen
      isKept
      onClose={onClose}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button
            type="submit"
            form={form}
            look={isDangerous ? 'danger' : 'primary'}
            disabled={state.isBusy || password === ''}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {children}
        <TextField
          label={t('settings.password')}
          hint={t('settings.passwordHint')}
          type="password"
          autoComplete="current-password"
          autoFocus={children === undefined}
          value={password}
          onChange={setPassword}
          error={problem.fields.password}
        />
        {problem.rest && <FormAlert text={problem.rest} />}
      </form>
    </Dialog>
  )
}

/** What no field can show. */
export function FormAlert({ text }: { text: string }) {
  return (
    <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
      {text}
    </p>
  )
}
