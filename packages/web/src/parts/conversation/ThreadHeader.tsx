import type { Chat, ChatId } from '@parley/protocol/model'
import { Link } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { ChevronLeft, PanelRight, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../../i18n/t.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { IconButton } from '../../parts/IconButton.tsx'
import { IS_MAC } from '../../parts/KeyCaps.tsx'
import { keyCaps } from '../../parts/shortcuts/strokes.ts'
import { UserAvatar } from '../../parts/UserAvatar.tsx'
import { JumpToDate } from './header/JumpToDate.tsx'
import { Visitors } from './header/Visitors.tsx'

interface Props {
  chatId: ChatId
  chat: Chat | undefined
  isUnknown: boolean
  /** Opens the conversation at a time. */
  onDate: (at: number) => void
  /** Looks for words in it. */
  onFind: () => void
  isLeadOpen: boolean
  onToggleLead: () => void
  tools?: ReactNode
}

export function ThreadHeader({ chatId, chat, isUnknown, onDate, onFind, isLeadOpen, onToggleLead, tools }: Props) {
  return (
    <header
      className={clsx(
        '@container flex h-14 shrink-0 items-center border-b border-line bg-surface ps-4 pe-3 max-md:ps-1',
        isUnknown && 'md:hidden',
      )}
    >
      <div className="flex w-full min-w-0 items-center gap-3 @max-[560px]:gap-2">
        <Link
          to="/inbox"
          search={({ c: _, ...list }) => list}
          aria-label={t('thread.back')}
          className="flex size-10 shrink-0 items-center justify-center rounded-md text-ink-2 md:hidden"
        >
          <ChevronLeft size={22} />
        </Link>
        {chat ? <Who chat={chat} /> : !isUnknown && <span className="skeleton h-5 w-48" />}
        {!isUnknown && (
          <div className="ms-auto flex shrink-0 items-center">
            <Visitors chatId={chatId} />
            {tools}
            <IconButton label={t('find.label')} keys={keyCaps('Mod+f', IS_MAC).join(' ')} onClick={onFind}>
              <Search />
            </IconButton>
            <JumpToDate onPick={onDate} />
            <IconButton label={t('thread.lead')} keys="]" aria-expanded={isLeadOpen} onClick={onToggleLead}>
              <PanelRight />
            </IconButton>
          </div>
        )}
      </div>
    </header>
  )
}

function Who({ chat }: { chat: Chat }) {
  const { client, channel, source, responsible } = chat
  const where = client.phone ?? client.email ?? source
  return (
    <>
      <Avatar name={client.name} seed={client.id} size={36} pictureUrl={client.avatarUrl} channel={channel} />
      <div className="min-w-0 flex-1">
        <h2 dir="auto" className="w-fit max-w-full truncate text-md leading-[18px] font-semibold">
          {client.name}
        </h2>
        <p className="tnum truncate text-xs text-ink-3">
          <bdi>{channel.title}</bdi>
          {where !== null && where !== channel.title && (
            <>
              {' · '}
              <bdi>{where}</bdi>
            </>
          )}
        </p>
      </div>
      {responsible && (
        <p className="flex shrink-0 items-center gap-2 text-ink-2 @max-[480px]:hidden">
          <UserAvatar user={responsible} size={22} />
          <span className="sr-only">{t('lead.responsible')}</span>
          <span dir="auto" className="max-w-40 truncate @max-[680px]:sr-only">
            {responsible.name}
          </span>
        </p>
      )}
    </>
  )
}
