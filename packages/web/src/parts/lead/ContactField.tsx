import { useDeferredValue, useState } from 'react'
import { useContactSearch } from '../../data/board/board-queries.ts'
import { t } from '../../i18n/t.ts'
import { Combobox } from '../Combobox.tsx'
import type { ComboOption } from '../combobox-options.ts'

/** The value of somebody who is not there yet; the label is his name. */
export const NEW_CONTACT = 'new'

interface Props {
  value: ComboOption | null
  onChange: (value: ComboOption | null) => void
  error?: string | undefined
}

/** A contact there is, found by name, number or address, or a new one by the name that was typed. */
export function ContactField({ value, onChange, error }: Props) {
  const [query, setQuery] = useState('')
  const q = useDeferredValue(query.trim())
  const found = useContactSearch(q)
  const options = (q === '' ? [] : (found.data?.items ?? [])).map(({ contact }): ComboOption => {
    const hint = contact.phone ?? contact.email
    return { value: String(contact.id), label: contact.name, ...(hint && { hint }) }
  })
  return (
    <Combobox
      label={t('lead.contact')}
      hint={t('pipeline.contactHint')}
      options={options}
      onSearch={setQuery}
      isLoading={found.isFetching || q !== query.trim()}
      onCreate={(name) => onChange({ value: NEW_CONTACT, label: name })}
      value={value}
      onChange={onChange}
      isClearable
      error={error}
    />
  )
}
