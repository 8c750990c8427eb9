import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { t } from '../../i18n/t.ts'
import type { LightboxItem } from '../../parts/Lightbox.tsx'
import type { ShownMessage } from './shown-messages.ts'

const Lightbox = lazy(() => import('../../parts/Lightbox.tsx').then((module) => ({ default: module.Lightbox })))

interface Props {
  messages: readonly ShownMessage[]
  /** The message whose picture is open; null: none. */
  openId: string | null
  onChange: (messageId: string | null) => void
}

/** The pictures and videos of a conversation at full size, as far as it is loaded. */
export function PictureViewer({ messages, openId, onChange }: Props) {
  const [isNeeded, setNeeded] = useState(false)
  if (openId !== null && !isNeeded) setNeeded(true)
  const items = useMemo(() => (openId === null ? [] : messages.flatMap(toItem)), [messages, openId])
  // Back to where the keyboard was, or to the picture that was looked at last when it is drawn.
  const findTile = useCallback(
    (id: string) => document.querySelector<HTMLElement>(`[data-picture="${CSS.escape(id)}"]`),
    [],
  )
  if (!isNeeded) return null
  return (
    <Suspense>
      <Lightbox items={items} openId={openId} onChange={onChange} findTile={findTile} />
    </Suspense>
  )
}

function toItem({ id, kind, media, text, author, sentAt }: ShownMessage): LightboxItem[] {
  if ((kind !== 'picture' && kind !== 'video') || media?.state !== 'ready' || media.url === null) return []
  const { url, thumbnail, width, height } = media
  const name = media.fileName || t('media.nameless')
  const isVideo = kind === 'video'
  return [
    {
      id,
      isVideo,
      url,
      name,
      width,
      height,
      posterUrl: thumbnail?.url ?? null,
      caption: text,
      author: author.name,
      at: sentAt,
    },
  ]
}
