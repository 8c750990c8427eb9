import type { ContactDetails, ContactId, ContactRow } from '@parley/protocol/model'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Ellipsis, GitMerge, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { mayChange } from '../../data/contacts/may-change.ts'
import { contactQuery } from '../../data/contacts/queries.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { deleteWithUndo } from '../../parts/contact/act-on-contact.ts'
import { EraseDialog } from '../../parts/contact/EraseDialog.tsx'
import { MergeDialog } from '../../parts/contact/MergeDialog.tsx'
import { hasPersonDataItems, PersonDataItems } from '../../parts/contact/PersonDataItems.tsx'
import { IconButton } from '../../parts/IconButton.tsx'
import { MenuButton } from '../../parts/MenuButton.tsx'
import { MenuItem } from '../../parts/MenuItems.tsx'
import { Notice, Problem } from '../../parts/Notice.tsx'
import { SceneFrame } from '../../parts/SceneFrame.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { useTitle } from '../../shell/use-title.ts'
import { Chats } from './Chats.tsx'
import { Details } from './Details.tsx'
import { DuplicateHints } from './DuplicateHints.tsx'
import { Leads } from './Leads.tsx'
import { Merges } from './Merges.tsx'
import { MergeWith } from './MergeWith.tsx'
import { Tasks } from './Tasks.tsx'

type Pair = readonly [ContactRow, ContactRow]

/** Somebody the company deals with: who he is, changed where it stands, and everything there is with him. */
export function Contact() {
  const { contactId } = useParams({ from: '/app/contacts/$contactId' })
  const query = useQuery(contactQuery(Number(contactId) as ContactId))
  const navigate = useNavigate()
  const foundId = query.data?.id
  useTitle(query.data?.name ?? t('contacts.title'))
  useEffect(() => {
    // It went into another one, maybe while one looked at it.
    if (foundId !== undefined && String(foundId) !== contactId)
      void navigate({ to: '/contacts/$contactId', params: { contactId: String(foundId) }, replace: true })
  }, [foundId, contactId, navigate])
  if (query.data) return <Card key={query.data.id} contact={query.data} />
  return (
    <SceneFrame title={t('contacts.title')}>
      {query.isError ? (
        <Problem title={t('contacts.failed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <SkeletonRows count={4} height={56} />
      ) : (
        <Notice title={t('contacts.gone')} hint={t('contacts.goneHint')} />
      )}
    </SceneFrame>
  )
}

function Card({ contact }: { contact: ContactDetails }) {
  const [pair, setPair] = useState<Pair | null>(null)
  const navigate = useNavigate()
  const open = ({ id }: ContactRow) =>
    void navigate({ to: '/contacts/$contactId', params: { contactId: String(id) }, replace: true })
  return (
    <SceneFrame title={<bdi>{contact.name}</bdi>} actions={<Actions contact={contact} onMerge={setPair} />}>
      <DuplicateHints contact={contact} onMerge={setPair} />
      <div className="mx-auto grid w-full max-w-5xl gap-x-10 grid-cols-[minmax(0,1fr)] gap-y-6 p-4 text-sm @3xl:grid-cols-[minmax(300px,2fr)_minmax(0,3fr)]">
        <Details contact={contact} />
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-6">
          <Leads contact={contact} />
          <Chats contact={contact} />
          <Tasks contact={contact} />
          <Merges contact={contact} />
        </div>
      </div>
      <MergeDialog pair={pair} onClose={() => setPair(null)} onMerged={open} />
    </SceneFrame>
  )
}

interface ActionsProps {
  contact: ContactDetails
  onMerge: (pair: Pair) => void
}

/** What is done with the contact as a whole. */
function Actions({ contact, onMerge }: ActionsProps) {
  const client = useQueryClient()
  const me = useMe()
  const navigate = useNavigate()
  const [isChoosing, setChoosing] = useState(false)
  const [isErasing, setErasing] = useState(false)
  const [mayEdit, mayDelete] = [mayChange(me, contact), mayChange(me, contact, 'delete')]

  async function remove() {
    const gone = await deleteWithUndo(client, [contact])
    if (gone.length > 0) void navigate({ to: '/contacts', replace: true })
  }

  if (!mayEdit && !mayDelete && !hasPersonDataItems(me)) return null
  return (
    <>
      <MenuButton
        align="end"
        trigger={
          <IconButton label={t('contacts.actions')}>
            <Ellipsis />
          </IconButton>
        }
      >
        {mayEdit && (
          <MenuItem icon={<GitMerge size={16} aria-hidden="true" />} onClick={() => setChoosing(true)}>
            {t('merge.with')}
          </MenuItem>
        )}
        {mayDelete && (
          <MenuItem icon={<Trash2 size={16} aria-hidden="true" />} isDangerous onClick={() => void remove()}>
            {t('contacts.delete')}
          </MenuItem>
        )}
        <PersonDataItems contact={contact} onErase={() => setErasing(true)} />
      </MenuButton>
      {isErasing && (
        <EraseDialog
          contact={contact}
          onClose={() => setErasing(false)}
          onErased={() => void navigate({ to: '/contacts', replace: true })}
        />
      )}
      <MergeWith
        contact={contact}
        isOpen={isChoosing}
        onClose={() => setChoosing(false)}
        onChoose={(other) => {
          setChoosing(false)
          onMerge([contact, other])
        }}
      />
    </>
  )
}
