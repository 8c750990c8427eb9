import type { Chat, ChatId, Stage } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { AlarmClock, BellOff, Check, CircleCheck, type LucideIcon } from 'lucide-react'
import { type MouseEvent, memo, type ReactNode } from 'react'
import type { OutboxEntry } from '../../../data/outbox/outbox-store.ts'
import { t } from '../../../i18n/t.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { KindIcon } from '../../../parts/conversation/message/KindIcon.tsx'
import { useOtherTypists } from '../../../parts/conversation/TypingLine.tsx'
import { type Density, useDensity } from '../../../parts/density.ts'
import { format, shortDuration } from '../../../parts/format.ts'
import { StageDot } from '../../../parts/lead/StageDot.tsx'
import { Tick } from '../../../parts/Tick.tsx'
import { UserAvatar } from '../../../parts/UserAvatar.tsx'
import { lastLineOf } from './last-line.ts'
import { useDraftLine } from './use-draft-line.ts'

/** Three lines, or two. */
const ROW_HEIGHTS: Record<Density, number> = { comfortable: 72, compact: 52 }
export const rowHeightOf = (density: Density): number => ROW_HEIGHTS[density]

const ROOM: Record<Density, string> = { comfortable: 'h-[72px] py-[11px]', compact: 'h-[52px] py-2' }

/** A client who waits is worth a word after this long, and a warning after that. */
const WAIT_SHOWN_MS = 2 * 60_000
const WAIT_LATE_MS = 30 * 60_000

interface Props {
  chat: Chat
  meId: string
  waitingReply: OutboxEntry | undefined
  stage: Stage | undefined
  isSelected: boolean
  /** Picked to do something to it; null while nothing is picked. */
  isPicked: boolean | null
  isMuted: boolean
  position: number
  total: number
  now: number
  onPick: (id: ChatId) => void
  /** Puts it to what is picked, or takes it off; with Shift everything in between. */
  onToggle: (id: ChatId, isRange: boolean) => void
  onMenu: (id: ChatId, at: { x: number; y: number }) => void
}

export const ChatRow = memo(function ChatRow(props: Props) {
  const { chat, isSelected, isPicked, position, total, onPick, onToggle, onMenu } = props
  const density = useDensity((state) => state.density)
  const isCompact = density === 'compact'

  function handleClick(event: MouseEvent) {
    const isOnMark = event.target instanceof Element && event.target.closest('[data-mark]') !== null
    if (isOnMark || event.metaKey || event.ctrlKey || event.shiftKey) onToggle(chat.id, event.shiftKey)
    else onPick(chat.id)
  }
  function handleMenu(event: MouseEvent) {
    event.preventDefault()
    onMenu(chat.id, { x: event.clientX, y: event.clientY })
  }

  return (
    <button
      type="button"
      role="option"
      id={`chat-${chat.id}`}
      aria-selected={isSelected}
      {...(isPicked !== null && { 'aria-checked': isPicked })}
      aria-posinset={position}
      aria-setsize={total}
      tabIndex={-1}
      onClick={handleClick}
      onContextMenu={handleMenu}
      className={clsx(
        'group relative flex w-full items-start gap-3 px-3 text-start select-none',
        ROOM[density],
        isSelected || isPicked ? 'bg-selected [--ring:var(--selected)]' : 'hover:bg-hover hover:[--ring:var(--hover)]',
      )}
    >
      {isSelected && <span className="absolute inset-y-2 start-0 w-[3px] rounded-e-full bg-accent" />}
      <PickMark chat={chat} isPicked={isPicked} size={isCompact ? 32 : 40} />
      <span className="min-w-0 flex-1">
        <TopLine chat={chat} now={props.now} isMuted={props.isMuted}>
          {isCompact && <RowState chat={chat} now={props.now} />}
        </TopLine>
        <MiddleLine chat={chat} waitingReply={props.waitingReply} meId={props.meId} isOpen={isSelected} />
        {!isCompact && <BottomLine chat={chat} stage={props.stage} now={props.now} />}
      </span>
    </button>
  )
})

