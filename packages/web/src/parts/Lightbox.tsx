import { Dialog } from '@base-ui/react/dialog'
import { clsx } from 'clsx'
import { ChevronLeft, ChevronRight, Download, Maximize2, Minimize2, X } from 'lucide-react'
import { type ComponentProps, type KeyboardEvent, useRef, useState } from 'react'
import { t } from '../i18n/t.ts'
import { format } from './format.ts'
import { takeTurn } from './player.ts'

export interface LightboxItem {
  id: string
  isVideo: boolean
  url: string
  name: string
  /** Pixels, as far as they are known. */
  width: number | null
  height: number | null
  posterUrl: string | null
  caption: string
  author: string
  /** Milliseconds since 1970. */
  at: number
}

interface Props {
  /** In the order the arrows go. */
  items: readonly LightboxItem[]
  openId: string | null
  onChange: (id: string | null) => void
  /** Where the picture stands on the page, for the keyboard to go back to. */
  findTile: (id: string) => HTMLElement | null
}

/** Pictures over the whole window: one after another, fitted or pixel by pixel. */
export function Lightbox({ items, openId, onChange, findTile }: Props) {
  const lastId = useRef<string | null>(null)
  if (openId !== null) lastId.current = openId
  const index = items.findIndex(({ id }) => id === openId)
  const item = items[index]

  const go = (by: number) => {
    const next = items[index + by]
    if (index !== -1 && next) onChange(next.id)
  }
  function handleKeyDown(event: KeyboardEvent) {
    // The arrows belong to a video that has the keyboard.
    if (event.target instanceof HTMLVideoElement) return
    const isBack = event.key === 'ArrowLeft'
    if (isBack || event.key === 'ArrowRight') go(isBack ? -1 : 1)
  }

  return (
    <Dialog.Root open={item !== undefined} onOpenChange={(open) => !open && onChange(null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(0.16_0.01_266/0.97)] transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Dialog.Popup
          aria-label={t('lightbox.label')}
          onKeyDown={handleKeyDown}
          finalFocus={() => (lastId.current !== null ? (findTile(lastId.current) ?? true) : true)}
          className="fixed inset-0 z-50 flex flex-col text-white outline-none"
        >
          {item && (
            <Shown
              key={item.id}
              item={item}
              place={{ index: index + 1, count: items.length }}
              onPrevious={index > 0 ? () => go(-1) : undefined}
              onNext={index < items.length - 1 ? () => go(1) : undefined}
            />
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface ShownProps {
  item: LightboxItem
  place: { index: number; count: number }
  onPrevious: (() => void) | undefined
  onNext: (() => void) | undefined
}

function Shown({ item, place, onPrevious, onNext }: ShownProps) {
  const [isFull, setFull] = useState(false)
  return (
    <>
      <header className="flex h-14 shrink-0 items-center gap-1 ps-4 pe-2">
        <div className="min-w-0 flex-1">
          <p dir="auto" className="truncate text-sm font-medium">
            {item.author}
          </p>
          <p className="tnum truncate text-2xs text-white/75">
            {format.fullTime(item.at)}
            {place.count > 1 && ` · ${t('lightbox.position', place)}`}
          </p>
        </div>
        {!item.isVideo && (
          <Tool aria-label={t(isFull ? 'lightbox.fit' : 'lightbox.full')} onClick={() => setFull(!isFull)}>
            {isFull ? <Minimize2 size={18} /> : <Maximize2 size={18} />}
          </Tool>
        )}
        <a href={item.url} download={item.name} aria-label={t('media.download', { name: item.name })} className={TOOL}>
          <Download size={18} />
        </a>
        <Dialog.Close aria-label={t('lightbox.close')} className={TOOL}>
          <X size={20} />
        </Dialog.Close>
      </header>
      <div className="relative flex min-h-0 flex-1">
        <Stage item={item} isFull={isFull} onToggle={() => setFull(!isFull)} />
        {onPrevious && (
          <Tool
            aria-label={t('lightbox.previous')}
            onClick={onPrevious}
            className="absolute start-2 top-1/2 -mt-6 size-12! bg-[oklch(0.16_0.01_266/0.5)]"
          >
            <ChevronLeft size={26} />
          </Tool>
        )}
        {onNext && (
          <Tool
            aria-label={t('lightbox.next')}
            onClick={onNext}
            className="absolute end-2 top-1/2 -mt-6 size-12! bg-[oklch(0.16_0.01_266/0.5)]"
          >
            <ChevronRight size={26} />
          </Tool>
        )}
      </div>
      <p
        dir="auto"
        className="max-h-28 min-h-4 shrink-0 overflow-y-auto px-4 py-2 text-center text-md whitespace-pre-wrap [overflow-wrap:anywhere]"
      >
        {item.caption}
      </p>
    </>
  )
}

function Stage({ item, isFull, onToggle }: { item: LightboxItem; isFull: boolean; onToggle: () => void }) {
  const [hasFailed, setFailed] = useState(false)
  if (hasFailed) {
    return (
      <p role="alert" className="m-auto px-4 text-sm">
        {t(item.isVideo ? 'media.cannotPlay' : 'media.cannotShow')}
      </p>
    )
  }
  if (item.isVideo) {
    return (
      <video
        controls
        playsInline
        src={item.url}
        {...(item.posterUrl && { poster: item.posterUrl })}
        aria-label={item.name}
        onPlay={(event) => takeTurn(event.currentTarget)}
        onError={() => setFailed(true)}
        className="m-auto max-h-full max-w-full"
      />
    )
  }
  return (
    <div tabIndex={isFull ? 0 : -1} className="flex size-full overflow-auto outline-none focus-visible:outline-2">
      <img
        src={item.url}
        alt={item.name}
        {...(item.width && item.height && { width: item.width, height: item.height })}
        draggable={false}
        onDoubleClick={onToggle}
        onError={() => setFailed(true)}
        className={clsx(
          'm-auto',
          isFull ? 'max-w-none cursor-zoom-out' : 'max-h-full max-w-full cursor-zoom-in object-contain',
        )}
      />
    </div>
  )
}

const TOOL =
  'inline-flex size-10 shrink-0 items-center justify-center rounded-full text-white transition-colors hover:bg-white/15 pointer-coarse:size-11'

function Tool({ className, ...props }: ComponentProps<'button'>) {
  return <button type="button" {...props} className={clsx(TOOL, className)} />
}
