import type { NewPasskey } from '@parley/protocol/model'
import { useState } from 'react'
import { addPasskey, beginPasskey } from '../../../data/people/endpoints.ts'
import { createPasskey, PasskeyProblem } from '../../../data/people/passkeys.ts'
import { t } from '../../../i18n/t.ts'
import { describeBrowser } from '../../../parts/describe-browser.ts'
import { SaidError } from '../../../parts/said-error.ts'
import { TextField } from '../../../parts/TextField.tsx'
import { PasswordDialog } from '../PasswordDialog.tsx'

interface Props {
  onClose: () => void
  onDone: (made: NewPasskey) => void
}

/** A name and the password, then the browser asks for the finger. */
export function AddPasskey({ onClose, onDone }: Props) {
  const [name, setName] = useState(() => describeBrowser(navigator.userAgent).name)

  async function add(password: string) {
    const { step, options } = await beginPasskey(password)
    const response = await createPasskey(options).catch((error: unknown) => {
      throw new SaidError(t(`security.${error instanceof PasskeyProblem ? error.reason : 'failed'}`), { cause: error })
    })
    onDone(await addPasskey({ step, name: name.trim() || t('security.passkey'), response }))
  }

  return (
    <PasswordDialog
      title={t('security.passkeyAdd')}
      description={t('security.passkeyAddHint')}
      confirmLabel={t('security.continue')}
      onClose={onClose}
      onConfirm={add}
    >
      <TextField
        label={t('security.passkeyName')}
        hint={t('security.passkeyNameHint')}
        maxLength={100}
        autoFocus
        value={name}
        onChange={setName}
      />
    </PasswordDialog>
  )
}