/** The avatar, which becomes a mark to pick the row with; `X` does the same. */
function PickMark({ chat, isPicked, size }: Pick<Props, 'chat' | 'isPicked'> & { size: number }) {
  return (
    <span data-mark className="relative">
      <span className={clsx(isPicked !== null ? 'invisible' : 'pointer-fine:group-hover:invisible', 'flex')}>
        <Avatar
          name={chat.client.name}
          seed={chat.client.id}
          size={size}
          pictureUrl={chat.client.avatarUrl}
          channel={chat.channel}
        />
      </span>
      <span
        aria-hidden="true"
        className={clsx(
          'absolute inset-0 items-center justify-center',
          isPicked === null ? 'hidden pointer-fine:group-hover:flex' : 'flex',
        )}
      >
        <span
          className={clsx(
            'flex size-[18px] items-center justify-center rounded-sm',
            isPicked ? 'bg-accent text-on-accent' : 'bg-surface shadow-[inset_0_0_0_1.5px_var(--ink-3)]',
          )}
        >
          {isPicked && <Check size={13} strokeWidth={3} />}
        </span>
      </span>
    </span>
  )
}

type TopProps = Pick<Props, 'chat' | 'now' | 'isMuted'> & { children: ReactNode }

function TopLine({ chat, now, isMuted, children }: TopProps) {
  const waitedMs = chat.waitingSince === null ? 0 : now - chat.waitingSince
  return (
    <span className="flex items-center gap-2">
      <span className={clsx('flex min-w-0 flex-1 text-sm text-ink', chat.unread > 0 ? 'font-semibold' : 'font-medium')}>
        <span dir="auto" className="min-w-0 truncate">
          {chat.client.name}
        </span>
        {isMuted && <RowIcon icon={BellOff} label={t('inbox.muted')} />}
        {children}
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
function BottomLine({ chat, stage, now }: Pick<Props, 'chat' | 'stage' | 'now'>) {
  const topic = chat.lead && chat.lead.title !== chat.client.name ? chat.lead.title : chat.channel.title
  return (
    <span className="mt-px flex items-center gap-1.5 text-2xs text-ink-3">
      <span className="flex min-w-0 flex-1">
        <span dir="auto" className="min-w-0 truncate">
          {topic}
        </span>
      </span>
      <RowState chat={chat} now={now} />
      {chat.lead?.isIncoming ? (
        <span className="font-medium text-accent-ink">{t('inbox.incoming')}</span>
      ) : (
        stage && (
          <span className="flex max-w-24 items-center gap-1">
            <StageDot hue={stage.hue} />
            <bdi className="truncate">{stage.name}</bdi>
          </span>
        )
      )}
      {chat.responsible ? (
        <>
          <UserAvatar user={chat.responsible} size={16} />
          <span className="sr-only">{chat.responsible.name}</span>
        </>
      ) : (
        !chat.lead?.isIncoming && <span>{t('inbox.unassigned')}</span>
      )}
    </span>
  )
}

function RowState({ chat, now }: Pick<Props, 'chat' | 'now'>) {
  if (chat.state === 'closed') return <RowIcon icon={CircleCheck} label={t('inbox.closed')} isShown />
  if (chat.snoozedUntil === null) return null
  const label = t('inbox.snoozedUntil', { time: format.moment(chat.snoozedUntil, now) })
  return <RowIcon icon={AlarmClock} label={label} shown={format.rowUntil(chat.snoozedUntil, now)} />
}

interface RowIconProps {
  icon: LucideIcon
  label: string
  isShown?: boolean
  shown?: string
}

function RowIcon({ icon: Icon, label, isShown = false, shown }: RowIconProps) {
  return (
    <span className="ms-1 inline-flex shrink-0 items-center gap-1 text-2xs font-normal text-ink-3">
      <Icon size={12} aria-hidden="true" />
      {isShown ? label : <span className="sr-only">{label}</span>}
      {shown !== undefined && <span aria-hidden="true">{shown}</span>}
    </span>
  )
}

export function ChatRowSkeleton() {
  const density = useDensity((state) => state.density)
  const disc = density === 'compact' ? 'size-8' : 'size-10'
  return (
    <div aria-hidden="true" className={clsx('flex items-start gap-3 px-3', ROOM[density])}>
      <span className={clsx('skeleton shrink-0 rounded-full!', disc)} />
      <span className="flex-1 space-y-2 pt-1">
        <span className="skeleton block h-3 w-1/2" />
        <span className="skeleton block h-3 w-5/6" />
      </span>
    </div>
  )
}
