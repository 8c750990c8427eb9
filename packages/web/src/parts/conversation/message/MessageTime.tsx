import { clsx } from 'clsx'
import { useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { format } from '../../../parts/format.ts'
import { type ShownStatus, Tick } from '../../../parts/Tick.tsx'
import type { ShownMessage } from '../shown-messages.ts'
import { EditedMark } from './EditedMark.tsx'

interface Props {
  message: ShownMessage
  /** Of an album: how far the slowest of its pictures got. */
  status: ShownStatus
  place: keyof typeof PLACES
}

/** When it was said, whether it was changed since, and how far it got. */
export function MessageTime({ message, status, place }: Props) {
  return (
    <span className={clsx('tnum inline-flex h-[18px] items-center gap-1 text-2xs select-none', PLACES[place])}>
      <EditedMark message={message} />
      <Clocks message={message} />
      {message.direction === 'out' && <Tick status={status} />}
    </span>
  )
}

/** The sender's clock; ours, too, where somebody points at it or touches it. */
function Clocks({ message: { sentAt, receivedAt } }: Pick<Props, 'message'>) {
  const [isWhole, setWhole] = useState(false)
  const both = t('time.bothClocks', { sent: format.fullTime(sentAt), received: format.fullTime(receivedAt) })
  return (
    // By keyboard and by ear nothing is missing without it: the day stands above.
    <button type="button" tabIndex={-1} title={both} onClick={() => setWhole(!isWhole)} className="cursor-default">
      <time dateTime={new Date(sentAt).toISOString()}>{isWhole ? both : format.time(sentAt)}</time>
    </button>
  )
}

const QUIET = 'text-ink-3 dark:text-ink-2'

const PLACES = {
  /** Floats at the end of the last line. */
  end: `relative top-[4px] float-end ms-3 mb-px ${QUIET}`,
  /** Beside a last line that is short. */
  corner: `absolute end-3 bottom-[9px] ${QUIET}`,
  /** Lies on a picture. */
  pill: 'rounded-full bg-[oklch(0.2_0.01_266/0.62)] px-2 text-white [&_svg]:text-white!',
  /** Lies where a picture will be. */
  plain: QUIET,
}

const SLOWEST_FIRST: readonly ShownStatus[] = ['failed', 'sending', 'queued', 'sent', 'delivered', 'read']

/** How far an album got: as far as the picture that is behind all others. */
export function slowestStatus(messages: readonly [ShownMessage, ...ShownMessage[]]): ShownStatus {
  return SLOWEST_FIRST.find((status) => messages.some((message) => message.status === status)) ?? messages[0].status
}
