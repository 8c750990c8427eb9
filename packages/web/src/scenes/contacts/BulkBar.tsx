import type { ContactRow } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { GitMerge, Tag as TagIcon, Trash2, UserRound, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTags } from '../../data/board/tags.ts'
import { useUsers } from '../../data/board/users.ts'
import { mayChange } from '../../data/contacts/may-change.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { assignWithUndo, deleteWithUndo, tagWithUndo } from '../../parts/contact/act-on-contact.ts'
import { IconButton } from '../../parts/IconButton.tsx'
import { MenuButton } from '../../parts/MenuButton.tsx'
import { MenuItem, MenuLine } from '../../parts/MenuItems.tsx'
import { UserAvatar } from '../../parts/UserAvatar.tsx'

interface Props {
  contacts: readonly ContactRow[]
  onMerge: (pair: readonly [ContactRow, ContactRow]) => void
  onDone: () => void
}

/** What can be done with the contacts that are selected. */
export function BulkBar({ contacts, onMerge, onDone }: Props) {
  const client = useQueryClient()
  const me = useMe()
  const users = useUsers()
  const tags = useTags()
  const [isBusy, setBusy] = useState(false)
  const [one, other] = contacts
  const mayEdit = contacts.some((contact) => mayChange(me, contact))
  const mayDelete = contacts.some((contact) => mayChange(me, contact, 'delete'))

  async function act(work: Promise<unknown>) {
    setBusy(true)
    await work
    setBusy(false)
    onDone()
  }

  return (
    <section
      aria-label={t('contacts.selected', { count: contacts.length })}
      className="absolute inset-x-0 bottom-3 z-20 mx-auto flex w-fit max-w-[calc(100%-24px)] flex-wrap items-center gap-2 rounded-lg bg-raised py-2 ps-4 pe-2 shadow-pop"
    >
      <p className="tnum me-2 font-semibold max-md:w-full">{t('contacts.selected', { count: contacts.length })}</p>
      {mayEdit && (
        <Choose icon={<UserRound size={15} aria-hidden="true" />} label={t('contacts.assign')} isBusy={isBusy}>
          <MenuItem onClick={() => void act(assignWithUndo(client, contacts, null))}>{t('contacts.nobody')}</MenuItem>
          <MenuLine />
          {users.map((user) => (
            <MenuItem
              key={user.id}
              icon={<UserAvatar user={user} size={18} />}
              onClick={() => void act(assignWithUndo(client, contacts, user))}
            >
              {user.name}
            </MenuItem>
          ))}
        </Choose>
      )}
      {mayEdit && tags.length > 0 && (
        <Choose icon={<TagIcon size={15} aria-hidden="true" />} label={t('contacts.addTag')} isBusy={isBusy}>
          {tags.map((tag) => (
            <MenuItem key={tag.id} onClick={() => void act(tagWithUndo(client, contacts, tag))}>
              {tag.name}
            </MenuItem>
          ))}
        </Choose>
      )}
      {mayEdit && one && other && contacts.length === 2 && (
        <Button disabled={isBusy} onClick={() => onMerge([one, other])}>
          <GitMerge size={15} aria-hidden="true" />
          {t('merge.merge')}
        </Button>
      )}
      {mayDelete && (
        <Button disabled={isBusy} onClick={() => void act(deleteWithUndo(client, contacts))}>
          <Trash2 size={15} aria-hidden="true" />
          {t('contacts.delete')}
        </Button>
      )}
      <IconButton label={t('parts.close')} keys="Esc" onClick={onDone}>
        <X />
      </IconButton>
    </section>
  )
}

interface ChooseProps {
  icon: ReactNode
  label: string
  isBusy: boolean
  children: ReactNode
}

function Choose({ icon, label, isBusy, children }: ChooseProps) {
  return (
    <MenuButton
      side="top"
      trigger={
        <Button disabled={isBusy}>
          {icon}
          {label}
        </Button>
      }
    >
      {children}
    </MenuButton>
  )
}
