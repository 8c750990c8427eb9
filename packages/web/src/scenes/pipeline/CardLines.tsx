import type { CardChat, LeadCard } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { CalendarCheck } from 'lucide-react'
import { t } from '../../i18n/t.ts'
import { ChannelMark } from '../../parts/ChannelMark.tsx'
import { CountBadge } from '../../parts/CountBadge.tsx'
import { wordsFor } from '../../parts/conversation/words-for.ts'
import { format, shortDuration } from '../../parts/format.ts'
import { Tag } from '../../parts/Tag.tsx'
import { UserAvatar } from '../../parts/UserAvatar.tsx'

interface Props {
  card: LeadCard
  now: number
}

/** Where they write, who they are, when they were last heard. */
export function CardPerson({ card: { lead, chats }, now }: Props) {
  const [chat] = chats
  const person = lead.contact?.name ?? chat?.client.name
  const channel = chat?.channel ?? channelOf(lead.source)
  // An incoming lead is called like its person: then where they write says more.
  const name = person === lead.title ? channel?.title : person
  return (
    <p className="mt-1 flex h-5 items-center gap-1.5 text-xs text-ink-2 pointer-coarse:pe-8">
      {channel && <ChannelMark channel={channel} size={14} />}
      {name && <bdi className="min-w-0 truncate">{name}</bdi>}
      {chat && (
        <time dateTime={new Date(chat.activityAt).toISOString()} className="tnum ms-auto shrink-0 text-2xs text-ink-3">
          {format.rowTime(chat.lastMessage?.sentAt ?? chat.activityAt, now)}
        </time>
      )}
    </p>
  )
}

const channelOf = (source: LeadCard['lead']['source']): CardChat['channel'] | undefined =>
  source ? ({ code: source.channelCode, title: source.channelTitle } as CardChat['channel']) : undefined

/** What was said last, and how much nobody has read. */
export function CardLastLine({ card: { chats } }: Pick<Props, 'card'>) {
  const last = chats[0]?.lastMessage
  if (!last) return null
  const unread = chats.reduce((sum, chat) => sum + chat.unread, 0)
  const isFailed = last.status === 'failed'
  return (
    <p className="mt-0.5 flex items-center gap-2 text-xs">
      <span
        className={clsx(
          'min-w-0 flex-1 truncate',
          isFailed ? 'text-bad' : unread > 0 ? 'font-medium text-ink' : 'text-ink-3',
        )}
      >
        {last.direction === 'out' && `${t('pipeline.us')} `}
        <bdi>{wordsFor(last)}</bdi>
      </span>
      {unread > 0 && (
        <span className="shrink-0">
          <span className="sr-only">{t('pipeline.unread', { count: unread })}</span>
          <span aria-hidden="true">
            <CountBadge count={unread} tone="accent" />
          </span>
        </span>
      )}
    </p>
  )
}

/** What is to be done next, and whether it is late. */
export function CardTask({ card: { lead }, now }: Props) {
  const { nextTask } = lead
  if (!nextTask) return null
  const isLate = nextTask.dueAt < now
  const time = nextTask.dueOn === null ? format.moment(nextTask.dueAt, now) : format.date(nextTask.dueAt)
  return (
    <p
      className={clsx(
        'mt-1 inline-flex h-5 max-w-full items-center gap-1.5 rounded-sm px-1.5 text-xs font-medium',
        isLate ? 'bg-bad-soft text-bad' : 'bg-hover text-ink-2',
      )}
    >
      <CalendarCheck size={13} aria-hidden="true" className="shrink-0" />
      <bdi className="truncate">
        {isLate
          ? t('pipeline.taskLate', { text: nextTask.text })
          : t('pipeline.taskDue', { time, text: nextTask.text })}
      </bdi>
    </p>
  )
}

/** Tags, how long it has been in its stage, whose it is. */
export function CardFoot({ card: { lead }, now }: Props) {
  const { tags, responsible } = lead
  const since = shortDuration(Math.max(0, now - lead.stageSince))
  return (
    <div className="mt-2 flex min-h-5 items-center gap-1.5">
      <span className="flex min-w-0 flex-1 flex-wrap gap-1 overflow-hidden">
        {tags.slice(0, MOST_TAGS).map(({ id, name, hue }) => (
          <Tag key={id} name={name} hue={hue} />
        ))}
        {tags.length > MOST_TAGS && <span className="text-2xs text-ink-3">+{tags.length - MOST_TAGS}</span>}
      </span>
      {!lead.isIncoming && (
        <span className="tnum shrink-0 text-2xs text-ink-3" title={t('pipeline.inStageSince', { time: since })}>
          <span className="sr-only">{t('pipeline.inStageSince', { time: since })}</span>
          <span aria-hidden="true">{since}</span>
        </span>
      )}
      {responsible && (
        <span className="shrink-0" title={responsible.name}>
          <UserAvatar user={responsible} size={20} />
          <span className="sr-only">{responsible.name}</span>
        </span>
      )}
    </div>
  )
}

const MOST_TAGS = 3
