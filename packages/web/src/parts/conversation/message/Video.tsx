import { Download } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { takeTurn } from '../../../parts/player.ts'
import type { ShownMessage } from '../shown-messages.ts'
import { MediaState } from './MediaState.tsx'
import { sizeOf } from './Picture.tsx'

/** Narrower ones have no room for the browser's controls. */
const LEAST_WIDTH = 260

export function Video({ message }: { message: ShownMessage }) {
  const [hasFailed, setFailed] = useState(false)
  const media = message.media!
  const { width, height } = sizeOf(media)
  if (media.state !== 'ready' || media.url === null) return <MediaState message={message} size={{ width, height }} />
  const name = media.fileName || t('kind.video')
  if (hasFailed) return <Unplayable url={media.url} name={name} />
  return (
    <video
      controls
      playsInline
      preload="metadata"
      src={media.url}
      {...(media.thumbnail && { poster: media.thumbnail.url })}
      aria-label={name}
      onPlay={(event) => takeTurn(event.currentTarget)}
      onError={() => setFailed(true)}
      className="block max-w-full bg-[oklch(0.2_0.01_266)] object-contain"
      style={{ width: Math.max(LEAST_WIDTH, width), aspectRatio: `${Math.max(LEAST_WIDTH, width)} / ${height}` }}
    />
  )
}

export function Unplayable({ url, name }: { url: string; name: string }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 px-3 py-2 text-xs text-ink-2">
      {t('media.cannotPlay')}
      <a
        href={url}
        download={name}
        className="inline-flex min-h-6 items-center gap-1 font-semibold text-ink underline-offset-2 hover:underline"
      >
        <Download size={12} aria-hidden="true" />
        {t('media.download', { name })}
      </a>
    </span>
  )
}
