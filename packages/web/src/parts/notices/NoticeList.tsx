import type { Notification } from '@parley/protocol/model'
import { type KeyboardEvent, useState } from 'react'
import { t } from '../../i18n/t.ts'
import { groupNotices, type NoticeGroup } from './group-notices.ts'
import { NoticeLine } from './NoticeLine.tsx'

/** Of one chat or lead, before the others are asked for. */
const MOST_LINES = 3

interface Props {
  notifications: readonly Notification[]
  onOpen: (notification: Notification) => void
  /** What follows the last: the way to older ones. */
  children?: React.ReactNode
}

/** Notifications by chat and lead. Arrow keys go from line to line, Enter opens where it is. */
export function NoticeList({ notifications, onOpen, children }: Props) {
  return (
    <ul aria-label={t('notifications.title')} onKeyDown={goThroughLines} className="p-1">
      {groupNotices(notifications).map((group) => (
        <Group key={group.key} group={group} onOpen={onOpen} />
      ))}
      {children}
    </ul>
  )
}

function Group({ group, onOpen }: { group: NoticeGroup; onOpen: Props['onOpen'] }) {
  const [isWhole, setWhole] = useState(false)
  const { title, items } = group
  const shown = isWhole ? items : items.slice(0, MOST_LINES)
  const isNew = items.some(({ isRead }) => !isRead)
  return (
    <li className="pt-1.5 pb-1 not-first:border-t not-first:border-line">
      <p dir="auto" className={`truncate px-3 ${isNew ? 'font-semibold' : 'font-medium text-ink-2'}`}>
        {title}
      </p>
      <ul>
        {shown.map((notification) => (
          <NoticeLine key={notification.id} notification={notification} onOpen={onOpen} />
        ))}
      </ul>
      {shown.length < items.length && (
        <button
          type="button"
          onClick={() => setWhole(true)}
          className="ms-10 rounded-md px-2 py-1 text-xs font-medium text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:min-h-10"
        >
          {t('notifications.moreOf', { count: items.length - shown.length })}
        </button>
      )}
    </li>
  )
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

function goThroughLines(event: KeyboardEvent<HTMLUListElement>): void {
  const step = STEPS[event.key]
  if (step === undefined) return
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-line]')]
  const here = lines.findIndex((line) => line.closest('li')?.contains(document.activeElement))
  const next = lines[here + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}
