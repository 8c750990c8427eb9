import type { Media } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { ImageOff, Play } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { playTime } from '../../../parts/play-time.ts'
import { WaitingUpload } from '../composer/WaitingUpload.tsx'
import type { ShownMessage } from '../shown-messages.ts'
import { MediaState, RetryButton } from './MediaState.tsx'
import { ALBUM_WIDTH, fitPicture, layOutAlbum, type Size } from './picture-layout.ts'
import { useThreadTools } from './thread-tools.ts'

/** The size a picture is drawn in, known before it is loaded. */
export const sizeOf = (media: Media | undefined): Size =>
  fitPicture(media?.width ?? media?.thumbnail?.width ?? null, media?.height ?? media?.thumbnail?.height ?? null)

/** One picture, at the size its file says, before and after it is loaded. */
export function Picture({ message }: { message: ShownMessage }) {
  const size = sizeOf(message.media)
  if (message.media?.state !== 'ready') return <MediaState message={message} size={size} />
  return (
    <span
      className="relative block max-w-full"
      style={{ width: size.width, aspectRatio: `${size.width} / ${size.height}` }}
    >
      <PictureButton message={message} />
      {message.waiting && <WaitingUpload entry={message.waiting} isOver />}
    </span>
  )
}

/** Pictures and videos that were sent in one go. */
export function Album({ messages }: { messages: readonly ShownMessage[] }) {
  const { height, tiles } = layOutAlbum(messages.length)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <span
      role="group"
      aria-label={t('media.album', { count: messages.length })}
      className="relative block max-w-full overflow-hidden"
      style={{ width: ALBUM_WIDTH, aspectRatio: `${ALBUM_WIDTH} / ${height}` }}
    >
      {messages.map((message, index) => {
        const { left, top, width, height: own } = tiles[index]!
        const place = { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${own}%` }
        return (
          <span key={message.id} className="absolute block overflow-hidden p-px" style={place}>
            {message.media?.state === 'ready' ? (
              <PictureButton message={message} />
            ) : (
              <span className="flex size-full items-center justify-center overflow-auto bg-ink/5">
                <MediaState message={message} />
              </span>
            )}
            {message.waiting && <WaitingUpload entry={message.waiting} isOver />}
          </span>
        )
      })}
    </span>
  )
}

/** The picture (or the first moment of a video), filling its box; opens it at full size. */
function PictureButton({ message }: { message: ShownMessage }) {
  const { openPicture } = useThreadTools()
  const [attempt, setAttempt] = useState(0)
  const [hasFailed, setFailed] = useState(false)
  const media = message.media!
  const isVideo = message.kind === 'video'
  if (hasFailed) {
    const retry = () => {
      setFailed(false)
      setAttempt(attempt + 1)
    }
    return <UnreachablePicture onRetry={retry} />
  }
  return (
    <button
      type="button"
      data-picture={message.id}
      onClick={() => openPicture(message.id)}
      className="relative block size-full cursor-zoom-in bg-ink/5 -outline-offset-2"
    >
      <Still key={attempt} media={media} isVideo={isVideo} onError={() => setFailed(true)} />
      <span className="sr-only"> {t('media.open')}</span>
      {isVideo && <VideoMark durationMs={media.durationMs} />}
    </button>
  )
}

interface StillProps {
  media: Media
  isVideo: boolean
  onError: () => void
}

/** A thumbnail where there is one: the whole file is for those who open it. */
function Still({ media, isVideo, onError }: StillProps) {
  const name = media.fileName || t('media.nameless')
  const isMoving = media.mediaType === 'image/gif'
  const source = isMoving ? media.url : (media.thumbnail?.url ?? (isVideo ? null : media.url))
  if (source === null) return <span className="sr-only">{name}</span>
  return (
    <img
      src={source}
      alt={name}
      decoding="async"
      draggable={false}
      onError={onError}
      className={clsx('size-full', isTiny(media) ? 'object-contain' : 'object-cover')}
    />
  )
}

/** Smaller than the smallest box: framed rather than blown up. */
const isTiny = ({ width, height }: Media) => width !== null && height !== null && width < 120 && height < 80

function VideoMark({ durationMs }: { durationMs: number | null }) {
  return (
    <span className="pointer-events-none absolute inset-0 flex items-center justify-center">
      <span className="flex size-11 items-center justify-center rounded-full bg-[oklch(0.2_0.01_266/0.6)] text-white">
        <Play size={20} fill="currentColor" aria-hidden="true" />
      </span>
      {durationMs !== null && (
        <span className="tnum absolute start-1.5 top-1.5 rounded-full bg-[oklch(0.2_0.01_266/0.6)] px-1.5 text-2xs text-white">
          {playTime(durationMs)}
        </span>
      )}
    </span>
  )
}

function UnreachablePicture({ onRetry }: { onRetry: () => void }) {
  return (
    <span className="flex size-full flex-col items-center justify-center gap-1 bg-ink/5 p-2 text-center text-xs text-ink-2">
      <ImageOff size={18} aria-hidden="true" />
      {t('media.cannotShow')}
      <RetryButton onClick={onRetry} />
    </span>
  )
}
