import type { Contact } from '@parley/protocol/model'
import { type FormEvent, useId, useRef, useState } from 'react'
import { erasePerson } from '../../data/contacts/person-data.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../Button.tsx'
import { Dialog } from '../Dialog.tsx'
import { reasonOf } from '../Notice.tsx'
import { TextField } from '../TextField.tsx'
import { toast } from '../toast.ts'

interface Props {
  contact: Pick<Contact, 'id' | 'name'>
  onClose: () => void
  /** The contact is gone. */
  onErased: () => void
}

/** Says what goes and what stays, and lets nobody erase a person by a slip: the name must be typed. */
export function EraseDialog({ contact, onClose, onErased }: Props) {
  const { id, name } = contact
  const form = useId()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [state, setState] = useState<'idle' | 'busy' | { error: unknown }>('idle')
  const isBlocked = state === 'busy' || typed.trim() !== name.trim()

  async function erase(event: FormEvent) {
    event.preventDefault()
    if (isBlocked) return
    setState('busy')
    try {
      await erasePerson(id, typed)
      toast({ text: t('personData.erased', { name }) })
      onErased()
    } catch (error) {
      setState({ error })
    }
  }

  return (
    <Dialog
      isOpen
      isKept
      size="md"
      initialFocus={field}
      onClose={onClose}
      title={t('personData.title', { name })}
      description={t('personData.intro')}
      footer={
        <>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button type="submit" form={form} look="danger" disabled={isBlocked}>
            {t('personData.confirm')}
          </Button>
        </>
      }
    >
      <p className="font-medium">{t('personData.gone')}</p>
      <ul className="mt-1 mb-3 list-disc ps-5 text-ink-2">
        <li>{t('personData.goneChats')}</li>
        <li>{t('personData.goneCards')}</li>
        <li>{t('personData.goneTraces')}</li>
      </ul>
      <p className="mb-4 text-ink-2">{t('personData.stays')}</p>
      <form id={form} onSubmit={(event) => void erase(event)}>
        <TextField
          ref={field}
          label={t('personData.type', { name })}
          value={typed}
          onChange={setTyped}
          autoComplete="off"
        />
      </form>
      {typeof state === 'object' && (
        <p role="alert" className="mt-3 rounded-md bg-bad-soft px-3 py-2 text-bad">
          {`${reasonOf(state.error)}.`}
        </p>
      )}
    </Dialog>
  )
}
