import type { ContactRow } from '@parley/protocol/model'
import { t } from '../../i18n/t.ts'
import { ContactAvatar } from '../../parts/ContactAvatar.tsx'
import { format } from '../../parts/format.ts'
import { Tag } from '../../parts/Tag.tsx'
import type { Column } from '../../parts/table/table-types.ts'
import { UserAvatar } from '../../parts/UserAvatar.tsx'
import { PHONE, useMedia } from '../../parts/use-media.ts'
import { useNow } from '../../parts/use-now.ts'

const EMPTY = <span className="text-ink-3">—</span>

/** On a phone the name, with how to reach whom below it; wider, a column for each. */
export function useColumns(): Column<ContactRow>[] {
  const isPhone = useMedia(PHONE)
  const now = useNow()
  const activity: Column<ContactRow> = {
    id: 'activity',
    title: t('contacts.activity'),
    width: isPhone ? 84 : 156,
    grow: 0,
    align: 'end',
    isSortable: true,
    render: ({ activityAt }) =>
      activityAt === null ? EMPTY : <span title={format.fullTime(activityAt)}>{format.rowTime(activityAt, now)}</span>,
  }
  const name = { id: 'name', title: t('contacts.name'), isSortable: true }
  if (isPhone) return [{ ...name, width: 180, grow: 1, render: renderBoth }, activity]
  return [
    { ...name, width: 200, grow: 3, render: renderName },
    { id: 'company', title: t('contacts.company'), width: 110, grow: 2, render: ({ company }) => renderText(company) },
    { id: 'phone', title: t('contacts.phone'), width: 150, grow: 1, render: ({ phone }) => renderText(phone) },
    { id: 'email', title: t('contacts.email'), width: 160, grow: 2, render: ({ email }) => renderText(email) },
    { id: 'responsible', title: t('contacts.responsible'), width: 140, grow: 1, render: renderOwner },
    { id: 'tags', title: t('contacts.tags'), width: 100, grow: 1, render: renderTags },
    {
      id: 'created',
      title: t('contacts.created'),
      width: 156,
      grow: 0,
      align: 'end',
      isSortable: true,
      render: ({ createdAt }) => <span title={format.fullTime(createdAt)}>{format.date(createdAt)}</span>,
    },
    activity,
  ]
}

const renderText = (text: string | null) => (text === null ? EMPTY : <bdi className="truncate">{text}</bdi>)

const renderName = (contact: ContactRow) => (
  <span className="flex min-w-0 items-center gap-2.5">
    <ContactAvatar contact={contact} size={24} />
    <bdi className="truncate font-medium">{contact.name}</bdi>
  </span>
)

const renderBoth = (contact: ContactRow) => (
  <span className="flex min-w-0 items-center gap-2.5">
    <ContactAvatar contact={contact} />
    <span className="min-w-0">
      <bdi className="block truncate font-medium">{contact.name}</bdi>
      <bdi className="block truncate text-xs text-ink-3">
        {contact.phone ?? contact.email ?? contact.company ?? '—'}
      </bdi>
    </span>
  </span>
)

const renderOwner = ({ responsible }: ContactRow) =>
  responsible ? (
    <span className="flex min-w-0 items-center gap-2">
      <UserAvatar user={responsible} size={20} />
      <bdi className="truncate">{responsible.name}</bdi>
    </span>
  ) : (
    <span className="text-ink-3">{t('contacts.nobody')}</span>
  )

const renderTags = ({ tags }: ContactRow) => (
  <span className="flex items-center gap-1 overflow-hidden">
    {tags.slice(0, 3).map(({ id, name, hue }) => (
      <Tag key={id} name={name} hue={hue} />
    ))}
  </span>
)
