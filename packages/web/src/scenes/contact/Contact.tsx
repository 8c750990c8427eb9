import type { ContactDetails, ContactId, ContactIdentity, ContactPoint } from '@parley/protocol/model'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { mayChange } from '../../data/contacts/may-change.ts'
import { changeContact, contactQuery } from '../../data/contacts/queries.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { ChannelMark } from '../../parts/ChannelMark.tsx'
import { ContactPoints } from '../../parts/contact/ContactPoints.tsx'
import { Notice, Problem } from '../../parts/Notice.tsx'
import { SceneFrame } from '../../parts/SceneFrame.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { Tag } from '../../parts/Tag.tsx'
import { useTitle } from '../../shell/use-title.ts'

/** Somebody the company deals with: how to reach him, and where he has written. */
export function Contact() {
  const { contactId } = useParams({ from: '/app/contacts/$contactId' })
  const query = useQuery(contactQuery(Number(contactId) as ContactId))
  useTitle(query.data?.name ?? t('contacts.title'))
  return (
    <SceneFrame title={<bdi>{query.data?.name ?? t('contacts.title')}</bdi>}>
      {query.data ? (
        <Card contact={query.data} />
      ) : query.isError ? (
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
  const { company, points, tags, identities } = contact
  const me = useMe()
  const client = useQueryClient()
  const save = (next: ContactPoint[], before: readonly ContactPoint[]) =>
    changeContact(client, contact.id, { points: next, was: { points: [...before] } })
  return (
    <div className="mx-auto grid w-full max-w-3xl gap-6 p-4 text-sm">
      <dl className="grid gap-3">
        {company !== null && (
          <Line name={t('contacts.company')}>
            <bdi>{company}</bdi>
          </Line>
        )}
        {(['phone', 'email'] as const).map((kind) => (
          <Line key={kind} name={t(kind === 'phone' ? 'contacts.phones' : 'contacts.emails')}>
            <ContactPoints points={points} kind={kind} onSave={save} isReadOnly={!mayChange(me, contact)} />
          </Line>
        ))}
        {tags.length > 0 && (
          <Line name={t('contacts.tags')}>
            <span className="flex flex-wrap gap-1.5">
              {tags.map((tag) => (
                <Tag key={tag.id} name={tag.name} hue={tag.hue} />
              ))}
            </span>
          </Line>
        )}
      </dl>
      <section aria-labelledby="identities">
        <h2 id="identities" className="mb-2 text-xs font-semibold text-ink-2">
          {t('contacts.identities')}
        </h2>
        {identities.length === 0 && <p className="text-ink-3">{t('contacts.noIdentities')}</p>}
        <ul className="grid gap-2">
          {identities.map((identity) => (
            <Identity key={identity.id} identity={identity} />
          ))}
        </ul>
      </section>
    </div>
  )
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[104px_1fr] gap-2">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  )
}

function Identity({ identity }: { identity: ContactIdentity }) {
  const { name, channel, chatId } = identity
  return (
    <li className="flex min-h-12 items-center gap-3 rounded-lg border border-line px-3 py-2">
      <Avatar name={name} seed={identity.id} size={32} />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate font-medium">{name}</bdi>
        <span className="flex items-center gap-1.5 text-ink-3">
          <ChannelMark channel={channel} size={14} />
          <bdi className="truncate">{channel.title}</bdi>
        </span>
      </span>
      {chatId !== null && (
        <Link
          to="/inbox"
          search={{ c: chatId }}
          aria-label={t('contacts.openOf', { name, channel: channel.title })}
          className="shrink-0 rounded-md px-2 py-1 font-medium text-accent-ink underline-offset-2 hover:underline"
        >
          {t('contacts.open')}
        </Link>
      )}
    </li>
  )
}
