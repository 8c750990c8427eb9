import { t } from '../../../i18n/t.ts'
import type { ShownMessage } from '../shown-messages.ts'
import { ContactCard, LocationCard } from './Cards.tsx'
import { FileLink } from './FileLink.tsx'
import { MediaState } from './MediaState.tsx'
import { Sound, Voice } from './Sound.tsx'
import { Video } from './Video.tsx'

/** Every kind but text and pictures: loaded when the first of them is seen. */
export function OtherKind({ message }: { message: ShownMessage }) {
  const { kind, media, location, contact } = message
  if (kind === 'location' && location) return <LocationCard {...location} />
  if (kind === 'contact' && contact) return <ContactCard {...contact} />
  if (!media)
    return <span className="block text-ink-2 italic">{t('kind.cannotShow', { kind: t(`kind.${kind}`) })}</span>
  if (kind === 'voice') return <Voice message={message} />
  if (kind === 'audio') return <Sound message={message} />
  if (kind === 'video') return <Video message={message} />
  if (kind === 'sticker') return <Sticker message={message} />
  return <FileLink message={message} />
}

const STICKER = { width: 160, height: 160 }

function Sticker({ message }: { message: ShownMessage }) {
  const { media } = message
  if (media?.state !== 'ready' || media.url === null) return <MediaState message={message} size={STICKER} />
  if (media.mediaType?.startsWith('video/')) {
    return (
      <video
        autoPlay={!matchMedia('(prefers-reduced-motion: reduce)').matches}
        loop
        muted
        playsInline
        src={media.url}
        aria-label={t('kind.sticker')}
        className="block object-contain"
        style={STICKER}
      />
    )
  }
  if (!media.mediaType?.startsWith('image/')) return <FileLink message={message} />
  return <img src={media.url} alt={t('kind.sticker')} className="block object-contain" style={STICKER} />
}
