import { ListFilter, Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTags } from '../../data/board/tags.ts'
import { useUsers } from '../../data/board/users.ts'
import { CHIP_NAMES, type ContactSearch } from '../../data/contacts/contact-search.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { Combobox } from '../../parts/Combobox.tsx'
import { type FilterChip, FilterChips } from '../../parts/FilterChips.tsx'
import { Popover } from '../../parts/Popover.tsx'
import { SegmentedControl } from '../../parts/SegmentedControl.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { useContactSearch } from './use-contact-search.ts'

const TYPING_MS = 250
const NOBODY = 'none'

/** What narrows the list: a search, chips for what is chosen, and where more is chosen. */
export function FilterBar() {
  const { search, change } = useContactSearch()
  const nothing = Object.fromEntries(CHIP_NAMES.map((name) => [name, undefined]))
  return (
    <>
      <SearchField value={`${search.q ?? ''}`} onChange={(q) => change({ q: q || undefined })} />
      <FilterChips
        filters={useChips()}
        onClear={() => change(nothing)}
        add={
          <Popover
            label={t('contacts.filters')}
            trigger={
              <Button size="sm" look="ghost">
                <ListFilter size={15} aria-hidden="true" />
                {t('contacts.filter')}
              </Button>
            }
          >
            <Fields />
          </Popover>
        }
      />
    </>
  )
}

/** Asks a moment after the last key. */
function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value)
  const [before, setBefore] = useState(value)
  if (value !== before) {
    setBefore(value)
    setText(value)
  }
  useEffect(() => {
    if (text.trim() === value) return
    const timer = setTimeout(() => onChange(text.trim()), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, value, onChange])
  return (
    <TextField
      label={t('contacts.search')}
      isLabelHidden
      type="search"
      placeholder={t('contacts.search')}
      icon={<Search size={15} aria-hidden="true" />}
      value={text}
      onChange={setText}
      className="w-60 max-md:w-full"
    />
  )
}

function useChips(): FilterChip[] {
  const { search, change } = useContactSearch()
  const users = useUsers(search.responsible !== undefined)
  const tags = useTags(search.tag !== undefined)
  const nameIn = (among: readonly { id: number; name: string }[], id: unknown) =>
    among.find((one) => one.id === id)?.name ?? '…'
  const has = (value: ContactSearch['phone']) => t(value === 'yes' ? 'contacts.given' : 'contacts.notGiven')
  const words: Record<(typeof CHIP_NAMES)[number], () => [name: string, value: string]> = {
    responsible: () => [
      t('contacts.responsible'),
      search.responsible === NOBODY ? t('contacts.nobody') : nameIn(users, search.responsible),
    ],
    tag: () => [t('contacts.tag'), nameIn(tags, search.tag)],
    company: () => [t('contacts.company'), `${search.company}`],
    phone: () => [t('contacts.phone'), has(search.phone)],
    email: () => [t('contacts.email'), has(search.email)],
  }
  return CHIP_NAMES.filter((name) => search[name] !== undefined).map((id) => {
    const [name, value] = words[id]()
    return { id, name, value, onRemove: () => change({ [id]: undefined }) }
  })
}

function Fields() {
  const { search, change } = useContactSearch()
  const users = useUsers()
  const tags = useTags()
  const people = [
    { value: NOBODY, label: t('contacts.nobody') },
    ...users.map(({ id, name }) => ({ value: String(id), label: name })),
  ]
  const labels = tags.map(({ id, name }) => ({ value: String(id), label: name }))
  const of = (options: readonly { value: string; label: string }[], value: unknown) =>
    options.find((option) => option.value === String(value ?? '')) ?? null
  return (
    <div className="flex flex-col gap-3">
      <Combobox
        label={t('contacts.responsible')}
        options={people}
        value={of(people, search.responsible)}
        onChange={(one) =>
          change({ responsible: one ? (one.value === NOBODY ? NOBODY : Number(one.value)) : undefined })
        }
        isClearable
      />
      <Combobox
        label={t('contacts.tag')}
        options={labels}
        value={of(labels, search.tag)}
        onChange={(one) => change({ tag: one ? Number(one.value) : undefined })}
        isClearable
      />
      <Company />
      {(['phone', 'email'] as const).map((name) => (
        <div key={name}>
          <p className="mb-1 text-xs font-medium text-ink-2">{t(`contacts.${name}`)}</p>
          <SegmentedControl
            label={t(`contacts.${name}`)}
            value={search[name] ?? 'any'}
            onChange={(value) => change({ [name]: value === 'any' ? undefined : value })}
            options={[
              { value: 'any', label: t('contacts.any') },
              { value: 'yes', label: t('contacts.given') },
              { value: 'no', label: t('contacts.notGiven') },
            ]}
          />
        </div>
      ))}
    </div>
  )
}

/** By its whole name, however it is written: applied when the field is left. */
function Company() {
  const { search, change } = useContactSearch()
  const [text, setText] = useState(`${search.company ?? ''}`)
  const apply = () => change({ company: text.trim() || undefined })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
      onBlur={apply}
    >
      <TextField label={t('contacts.company')} value={text} onChange={setText} />
    </form>
  )
}
