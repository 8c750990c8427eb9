import type { NewAuthenticator } from '@parley/protocol/model'
import { type FormEvent, useId, useState } from 'react'
import { confirmTotp } from '../../../data/people/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { CopyBox } from '../../../parts/CopyBox.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { readFormProblem } from '../../../parts/form-problem.ts'
import { QrCode } from '../../../parts/QrCode.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { FormAlert } from '../PasswordDialog.tsx'

interface Props {
  authenticator: NewAuthenticator
  onClose: () => void
  /** Codes are asked for now; the recovery codes, when these are the first. */
  onDone: (codes: string[]) => void
}

/** The app takes the picture, and its first code proves it. */
export function AuthenticatorDialog({ authenticator: { secret, uri }, onClose, onDone }: Props) {
  const form = useId()
  const [code, setCode] = useState('')
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const problem = readFormProblem(state.error, ['code'])

  async function submit(event: FormEvent) {
    event.preventDefault()
    setState({ isBusy: true })
    try {
      onDone((await confirmTotp(code)).codes)
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <Dialog
      isOpen
      isKept
      size="md"
      onClose={onClose}
      title={t('security.scanTitle')}
      description={t('security.scanHint')}
      footer={
        <>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button type="submit" form={form} look="primary" disabled={state.isBusy || code.trim() === ''}>
            {t('security.codesOn')}
          </Button>
        </>
      }
    >
      <div className="flex flex-wrap gap-5">
        <QrCode text={uri} label={t('security.qr')} />
        <form id={form} onSubmit={(event) => void submit(event)} className="flex min-w-52 flex-1 flex-col gap-4">
          <div>
            <p className="mb-1 text-xs font-medium text-ink-2">{t('security.byHand')}</p>
            <CopyBox label={t('security.secret')} text={secret} />
          </div>
          <TextField
            label={t('security.code')}
            hint={t('security.codeHint')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={8}
            autoFocus
            value={code}
            onChange={setCode}
            error={problem.fields.code}
          />
          {problem.rest && <FormAlert text={problem.rest} />}
        </form>
      </div>
    </Dialog>
  )
}
