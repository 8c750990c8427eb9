import type { Chat, ContactDetails, ContactIdentity } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { chatsOfQuery } from '../../data/contacts/queries.ts'
import { t } from '../../i18n/t.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { ChannelMark } from '../../parts/ChannelMark.tsx'
import { CountBadge } from '../../parts/CountBadge.tsx'
import { format } from '../../parts/format.ts'
import { ProblemLine } from '../../parts/Notice.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { useNow } from '../../parts/use-now.ts'
import { Section } from './Section.tsx'

/** Where somebody writes: his conversations, and who he is in messengers where these are not one's own to see. */
export function Chats({ contact }: { contact: ContactDetails }) {
  const query = useQuery(chatsOfQuery(contact.id))
  const others = contact.identities.filter(({ chatId }) => chatId === null)
  return (
    <Section title={t('contacts.chats')}>
      {query.data ? (
        query.data.length + others.length === 0 ? (
          <p className="text-ink-3">{t('contacts.noIdentities')}</p>
        ) : (
          <ul className="grid grid-cols-[minmax(0,1fr)] gap-2">
            {query.data.map((chat) => (
              <ChatRow key={chat.id} chat={chat} />
            ))}
            {others.map((identity) => (
              <Identity key={identity.id} identity={identity} />
            ))}
          </ul>
        )
      ) : query.isError ? (
        <ProblemLine title={t('contacts.partFailed')} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows count={2} />
      )}
    </Section>
  )
}

const ROW = 'flex min-h-12 items-center gap-3 rounded-lg border border-line px-3 py-2'

function ChatRow({ chat }: { chat: Chat }) {
  const now = useNow()
  const { client, channel, lastMessage, unread } = chat
  return (
    <li>
      <Link
        to="/inbox"
        search={{ c: chat.id }}
        title={t('contacts.openOf', { name: client.name, channel: channel.title })}
        className={`${ROW} hover:bg-hover`}
      >
        <Who who={client} channel={channel}>
          {lastMessage?.text ? <bdi className="truncate">{lastMessage.text}</bdi> : undefined}
        </Who>
        {unread > 0 && <CountBadge count={unread} tone="accent" />}
        <span className="tnum shrink-0 text-xs text-ink-3">
          {format.rowTime(lastMessage?.sentAt ?? chat.activityAt, now)}
        </span>
      </Link>
    </li>
  )
}

function Identity({ identity: { channel, ...who } }: { identity: ContactIdentity }) {
  return (
    <li className={ROW}>
      <Who who={who} channel={channel} />
    </li>
  )
}

interface WhoProps {
  who: Pick<ContactIdentity, 'id' | 'name' | 'avatarUrl'>
  channel: { code: string; title: string }
  children?: ReactNode
}

function Who({ who: { id, name, avatarUrl }, channel, children }: WhoProps) {
  return (
    <>
      <Avatar name={name} seed={id} size={32} pictureUrl={avatarUrl} />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate font-medium">{name}</bdi>
        <span className="flex min-w-0 items-center gap-1.5 text-xs text-ink-3">
          <ChannelMark channel={channel} size={14} />
          {children ?? <bdi className="truncate">{channel.title}</bdi>}
        </span>
      </span>
    </>
  )
}
