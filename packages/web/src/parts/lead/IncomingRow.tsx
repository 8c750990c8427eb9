import type { IncomingCard, Lead, LeadId } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { Link2, PanelRight, X } from 'lucide-react'
import { memo, useEffect, useId, useRef } from 'react'
import { usePipelines } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Avatar } from '../Avatar.tsx'
import { Button } from '../Button.tsx'
import { Checkbox } from '../Checkbox.tsx'
import { CountBadge } from '../CountBadge.tsx'
import { wordsFor } from '../conversation/words-for.ts'
import { longDuration } from '../format.ts'
import { IconButton } from '../IconButton.tsx'
import { acceptInto, declineWithUndo } from './act-on-lead.ts'
import { askAbout } from './ask.ts'
import { DuplicateLine } from './DuplicateLine.tsx'
import { useKeptTarget } from './target-kept.ts'

export const ROW_HEIGHT = 76
/** On a phone the buttons stand below. */
export const TALL_ROW_HEIGHT = 124

interface Props {
  card: IncomingCard
  now: number
  isActive: boolean
  focusTick: number
  isSelected: boolean
  onFocus: (id: LeadId) => void
  onSelect: (card: IncomingCard) => void
}

export const IncomingRow = memo(function IncomingRow(props: Props) {
  const { card, now, isActive, focusTick, isSelected, onFocus, onSelect } = props
  const { lead, chats } = card
  const [chat] = chats
  const about = useId()
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (focusTick > 0) link.current?.focus({ preventScroll: true })
  }, [focusTick])
  const unread = chats.reduce((sum, one) => sum + one.unread, 0)
  return (
    <div
      className={clsx(
        'relative flex h-full items-center gap-x-3 border-b border-line px-4 max-md:flex-wrap max-md:content-center max-md:gap-y-2 has-[[data-card]:focus-visible]:outline-2 has-[[data-card]:focus-visible]:-outline-offset-2 has-[[data-card]:focus-visible]:outline-accent',
        isSelected ? 'bg-selected [--ring:var(--selected)]' : 'hover:bg-hover hover:[--ring:var(--hover)]',
      )}
    >
      <span className="relative z-10">
        <Checkbox
          label={t('parts.selectOne', { name: lead.title })}
          isLabelHidden
          tabIndex={isActive ? 0 : -1}
          isChecked={isSelected}
          onChange={() => onSelect(card)}
        />
      </span>
      <Avatar
        name={lead.contact?.name ?? lead.title}
        seed={chat?.client.id ?? String(lead.id)}
        size={40}
        pictureUrl={chat?.client.avatarUrl}
        {...(chat && { channel: chat.channel })}
      />
      <div className="min-w-0 flex-1 max-md:basis-[calc(100%-100px)]">
        <p className="flex items-center gap-2">
          <RowLink card={card} link={link} about={about} isActive={isActive} onFocus={onFocus} />
          <Source card={card} />
          {unread > 0 && (
            <span className="shrink-0">
              <span className="sr-only">{t('pipeline.unread', { count: unread })}</span>
              <span aria-hidden="true">
                <CountBadge count={unread} tone="accent" />
              </span>
            </span>
          )}
        </p>
        <div id={about}>
          <p className="truncate text-ink-2">
            <bdi>{firstWords(card)}</bdi>
          </p>
          <p className="flex min-w-0 items-center gap-3 text-xs">
            <Waiting card={card} now={now} />
            {card.duplicate && <DuplicateLine duplicate={card.duplicate} />}
          </p>
        </div>
      </div>
      <Actions card={card} isReachable={isActive} />
    </div>
  )
})

interface RowLinkProps {
  card: IncomingCard
  link: React.RefObject<HTMLAnchorElement | null>
  about: string
  isActive: boolean
  onFocus: (id: LeadId) => void
}

/** Opens the conversation, where one reads before deciding. */
function RowLink({ card: { lead, chats }, link, about, isActive, onFocus }: RowLinkProps) {
  const [chat] = chats
  const search = chat ? { c: chat.id } : {}
  return (
    <Link
      ref={link}
      {...({ to: '/inbox', search } as unknown as { to: '/inbox' })}
      data-card={lead.id}
      tabIndex={isActive ? 0 : -1}
      aria-describedby={about}
      onFocus={() => onFocus(lead.id)}
      className="min-w-0 truncate font-semibold outline-none after:absolute after:inset-0"
    >
      <bdi>{lead.title}</bdi>
    </Link>
  )
}

function Source({ card: { lead } }: { card: IncomingCard }) {
  const { source } = lead
  if (!source) return null
  return (
    <span className="min-w-0 shrink truncate text-xs text-ink-3">
      <bdi>{source.channelTitle}</bdi>
      {source.externalId !== null && (
        <>
          {' · '}
          <bdi>{source.externalId}</bdi>
        </>
      )}
    </span>
  )
}

function firstWords({ firstMessage, chats }: IncomingCard): string {
  if (firstMessage) return wordsFor({ kind: firstMessage.kind as never, text: firstMessage.text })
  const last = chats[0]?.lastMessage
  return last ? wordsFor(last) : ''
}

/** Its card beside the list. */
function OpenLead({ lead, tabIndex }: { lead: Lead; tabIndex: number }) {
  const navigate = useNavigate()
  const to = { to: '.', search: (before: object) => ({ ...before, lead: lead.id }) } as unknown as { to: '.' }
  return (
    <IconButton label={t('lead.open')} keys="O" tabIndex={tabIndex} onClick={() => void navigate(to)}>
      <PanelRight />
    </IconButton>
  )
}

const LATE_MS = 30 * 60_000

function Waiting({ card: { chats }, now }: { card: IncomingCard; now: number }) {
  const since = chats.reduce<number | null>(
    (earliest, { waitingSince }) =>
      waitingSince === null ? earliest : Math.min(earliest ?? waitingSince, waitingSince),
    null,
  )
  if (since === null) return <span className="shrink-0 text-ink-3">{t('incoming.notWaiting')}</span>
  const waited = Math.max(0, now - since)
  return (
    <span className={clsx('tnum shrink-0', waited > LATE_MS ? 'font-medium text-warn' : 'text-ink-3')}>
      {t('incoming.waits', { time: longDuration(waited) })}
    </span>
  )
}

function Actions({ card: { lead }, isReachable }: { card: IncomingCard; isReachable: boolean }) {
  const client = useQueryClient()
  const pipelines = usePipelines(true)
  const [target] = useKeptTarget(pipelines.data?.items ?? [])
  const tabIndex = isReachable ? 0 : -1
  return (
    <span className="relative z-10 flex shrink-0 items-center gap-1.5 max-md:w-full max-md:[&>button:first-child]:flex-1">
      <Button
        size="sm"
        tabIndex={tabIndex}
        disabled={!target}
        onClick={() => target && void acceptInto(client, lead, target)}
      >
        {t('lead.accept')}
      </Button>
      <OpenLead lead={lead} tabIndex={tabIndex} />
      <IconButton label={t('lead.link')} keys="L" tabIndex={tabIndex} onClick={() => askAbout({ kind: 'link', lead })}>
        <Link2 />
      </IconButton>
      <IconButton
        label={t('lead.decline')}
        keys="D"
        tabIndex={tabIndex}
        onClick={() => void declineWithUndo(client, lead)}
      >
        <X />
      </IconButton>
    </span>
  )
}
