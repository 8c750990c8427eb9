import { clsx } from 'clsx'
import { MessageSquareText } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { t } from '../../../i18n/t.ts'
import { RichText } from '../../../parts/RichText.tsx'
import { WaitingUpload } from '../composer/WaitingUpload.tsx'
import type { ShownMessage } from '../shown-messages.ts'
import type { MessageThreadRow } from '../thread-rows.ts'
import { MessageTime, slowestStatus } from './MessageTime.tsx'
import { Album, Picture, sizeOf } from './Picture.tsx'
import { PostCard } from './PostCard.tsx'
import type { Size } from './picture-layout.ts'
import { ForwardedMark, QuoteBlock } from './Quote.tsx'

/** Loaded once a conversation is open: the first one drawn need not wait for it. */
export const loadOtherKind = () => import('./OtherKind.tsx')
const OtherKind = lazy(() => loadOtherKind().then((module) => ({ default: module.OtherKind })))

interface Props {
  row: MessageThreadRow
  /** The one of its messages that speaks for it: the one with the caption. */
  message: ShownMessage
  isFlashed: boolean
}

export function Bubble({ row, message, isFlashed }: Props) {
  const isFramed = isPictureLike(row)
  const status = slowestStatus(row.messages)
  if (message.kind === 'sticker' && message.media)
    return <StickerBubble row={row} message={message} isFlashed={isFlashed} />
  return (
    <div
      data-flashed={isFlashed || undefined}
      className={clsx(
        // Each paragraph runs and is aligned as its own first letter says.
        'max-w-full rounded-xl text-md text-ink [overflow-wrap:anywhere] [unicode-bidi:plaintext] data-flashed:flash',
        isFramed ? 'w-min overflow-hidden' : 'relative flow-root px-3 py-[7px]',
        cornersOf(row, message),
        paintOf(message, status),
      )}
    >
      <span className="sr-only">{t('thread.author', { name: message.author.name })} </span>
      <Head message={message} isFramed={isFramed} />
      {isFramed ? (
        <FramedBody row={row} message={message} />
      ) : (
        <>
          <PlainBody message={message} />
          <MessageTime message={message} status={status} place={hasRoomForTime(message) ? 'corner' : 'end'} />
        </>
      )}
    </div>
  )
}

/** What fills its bubble from edge to edge. */
function isPictureLike({ messages: [first, second] }: MessageThreadRow): boolean {
  if (second) return true
  if (first.kind === 'location') return first.location !== undefined
  return (first.kind === 'picture' || first.kind === 'video') && first.media !== undefined
}

/** Whose last line is short: the time stands beside it rather than below. */
const hasRoomForTime = ({ kind, text, media }: ShownMessage) =>
  text === '' && media?.state === 'ready' && (kind === 'voice' || kind === 'audio' || kind === 'file')

function cornersOf({ isFirst, isLast }: MessageThreadRow, { direction }: ShownMessage): string {
  return direction === 'out'
    ? clsx(!isFirst && 'rounded-se-[5px]', !isLast && 'rounded-ee-[5px]')
    : clsx(!isFirst && 'rounded-ss-[5px]', !isLast && 'rounded-es-[5px]')
}

function paintOf({ direction }: ShownMessage, status: ShownMessage['status']): string {
  if (status === 'failed') return 'bg-bad-soft'
  return direction === 'out' ? 'bg-out' : 'bg-surface shadow-[0_0_0_1px_var(--line)] dark:bg-in dark:shadow-none'
}

