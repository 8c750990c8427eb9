import type {
  ChangeContactInput,
  ContactDetails,
  ContactPoint,
  FieldValue,
  Tag,
  TagId,
  UserId,
} from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { useFields } from '../../data/board/fields.ts'
import { useTags } from '../../data/board/tags.ts'
import { useUsers } from '../../data/board/users.ts'
import { mayChange } from '../../data/contacts/may-change.ts'
import { changeContact } from '../../data/contacts/queries.ts'
import { useMe } from '../../data/queries.ts'
import { createTag } from '../../data/work/endpoints.ts'
import { t } from '../../i18n/t.ts'
import { ContactAvatar } from '../../parts/ContactAvatar.tsx'
import { ContactPoints } from '../../parts/contact/ContactPoints.tsx'
import { FieldValueEdit } from '../../parts/fields/FieldValueEdit.tsx'
import { groupBy } from '../../parts/group-by.ts'
import { InlineEdit } from '../../parts/InlineEdit.tsx'
import { MultiCombobox } from '../../parts/MultiCombobox.tsx'
import { SaveLine } from '../../parts/SaveLine.tsx'
import { Select } from '../../parts/Select.tsx'
import { SaidError } from '../../parts/said-error.ts'
import { Tag as TagMark } from '../../parts/Tag.tsx'
import { UserAvatar } from '../../parts/UserAvatar.tsx'
import { type ChangedBy, useValueEdit } from '../../parts/use-value-edit.ts'

interface Props {
  contact: ContactDetails
}

/** Who it is: every value is changed where it stands and saved by itself. */
export function Details({ contact }: Props) {
  const { id, name, company, points, responsible, updatedAt } = contact
  const client = useQueryClient()
  const isReadOnly = !mayChange(useMe(), contact)
  const save = (change: ChangeContactInput) => changeContact(client, id, change)
  const changed: ChangedBy = { who: t('parts.somebody'), at: updatedAt }

  async function saveName(value: string, was: string) {
    if (value === '') throw new SaidError(t('contacts.nameNeeded'))
    await save({ name: value, was: { name: was } })
  }

  return (
    <section
      aria-label={t('contacts.details')}
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-2.5"
    >
      <div className="mb-1 flex items-center gap-3">
        <ContactAvatar contact={contact} size={44} />
        <div className="min-w-0 flex-1">
          <InlineEdit
            label={t('contacts.name')}
            value={name}
            onSave={saveName}
            changed={changed}
            isReadOnly={isReadOnly}
            className="text-lg font-semibold"
          />
        </div>
      </div>
      <Line name={t('contacts.company')}>
        <InlineEdit
          label={t('contacts.company')}
          value={company ?? ''}
          onSave={(value, was) => save({ company: value || null, was: { company: was || null } })}
          changed={changed}
          isReadOnly={isReadOnly}
        />
      </Line>
      {(['phone', 'email'] as const).map((kind) => (
        <Line key={kind} name={t(kind === 'phone' ? 'contacts.phones' : 'contacts.emails')}>
          <ContactPoints
            points={points}
            kind={kind}
            onSave={(next: ContactPoint[], was) => save({ points: next, was: { points: [...was] } })}
            isReadOnly={isReadOnly}
          />
        </Line>
      ))}
      <Line name={t('contacts.responsible')}>
        {isReadOnly ? (
          <bdi className="block py-[5px]">{responsible?.name ?? t('contacts.nobody')}</bdi>
        ) : (
          <Responsible
            value={responsible?.id ?? null}
            onSave={(value, was) => save({ responsibleUserId: value, was: { responsibleUserId: was } })}
          />
        )}
      </Line>
      <Line name={t('contacts.tags')}>
        {isReadOnly ? <TagMarks tags={contact.tags} /> : <Tags tags={contact.tags} onSave={save} />}
      </Line>
      <Fields contact={contact} isReadOnly={isReadOnly} changed={changed} onSave={save} />
    </section>
  )
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[112px_minmax(0,1fr)] gap-2">
      <span aria-hidden="true" className="pt-[5px] text-ink-3 [overflow-wrap:anywhere]">
        {name}
      </span>
      <div className="min-w-0">{children}</div>
    </div>
  )
}

