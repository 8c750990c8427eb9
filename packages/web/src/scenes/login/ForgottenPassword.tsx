import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { MailCheck } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { askForPasswordLink, entranceQuery } from '../../data/people/doors.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { Notice, reasonOf } from '../../parts/Notice.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { DOOR_LINK, DoorAlert, DoorFrame, DoorTitle } from './DoorFrame.tsx'

/** A link by mail, where there is mail; else an admin makes one. */
export function ForgottenPassword() {
  const { data: entrance } = useQuery(entranceQuery)
  const [email, setEmail] = useState('')
  const [state, setState] = useState<{ isBusy: boolean; isSent?: boolean; error?: unknown }>({ isBusy: false })

  async function submit(event: FormEvent) {
    event.preventDefault()
    setState({ isBusy: true })
    try {
      await askForPasswordLink(email.trim())
      setState({ isBusy: false, isSent: true })
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <DoorFrame
      title={t('forgotten.title')}
      foot={
        <Link to="/login" search={{}} className={DOOR_LINK}>
          {t('forgotten.back')}
        </Link>
      }
    >
      {state.isSent ? (
        <Notice
          title={t('forgotten.sent')}
          hint={t('forgotten.sentHint', { email: email.trim() })}
          drawing={<MailCheck size={28} strokeWidth={1.6} aria-hidden="true" className="text-ok" />}
        />
      ) : entrance?.canMail === false ? (
        <Notice title={t('forgotten.noMail')} hint={t('forgotten.noMailHint')} />
      ) : (
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
          <DoorTitle hint={t('forgotten.hint')}>{t('forgotten.title')}</DoorTitle>
          <TextField
            label={t('login.email')}
            type="email"
            autoComplete="username"
            autoFocus
            required
            value={email}
            onChange={setEmail}
          />
          {state.error !== undefined && <DoorAlert>{`${reasonOf(state.error)}.`}</DoorAlert>}
          <Button type="submit" look="primary" disabled={state.isBusy} className="h-9">
            {t('forgotten.submit')}
          </Button>
        </form>
      )}
    </DoorFrame>
  )
}
