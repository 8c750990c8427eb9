import type { ChangeContactInput, Chat, ContactId, ContactRow, LeadId } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Building2, Ellipsis, Mail, Phone, Plus, Star, UserMinus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { mayChange } from '../../../data/contacts/may-change.ts'
import type { HeldDetails } from '../../../data/lead/apply-to-details.ts'
import { addPerson, changePerson, removePerson } from '../../../data/lead/change.ts'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { ContactAvatar } from '../../ContactAvatar.tsx'
import type { ComboOption } from '../../combobox-options.ts'
import { ContactPoints } from '../../contact/ContactPoints.tsx'
import { WriteFirst } from '../../conversation/write-first/WriteFirst.tsx'
import { IconButton } from '../../IconButton.tsx'
import { InlineEdit } from '../../InlineEdit.tsx'
import { MenuButton } from '../../MenuButton.tsx'
import { MenuItem } from '../../MenuItems.tsx'
import { reasonOf } from '../../Notice.tsx'
import { toast } from '../../toast.ts'
import { ContactField, NEW_CONTACT } from '../ContactField.tsx'
import { Part } from './Part.tsx'

interface Props {
  lead: HeldDetails
  isReadOnly: boolean
  onLeave: () => void
}

/** Whom the lead is with, the main one first. */
export function LeadPeople({ lead, isReadOnly, onLeave }: Props) {
  const [isAdding, setAdding] = useState(false)
  return (
    <Part
      title={t('card.contacts')}
      action={
        !isReadOnly && (
          <IconButton label={t('card.addContact')} onClick={() => setAdding(true)} className="size-7!">
            <Plus />
          </IconButton>
        )
      }
    >
      {isAdding && <NewPerson leadId={lead.id} onClose={() => setAdding(false)} />}
      {lead.contacts.length === 0 && <p className="text-ink-3">{t('lead.noContact')}</p>}
      <ul className="flex flex-col gap-3">
        {lead.contacts.map((contact, index) => (
          <li key={contact.id}>
            <Person
              contact={contact}
              lead={lead}
              isMain={index === 0}
              isOnly={lead.contacts.length === 1}
              isReadOnly={isReadOnly}
              onLeave={onLeave}
            />
          </li>
        ))}
      </ul>
    </Part>
  )
}

interface PersonProps extends Props {
  contact: ContactRow
  isMain: boolean
  isOnly: boolean
}

function Person({ contact, lead, isMain, isOnly, isReadOnly, onLeave }: PersonProps) {
  const client = useQueryClient()
  const me = useMe()
  const isFixed = !mayChange(me, contact)
  const change = (given: ChangeContactInput) => changePerson(client, contact.id, given)
  return (
    <div className="min-w-0">
      <div className="flex items-start gap-2.5">
        <ContactAvatar contact={contact} seed={seedOf(contact, isMain ? lead.chats : [])} />
        <div className="min-w-0 flex-1">
          <InlineEdit
            label={t('card.contactName')}
            value={contact.name}
            isReadOnly={isFixed}
            onSave={(name, was) => change({ name, was: { name: was } })}
            className="font-medium"
          />
          {isMain && !isOnly && <p className="-mt-1 text-2xs text-ink-3">{t('card.main')}</p>}
        </div>
        <PersonMenu {...{ contact, lead, isMain, isOnly, isReadOnly }} />
      </div>
      <div className="mt-0.5">
        <Row icon={<Building2 />}>
          <InlineEdit
            label={t('card.company')}
            placeholder={t('card.company')}
            value={contact.company ?? ''}
            isReadOnly={isFixed}
            onSave={(company, was) => change({ company: company || null, was: { company: was || null } })}
          />
        </Row>
        {(['phone', 'email'] as const).map((kind) => (
          <Row key={kind} icon={kind === 'phone' ? <Phone /> : <Mail />}>
            <ContactPoints
              points={contact.points}
              kind={kind}
              isReadOnly={isFixed}
              onSave={(points, was) => change({ points, was: { points: [...was] } })}
            />
          </Row>
        ))}
      </div>
      {contact.phone !== null && (
        <div className="mt-1">
          <WriteFirst contact={{ ...contact, phone: contact.phone }} onLeave={onLeave} />
        </div>
      )}
    </div>
  )
}

/** The hue of a main contact is its client's, as in the conversation. */
const seedOf = (contact: ContactRow, chats: readonly Chat[]) => chats[0]?.client.id ?? String(contact.id)

function Row({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[32px_1fr] items-start gap-2.5">
      <span aria-hidden="true" className="flex h-7 items-center justify-center text-ink-3 [&>svg]:size-[15px]">
        {icon}
      </span>
      <div className="min-w-0">{children}</div>
    </div>
  )
}

type MenuProps = Pick<PersonProps, 'contact' | 'lead' | 'isMain' | 'isOnly' | 'isReadOnly'>

function PersonMenu({ contact, lead, isMain, isOnly, isReadOnly }: MenuProps) {
  const client = useQueryClient()
  const toContact = { contactId: String(contact.id) }
  return (
    <span className="flex items-center">
      <Link
        to="/contacts/$contactId"
        params={toContact}
        aria-label={t('card.openContactNamed', { name: contact.name })}
        className="rounded-md px-1.5 py-1 text-xs font-medium text-accent-ink underline-offset-2 hover:underline"
      >
        {t('card.openContact')}
      </Link>
      {!isReadOnly && !isOnly && (
        <MenuButton
          align="end"
          isInLayer
          trigger={
            <IconButton label={t('card.contactActions', { name: contact.name })} className="size-7!">
              <Ellipsis />
            </IconButton>
          }
        >
          {!isMain && (
            <MenuItem
              icon={<Star size={15} aria-hidden="true" />}
              onClick={() => saying(addPerson(client, lead.id, { contactId: contact.id, isMain: true }))}
            >
              {t('card.makeMain')}
            </MenuItem>
          )}
          <MenuItem
            icon={<UserMinus size={15} aria-hidden="true" />}
            isDangerous
            onClick={() =>
              saying(
                removePerson(client, lead.id, contact.id).then(() =>
                  toast({
                    text: t('card.contactRemoved', { name: contact.name }),
                    undo: () => addPerson(client, lead.id, { contactId: contact.id, isMain }),
                  }),
                ),
              )
            }
          >
            {t('card.removeContact')}
          </MenuItem>
        </MenuButton>
      )}
    </span>
  )
}

/** A menu is gone when the answer comes, so a refusal is said at the foot of the page. */
function saying(work: Promise<unknown>): void {
  work.catch((error: unknown) => toast({ tone: 'bad', text: t('parts.notSaved', { reason: reasonOf(error) }) }))
}

/** Somebody there is, or a new one by the name that was typed: added as soon as it is chosen. */
function NewPerson({ leadId, onClose }: { leadId: LeadId; onClose: () => void }) {
  const client = useQueryClient()
  const [chosen, setChosen] = useState<ComboOption | null>(null)
  const [error, setError] = useState<unknown>()

  async function add(option: ComboOption | null) {
    setChosen(option)
    if (!option) return
    const { value, label } = option
    try {
      await addPerson(
        client,
        leadId,
        value === NEW_CONTACT ? { contact: { name: label } } : { contactId: Number(value) as ContactId },
      )
      onClose()
    } catch (problem) {
      setError(problem)
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the key of its field
    <div
      className="mb-3"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
    >
      <ContactField
        value={chosen}
        onChange={(option) => void add(option)}
        error={error === undefined ? undefined : t('parts.notSaved', { reason: reasonOf(error) })}
      />
    </div>
  )
}