const NOBODY = 'none'

interface ResponsibleProps {
  value: UserId | null
  onSave: (value: UserId | null, was: UserId | null) => Promise<unknown>
}

function Responsible({ value, onSave }: ResponsibleProps) {
  const id = useId()
  const edit = useValueEdit({ value, onSave })
  const users = useUsers()
  return (
    <div className="relative min-w-0">
      <Select
        label={t('contacts.responsible')}
        isLabelHidden
        look="inline"
        options={[
          { value: NOBODY, label: t('contacts.nobody') },
          ...users.map((user) => ({
            value: String(user.id),
            label: user.name,
            icon: <UserAvatar user={user} size={18} />,
          })),
        ]}
        value={edit.draft === null ? NOBODY : String(edit.draft)}
        onChange={(one) => edit.choose(one === NOBODY ? null : (Number(one) as UserId))}
      />
      <SaveLine id={id} edit={edit} />
    </div>
  )
}

function TagMarks({ tags }: { tags: readonly Tag[] }) {
  if (tags.length === 0) return <span className="text-ink-3">—</span>
  return (
    <span className="flex flex-wrap items-center gap-1.5 py-1">
      {tags.map((tag) => (
        <TagMark key={tag.id} name={tag.name} hue={tag.hue} />
      ))}
    </span>
  )
}

interface TagsProps {
  tags: readonly Tag[]
  onSave: (change: ChangeContactInput) => Promise<unknown>
}

/** Those that are on it; one that there is not yet is made by typing it. */
function Tags({ tags, onSave }: TagsProps) {
  const id = useId()
  const known = useTags()
  const [made, setMade] = useState<readonly Tag[]>([])
  const all = new Map([...known, ...tags, ...made].map((tag) => [tag.id, tag]))
  const value = tags.map((tag): TagId => tag.id)
  const edit = useValueEdit({
    value,
    onSave: (next: TagId[], was: TagId[]) =>
      onSave({
        addTagIds: next.filter((one) => !was.includes(one)),
        removeTagIds: was.filter((one) => !next.includes(one)),
      }),
  })

  async function create(name: string) {
    const tag = await createTag({ name })
    setMade([...made, tag])
    return onSave({ addTagIds: [tag.id] })
  }
  const toOption = (tagId: TagId) => ({ value: String(tagId), label: all.get(tagId)?.name ?? '…' })

  return (
    <div className="relative min-w-0">
      <MultiCombobox
        label={t('contacts.tags')}
        isLabelHidden
        options={[...all.keys()].map(toOption)}
        value={edit.draft.map(toOption)}
        onChange={(chosen) => edit.choose(chosen.map((one) => Number(one.value) as TagId))}
        onCreate={(name) => void create(name)}
      />
      <SaveLine id={id} edit={edit} />
    </div>
  )
}

interface FieldsProps extends Props {
  isReadOnly: boolean
  changed: ChangedBy
  onSave: (change: ChangeContactInput) => Promise<unknown>
}

/** The account's own fields, under their headings. */
function Fields({ contact, isReadOnly, changed, onSave }: FieldsProps) {
  const fields = useFields('contact')
  return groupBy(fields, ({ section }) => section).map(([section, members]) => (
    <div key={section ?? ''} className="grid grid-cols-[minmax(0,1fr)] gap-2.5">
      {section !== null && <h2 className="pt-2 text-xs font-semibold text-ink-2">{section}</h2>}
      {members.map((field) => (
        <Line key={field.id} name={field.name}>
          <FieldValueEdit
            field={field}
            value={contact.fields[field.id] ?? null}
            isReadOnly={isReadOnly}
            changed={changed}
            onSave={(value: FieldValue | null, was: FieldValue | null) =>
              onSave({ fields: { [field.id]: value }, was: { fields: { [field.id]: was } } })
            }
          />
        </Line>
      ))}
    </div>
  ))
}