function Head({ message, isFramed }: { message: ShownMessage; isFramed: boolean }) {
  const { post, forwarded, replyTo, sharedPost } = message
  if (!post && !forwarded && !replyTo && !sharedPost) return null
  return (
    <div className={clsx('mb-1 min-w-0 space-y-1', isFramed && 'px-3 pt-[7px] pb-0.5')}>
      {post && (
        <p className="flex items-center gap-1 text-2xs font-medium text-ink-3 dark:text-ink-2">
          <MessageSquareText size={12} aria-hidden="true" />
          {t('posts.comment')}
        </p>
      )}
      {forwarded && <ForwardedMark quote={forwarded} />}
      {replyTo && <QuoteBlock quote={replyTo} />}
      {sharedPost && (
        <div className="w-[300px] max-w-full rounded-md bg-surface/60 p-2 dark:bg-ink/6">
          <PostCard post={sharedPost} title={t('posts.shared')} />
        </div>
      )}
    </div>
  )
}

/** A picture and the like, its captions below; without one the time lies on it. */
function FramedBody({ row, message }: { row: MessageThreadRow; message: ShownMessage }) {
  const captions = row.messages.filter(({ text }) => text !== '')
  const isLocation = message.kind === 'location'
  const hasFoot = captions.length > 0 || isLocation
  const isDrawn = row.messages.every(({ media }) => media?.state === 'ready')
  const place = hasFoot ? 'end' : isDrawn ? 'pill' : 'plain'
  const time = <MessageTime message={message} status={slowestStatus(row.messages)} place={place} />
  return (
    <div className="relative">
      {row.messages.length > 1 ? (
        <Album messages={row.messages} />
      ) : message.kind === 'picture' ? (
        <Picture message={message} />
      ) : (
        <span className="relative block">
          <LazyKind message={message} />
          {message.waiting && <WaitingUpload entry={message.waiting} isOver />}
        </span>
      )}
      {hasFoot && (
        <div className="flow-root px-3 pt-1.5 pb-[7px]">
          {captions.map(({ id, text }, index) => (
            <span key={id} className={clsx('whitespace-pre-wrap', index < captions.length - 1 && 'block pb-1')}>
              <RichText text={text} />
            </span>
          ))}
          {time}
        </div>
      )}
      {/* The foot of a video is where its controls are. */}
      {!hasFoot && (
        <span className={clsx('absolute end-2 flex', message.kind === 'video' ? 'top-2' : 'bottom-2')}>{time}</span>
      )}
    </div>
  )
}

function PlainBody({ message }: { message: ShownMessage }) {
  const { text } = message
  return (
    <>
      {message.kind !== 'text' && <LazyKind message={message} />}
      {message.waiting && <WaitingUpload entry={message.waiting} isOver={false} />}
      {text !== '' && (
        <span className={clsx('whitespace-pre-wrap', message.kind !== 'text' && 'mt-1 inline-block')}>
          <RichText text={text} />
        </span>
      )}
    </>
  )
}

function StickerBubble({ row, message, isFlashed }: Props) {
  const isOut = message.direction === 'out'
  return (
    <div
      data-flashed={isFlashed || undefined}
      className={clsx(
        'flex max-w-full flex-col gap-1 rounded-xl data-flashed:flash',
        isOut ? 'items-end' : 'items-start',
      )}
    >
      <span className="sr-only">{t('thread.author', { name: message.author.name })} </span>
      <Head message={message} isFramed={false} />
      <LazyKind message={message} />
      <span className="flex">
        <MessageTime message={message} status={slowestStatus(row.messages)} place="pill" />
      </span>
    </div>
  )
}

function LazyKind({ message }: { message: ShownMessage }) {
  const size = expectedSize(message)
  return (
    <Suspense fallback={<span className="block max-w-full" style={size} />}>
      <OtherKind message={message} />
    </Suspense>
  )
}

/** Nothing moves when the code for it arrives. */
function expectedSize({ kind, media }: ShownMessage): Size {
  if (kind === 'video') return sizeOf(media)
  if (kind === 'sticker') return { width: 160, height: 160 }
  if (kind === 'location') return { width: 280, height: 160 }
  if (kind === 'voice') return { width: 264, height: 50 }
  return { width: kind === 'audio' ? 300 : 280, height: kind === 'audio' ? 56 : 44 }
}
