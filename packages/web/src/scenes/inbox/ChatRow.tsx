import type { Chat, ChatId } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { memo } from 'react'
import type { OutboxEntry } from '../../data/outbox/outbox-store.ts'
import { t } from '../../i18n/t.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { KindIcon } from '../../parts/conversation/message/KindIcon.tsx'
import { useOtherTypists } from '../../parts/conversation/TypingLine.tsx'
import { format, shortDuration } from '../../parts/format.ts'
import { Tick } from '../../parts/Tick.tsx'
import { lastLineOf } from './last-line.ts'
import { useDraftLine } from './use-draft-line.ts'

export const ROW_HEIGHT = 72

/** A client who waits is worth a word after this long, and a warning after that. */
const WAIT_SHOWN_MS = 2 * 60_000
const WAIT_LATE_MS = 30 * 60_000

interface Props {
  chat: Chat
  meId: string
  waitingReply: OutboxEntry | undefined
  isSelected: boolean
  position: number
  total: number
  now: number
  onPick: (id: ChatId) => void
}

export const ChatRow = memo(function ChatRow({
  chat,
  meId,
  waitingReply,
  isSelected,
  position,
  total,
  now,
  onPick,
}: Props) {
  return (
    <button
      type="button"
      role="option"
      id={`chat-${chat.id}`}
      aria-selected={isSelected}
      aria-posinset={position}
      aria-setsize={total}
      tabIndex={-1}
      onClick={() => onPick(chat.id)}
      className={clsx(
        'relative flex h-[72px] w-full items-start gap-3 px-3 py-[11px] text-start',
        isSelected ? 'bg-selected [--ring:var(--selected)]' : 'hover:bg-hover hover:[--ring:var(--hover)]',
      )}
    >
      {isSelected && <span className="absolute inset-y-2 start-0 w-[3px] rounded-e-full bg-accent" />}
      <Avatar name={chat.client.name} seed={chat.client.id} size={40} channel={chat.channel} />
      <span className="min-w-0 flex-1">
        <TopLine chat={chat} now={now} />
        <MiddleLine chat={chat} waitingReply={waitingReply} meId={meId} isOpen={isSelected} />
        <BottomLine chat={chat} />
      </span>
    </button>
  )
})

function TopLine({ chat, now }: { chat: Chat; now: number }) {
  const waitedMs = chat.waitingSince === null ? 0 : now - chat.waitingSince
  return (
    <span className="flex items-center gap-2">
      <span className={clsx('flex min-w-0 flex-1 text-sm text-ink', chat.unread > 0 ? 'font-semibold' : 'font-medium')}>
        <span dir="auto" className="min-w-0 truncate">
          {chat.client.name}
        </span>
      </span>
      {waitedMs >= WAIT_SHOWN_MS && (
        <span
          className={clsx(
            'tnum inline-flex h-4 items-center rounded-sm px-1 text-2xs font-medium whitespace-nowrap',
            waitedMs >= WAIT_LATE_MS ? 'bg-warn-soft text-warn' : 'bg-hover text-ink-3',
          )}
        >
          {t('inbox.waits', { time: shortDuration(waitedMs) })}
        </span>
      )}
      <time
        dateTime={new Date(chat.activityAt).toISOString()}
        className={clsx(
          'tnum text-2xs whitespace-nowrap',
          chat.unread > 0 ? 'font-semibold text-accent-ink' : 'text-ink-3',
        )}
      >
        {format.rowTime(chat.lastMessage?.sentAt ?? chat.activityAt, now)}
      </time>
    </span>
  )
}

type MiddleProps = Pick<Props, 'chat' | 'waitingReply' | 'meId'> & { isOpen: boolean }

function MiddleLine({ chat, waitingReply, meId, isOpen }: MiddleProps) {
  const { kind, text, status, author } = lastLineOf(chat, waitingReply, meId)
  const isTyping = useOtherTypists(chat.id).length > 0
  const draft = useDraftLine(chat.id)
  const color = status === 'failed' ? 'text-bad' : chat.unread > 0 ? 'text-ink' : 'text-ink-2'
  return (
    <span className="mt-px flex items-center gap-1">
      {isTyping ? (
        <span className="min-w-0 flex-1 truncate text-sm text-accent-ink">{t('typing.row')}</span>
      ) : draft !== null && !isOpen && !waitingReply ? (
        <span className="flex min-w-0 flex-1 gap-1 text-sm text-ink-2">
          <span className="shrink-0 text-bad">{t('inbox.draft')}</span>
          <span dir="auto" className="min-w-0 truncate">
            {draft}
          </span>
        </span>
      ) : (
        <>
          {status && <Tick status={status} />}
          <span className={clsx('flex min-w-0 flex-1 items-center gap-1 text-sm', color)}>
            {author && (
              <bdi className="max-w-1/2 shrink-0 truncate text-ink-3">{t('thread.author', { name: author })}</bdi>
            )}
            <KindIcon kind={kind} />
            <span dir="auto" className="min-w-0 truncate">
              {text}
            </span>
          </span>
        </>
      )}
      {chat.unread > 0 && (
        <span className="tnum flex h-[18px] min-w-[18px] items-center justify-center rounded-full bg-accent px-1 text-2xs font-semibold text-on-accent">
          <span aria-hidden="true">{chat.unread}</span>
          <span className="sr-only">{t('inbox.unread', { count: chat.unread })}</span>
        </span>
      )}
    </span>
  )
}

/** What it is about; a lead that is only named after its client says no more than the first line. */
function BottomLine({ chat }: { chat: Chat }) {
  const topic = chat.lead && chat.lead.title !== chat.client.name ? chat.lead.title : chat.channel.title
  return (
    <span className="mt-px flex items-center gap-1.5 text-2xs text-ink-3">
      <span className="flex min-w-0 flex-1">
        <span dir="auto" className="min-w-0 truncate">
          {topic}
        </span>
      </span>
      {chat.lead?.isIncoming ? (
        <span className="font-medium text-accent-ink">{t('inbox.incoming')}</span>
      ) : (
        chat.responsible === null && <span>{t('inbox.unassigned')}</span>
      )}
    </span>
  )
}

export function ChatRowSkeleton() {
  return (
    <div aria-hidden="true" className="flex h-[72px] items-start gap-3 px-3 py-[11px]">
      <span className="skeleton size-10 shrink-0 rounded-full!" />
      <span className="flex-1 space-y-2 pt-1">
        <span className="skeleton block h-3 w-1/2" />
        <span className="skeleton block h-3 w-5/6" />
      </span>
    </div>
  )
}
