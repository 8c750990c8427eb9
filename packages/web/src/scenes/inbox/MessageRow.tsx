import { clsx } from 'clsx'
import { memo } from 'react'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { format } from '../../parts/format.ts'
import { RichText } from '../../parts/RichText.tsx'
import { Tick } from '../../parts/Tick.tsx'
import { DeliveryNote } from './DeliveryNote.tsx'
import type { ShownMessage } from './shown-messages.ts'

interface Props {
  message: ShownMessage
  isFirst: boolean
  isLast: boolean
}

export const MessageRow = memo(function MessageRow({ message, isFirst, isLast }: Props) {
  const isOut = message.direction === 'out'
  return (
    <div
      className={clsx('flex px-6 max-md:px-3', isOut ? 'justify-end' : 'justify-start', isFirst ? 'pt-2' : 'pt-[3px]')}
    >
      <div
        className={clsx(
          'flex max-w-[min(78%,560px)] min-w-0 flex-col max-md:max-w-[86%]',
          isOut ? 'items-end' : 'items-start',
        )}
      >
        {isFirst && isOut && <Author message={message} />}
        <Bubble message={message} isFirst={isFirst} isLast={isLast} />
        <DeliveryNote message={message} />
      </div>
    </div>
  )
})

/** A colleague's or a bot's name; one's own replies need none, and the client's name heads the thread. */
function Author({ message }: { message: ShownMessage }) {
  const me = useMe()
  if (message.author.kind === 'user' && message.author.id === me.user.amojoId) return null
  return (
    <span dir="auto" aria-hidden="true" className="mb-0.5 px-1 text-2xs text-ink-3">
      {message.author.name}
    </span>
  )
}

function Bubble({ message, isFirst, isLast }: Props) {
  const isOut = message.direction === 'out'
  const corners = isOut
    ? clsx(!isFirst && 'rounded-se-[5px]', !isLast && 'rounded-ee-[5px]')
    : clsx(!isFirst && 'rounded-ss-[5px]', !isLast && 'rounded-es-[5px]')
  const paint =
    message.status === 'failed'
      ? 'bg-bad-soft'
      : isOut
        ? 'bg-out'
        : 'bg-surface shadow-[0_0_0_1px_var(--line)] dark:bg-in dark:shadow-none'
  return (
    <div
      className={clsx(
        // Each paragraph runs and is aligned as its own first letter says.
        'max-w-full rounded-xl px-3 py-[7px] text-md text-ink [overflow-wrap:anywhere] [unicode-bidi:plaintext]',
        corners,
        paint,
      )}
    >
      <span className="sr-only">{t('thread.author', { name: message.author.name })} </span>
      <Body message={message} />
      <span className="tnum relative top-[4px] float-end ms-3 mb-px inline-flex h-[18px] items-center gap-1 text-2xs text-ink-3 select-none dark:text-ink-2">
        <time dateTime={new Date(message.sentAt).toISOString()} title={format.fullTime(message.sentAt)}>
          {format.time(message.sentAt)}
        </time>
        {isOut && <Tick status={message.status} />}
      </span>
    </div>
  )
}

function Body({ message }: { message: ShownMessage }) {
  return (
    <>
      {message.kind !== 'text' && (
        <span className="block text-ink-2 italic">{t('kind.cannotShow', { kind: t(`kind.${message.kind}`) })}</span>
      )}
      {message.text !== '' && (
        <span className="whitespace-pre-wrap">
          <RichText text={message.text} />
        </span>
      )}
    </>
  )
}
