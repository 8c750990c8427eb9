import type { Contact } from '@parley/protocol/model'
import { useNavigate } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { IconButton } from '../IconButton.tsx'
import { MenuButton } from '../MenuButton.tsx'
import { EraseDialog } from './EraseDialog.tsx'
import { PersonDataItems } from './PersonDataItems.tsx'

/** What else can be done with a contact, at the end of its head. */
export function PersonDataMenu({ contact }: { contact: Pick<Contact, 'id' | 'name'> }) {
  const { user, rights } = useMe()
  const navigate = useNavigate()
  const [isErasing, setErasing] = useState(false)
  if (user.role !== 'admin' && rights.contacts.export === 'none') return null
  return (
    <>
      <MenuButton
        align="end"
        trigger={
          <IconButton label={t('personData.more', { name: contact.name })}>
            <Ellipsis />
          </IconButton>
        }
      >
        <PersonDataItems contact={contact} onErase={() => setErasing(true)} />
      </MenuButton>
      {isErasing && (
        <EraseDialog
          contact={contact}
          onClose={() => setErasing(false)}
          onErased={() => void navigate({ to: '/pipeline' })}
        />
      )}
    </>
  )
}
