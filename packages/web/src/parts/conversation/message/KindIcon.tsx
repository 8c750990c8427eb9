import type { MessageKind } from '@parley/protocol/model'
import { Camera, Contact, File, MapPin, Mic, Music, Sticker, Video } from 'lucide-react'

const ICONS: Readonly<Record<Exclude<MessageKind, 'text'>, typeof File>> = {
  picture: Camera,
  file: File,
  video: Video,
  audio: Music,
  voice: Mic,
  sticker: Sticker,
  location: MapPin,
  contact: Contact,
}

/** What kind of message it is, for the eye: the word stands beside it, or its caption does. */
export function KindIcon({ kind }: { kind: MessageKind }) {
  if (kind === 'text') return null
  const Icon = ICONS[kind]
  return <Icon size={13} aria-hidden="true" className="shrink-0 text-ink-3" />
}
