import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useId, useState } from 'react'
import { applyEvents } from '../../data/apply-events.ts'
import { createContact } from '../../data/contacts/endpoints.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { readFormProblem } from '../../parts/form-problem.ts'
import { TextField } from '../../parts/TextField.tsx'

interface Props {
  isOpen: boolean
  onClose: () => void
}

/** Somebody who has not written yet. What was typed is kept while the dialog is open. */
export function NewContact({ isOpen, onClose }: Props) {
  const id = useId()
  const [isBusy, setBusy] = useState(false)
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      isKept
      title={t('contacts.new')}
      footer={
        <>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button look="primary" type="submit" form={id} disabled={isBusy}>
            {t('contacts.create')}
          </Button>
        </>
      }
    >
      <Form id={id} onClose={onClose} setBusy={setBusy} />
    </Dialog>
  )
}

interface FormProps extends Pick<Props, 'onClose'> {
  id: string
  setBusy: (isBusy: boolean) => void
}

function Form({ id, onClose, setBusy }: FormProps) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [company, setCompany] = useState('')
  const [phone, setPhone] = useState('')
  const [email, setEmail] = useState('')
  const [error, setError] = useState<unknown>()
  const points = [
    ...(phone.trim() ? [{ kind: 'phone' as const, value: phone.trim() }] : []),
    ...(email.trim() ? [{ kind: 'email' as const, value: email.trim() }] : []),
  ]
  const [phoneField, emailField] = [phone.trim() ? 'points.0' : 'none', `points.${points.length - 1}`]
  const problem = readFormProblem(error, ['name', 'company', phoneField, emailField])

  async function save(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    try {
      const contact = await createContact({ name: name.trim(), company: company.trim() || null, points })
      applyEvents(client, [{ seq: 0, type: 'contact.updated', contact }])
      onClose()
      void navigate({ to: '/contacts/$contactId', params: { contactId: String(contact.id) } })
    } catch (refused) {
      setError(refused)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form id={id} onSubmit={(event) => void save(event)} className="flex flex-col gap-3">
      <TextField label={t('contacts.name')} value={name} onChange={setName} required error={problem.fields.name} />
      <TextField
        label={t('contacts.phone')}
        type="tel"
        value={phone}
        onChange={setPhone}
        error={problem.fields[phoneField]}
      />
      <TextField
        label={t('contacts.email')}
        inputMode="email"
        value={email}
        onChange={setEmail}
        error={email.trim() ? problem.fields[emailField] : undefined}
      />
      <TextField label={t('contacts.company')} value={company} onChange={setCompany} error={problem.fields.company} />
      {problem.rest !== undefined && (
        <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
          {problem.rest}
        </p>
      )}
    </form>
  )
}
