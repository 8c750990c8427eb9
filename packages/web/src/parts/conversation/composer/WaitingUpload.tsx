import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { returnToDraft } from '../../../data/conversation/draft-store.ts'
import { sizeOfFile } from '../../../data/file-kind.ts'
import { canTakeBack } from '../../../data/outbox/outbox.ts'
import type { OutboxEntry } from '../../../data/outbox/outbox-store.ts'
import { useOutbox } from '../../../data/outbox/use-outbox.ts'
import { useMe } from '../../../data/queries.ts'
import { sessionScope } from '../../../data/session.ts'
import { useUpload } from '../../../data/use-uploads.ts'
import { t } from '../../../i18n/t.ts'
import { fileSize } from '../../../parts/file-size.ts'
import { ProgressLine } from './ProgressLine.tsx'

interface Props {
  entry: OutboxEntry
}

/** How far the file of a waiting message is, and the way to take it back; over a picture or under anything else. */
export function WaitingUpload({ entry, isOver }: Props & { isOver: boolean }) {
  if (!canTakeBack(entry)) return null
  return isOver ? <Ring entry={entry} /> : <Line entry={entry} />
}

const SIZE = 44
const RADIUS = 19
const ROUND = 2 * Math.PI * RADIUS

function Ring({ entry }: Props) {
  const { sent, total, label } = useProgress(entry)
  const share = Math.max(0.04, sent / total)
  return (
    <span className="absolute inset-0 flex items-center justify-center bg-[oklch(0.2_0.01_266/0.25)]">
      <span
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor((sent / total) * 100)}
        className="absolute"
      >
        <svg width={SIZE} height={SIZE} viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true" className="-rotate-90">
          <circle cx={SIZE / 2} cy={SIZE / 2} r={RADIUS + 3} className="fill-[oklch(0.2_0.01_266/0.6)]" />
          <circle
            cx={SIZE / 2}
            cy={SIZE / 2}
            r={RADIUS}
            fill="none"
            strokeWidth={2.5}
            strokeLinecap="round"
            strokeDasharray={ROUND}
            strokeDashoffset={ROUND * (1 - share)}
            className="stroke-white transition-[stroke-dashoffset] duration-150"
          />
        </svg>
      </span>
      <CancelButton entry={entry} className="relative size-11 rounded-full text-white" />
    </span>
  )
}

/** Its end stays free for the time of the message. */
function Line({ entry }: Props) {
  const { sent, total, label, isRunning } = useProgress(entry)
  const size = fileSize(total)
  return (
    <span className="mt-0.5 block min-w-52">
      <span className="flex items-center gap-2">
        <span className="min-w-0 flex-1">
          <ProgressLine label={label} sent={sent} total={total} />
        </span>
        <CancelButton entry={entry} className="-me-1.5 size-7 rounded-md text-ink-2 hover:bg-press hover:text-ink" />
      </span>
      <span className="tnum block h-[18px] text-2xs text-ink-3 dark:text-ink-2">
        {isRunning ? t('tray.sent', { size, percent: Math.floor((sent / total) * 100) }) : size}
      </span>
    </span>
  )
}

function useProgress({ file }: OutboxEntry) {
  const upload = useUpload(file?.key ?? '')
  const isRunning = upload?.phase === 'sending'
  return {
    isRunning,
    sent: isRunning ? upload.sent : 0,
    total: Math.max(1, (file && sizeOfFile(file)) ?? 1),
    label: t('tray.progress', { name: file?.name ?? '' }),
  }
}

function CancelButton({ entry, className }: Props & { className: string }) {
  const outbox = useOutbox((state) => state.outbox)
  const scope = sessionScope(useMe())
  const label = t('tray.cancel', { name: entry.file?.name ?? '' })

  async function cancel() {
    const text = await outbox?.takeBack(entry.id)
    // The caption was typed by somebody: it is not thrown away with the file.
    if (text) returnToDraft(scope, entry.chatId, text)
  }

  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => void cancel()}
      className={clsx('flex shrink-0 items-center justify-center pointer-coarse:size-11', className)}
    >
      <X size={16} aria-hidden="true" />
    </button>
  )
}
