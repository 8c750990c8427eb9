import type { ContactDetails, ContactRow } from '@parley/protocol/model'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { listContacts } from '../../data/contacts/endpoints.ts'
import { t } from '../../i18n/t.ts'
import { Combobox } from '../../parts/Combobox.tsx'
import { Dialog } from '../../parts/Dialog.tsx'

interface Props {
  contact: ContactDetails
  isOpen: boolean
  onClose: () => void
  onChoose: (other: ContactRow) => void
}

/** Whom it is merged with: found by name or number. */
export function MergeWith({ isOpen, onClose, ...props }: Props) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('merge.with')} description={t('merge.withHint')}>
      <Choice {...props} />
    </Dialog>
  )
}

function Choice({ contact, onChoose }: Pick<Props, 'contact' | 'onChoose'>) {
  const [text, setText] = useState('')
  const q = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['contact-search', q],
    queryFn: ({ signal }) => listContacts({ sort: 'activity', q }, null, signal, 20),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    // Who was not there a moment ago may be now.
    staleTime: 0,
    gcTime: 0,
  })
  const others = (q === '' ? [] : (found.data?.items ?? [])).filter(({ id }) => id !== contact.id)
  return (
    <Combobox
      label={t('contacts.title')}
      options={others.map(({ id, name, phone, email, company }) => {
        const hint = phone ?? email ?? company
        return { value: String(id), label: name, ...(hint !== null && { hint }) }
      })}
      onSearch={setText}
      isLoading={found.isFetching || q !== text.trim()}
      value={null}
      onChange={(one) => {
        const other = others.find(({ id }) => String(id) === one?.value)
        if (other) onChoose(other)
      }}
      placeholder={t('contacts.search')}
    />
  )
}
