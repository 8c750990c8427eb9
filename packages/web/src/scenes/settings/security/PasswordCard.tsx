import { type FormEvent, useState } from 'react'
import { changePassword } from '../../../data/people/endpoints.ts'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { readFormProblem } from '../../../parts/form-problem.ts'
import { format } from '../../../parts/format.ts'
import { TextField } from '../../../parts/TextField.tsx'
import { toast } from '../../../parts/toast.ts'
import { FormAlert } from '../PasswordDialog.tsx'
import { SettingsCard } from '../SettingsPage.tsx'

export function PasswordCard({ changedAt }: { changedAt: number | null }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <SettingsCard
      title={t('security.password')}
      hint={
        changedAt === null ? t('security.passwordFirst') : t('security.passwordSince', { date: format.date(changedAt) })
      }
      actions={!isOpen && <Button onClick={() => setOpen(true)}>{t('security.passwordChange')}</Button>}
    >
      {isOpen && <PasswordForm onClose={() => setOpen(false)} />}
    </SettingsCard>
  )
}

function PasswordForm({ onClose }: { onClose: () => void }) {
  const { user } = useMe()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const problem = readFormProblem(state.error, ['current', 'next'])

  async function submit(event: FormEvent) {
    event.preventDefault()
    setState({ isBusy: true })
    try {
      await changePassword({ current, next })
      toast({ tone: 'ok', text: t('security.passwordChanged') })
      onClose()
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex max-w-96 flex-col gap-4">
      {/* Password managers keep the new one under this name. */}
      <input type="email" autoComplete="username" value={user.email} readOnly hidden />
      <TextField
        label={t('security.passwordCurrent')}
        type="password"
        autoComplete="current-password"
        autoFocus
        required
        value={current}
        onChange={setCurrent}
        error={problem.fields.current}
      />
      <TextField
        label={t('security.passwordNext')}
        hint={t('security.passwordNextHint')}
        type="password"
        autoComplete="new-password"
        minLength={8}
        required
        value={next}
        onChange={setNext}
        error={problem.fields.next}
      />
      {problem.rest && <FormAlert text={problem.rest} />}
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={state.isBusy || current === '' || next === ''}>
          {t(state.isBusy ? 'settings.saving' : 'security.passwordChange')}
        </Button>
        <Button onClick={onClose}>{t('parts.cancel')}</Button>
      </div>
    </form>
  )
}
