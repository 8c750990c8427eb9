import { clsx } from 'clsx'
import { FileText, Film, Mic, Music, RotateCw, X } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { useConnection } from '../../../data/connection.ts'
import type { Draft, DraftFile } from '../../../data/conversation/draft.ts'
import { changeDraft } from '../../../data/conversation/draft-store.ts'
import { kindOfFile, kindOfType, sizeOfFile, typeOfFile } from '../../../data/file-kind.ts'
import type { UploadState } from '../../../data/uploads.ts'
import { isRefused, useUpload } from '../../../data/use-uploads.ts'
import { t } from '../../../i18n/t.ts'
import { fileSize } from '../../../parts/file-size.ts'
import { reasonOf } from '../../../parts/Notice.tsx'
import { playTime } from '../../../parts/play-time.ts'
import { bring, detachFile, type Place } from './attach-files.ts'
import { ProgressLine } from './ProgressLine.tsx'
import { canGoAsFiles } from './tray.ts'

interface Props {
  place: Place | undefined
  draft: Draft
  isFaulty: boolean
  /** A file was taken out: the keyboard has lost its place. */
  onDetached: () => void
}

/** The files of the reply: what they are, how far they are, and the way out. */
export function Tray({ place, draft, isFaulty, onDetached }: Props) {
  if (!place) return null
  return (
    <div className="px-2 pt-2">
      <ul
        aria-label={t('tray.label')}
        className="grid max-h-[min(188px,34dvh)] grid-cols-[repeat(auto-fill,minmax(200px,1fr))] gap-1.5 overflow-y-auto"
      >
        {draft.files.map((file) => (
          <TrayFile
            key={file.key}
            file={file}
            onRetry={() => void bring(place, file)}
            onRemove={() => {
              detachFile(place, file.key)
              onDetached()
            }}
          />
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-x-4 px-1 empty:hidden">
        {canGoAsFiles(draft.files) && <AsFiles place={place} isAsFiles={draft.isAsFiles} />}
        {isFaulty && (
          <span role="status" className="py-1 text-xs text-bad">
            {t('tray.faulty')}
          </span>
        )}
      </div>
    </div>
  )
}

interface TrayFileProps {
  file: DraftFile
  onRetry: () => void
  onRemove: () => void
}

function TrayFile({ file, onRetry, onRemove }: TrayFileProps) {
  const upload = useUpload(file.key)
  const isBad = file.problem !== undefined || isRefused(upload)
  const isUnderWay = upload?.phase === 'waiting' || upload?.phase === 'sending'
  return (
    <li
      className={clsx(
        'relative flex h-[58px] items-center gap-2.5 overflow-hidden rounded-md ps-2 pe-1',
        isBad ? 'bg-bad-soft' : 'bg-hover dark:bg-press',
      )}
    >
      <Preview file={file} />
      <span className="min-w-0 flex-1">
        <span dir="auto" title={file.name} className="block truncate text-xs font-medium text-ink">
          {file.as === 'voice' ? t('kind.voice') : file.name}
        </span>
        <State file={file} upload={upload} />
      </span>
      {!isBad && upload?.phase === 'failed' && (
        <SmallButton label={t('tray.retry', { name: file.name })} onClick={onRetry}>
          <RotateCw size={15} aria-hidden="true" />
        </SmallButton>
      )}
      <SmallButton label={t(isUnderWay ? 'tray.cancel' : 'tray.remove', { name: file.name })} onClick={onRemove}>
        <X size={15} aria-hidden="true" />
      </SmallButton>
      {isUnderWay && (
        <span className="absolute inset-x-0 bottom-0">
          <ProgressLine label={t('tray.progress', { name: file.name })} sent={upload.sent} total={upload.total} />
        </span>
      )}
    </li>
  )
}

function State({ file, upload }: { file: DraftFile; upload: UploadState | undefined }) {
  const hasNetwork = useConnection((state) => state.hasNetwork)
  const problem = file.problem ?? (isRefused(upload) && upload?.phase === 'failed' ? reasonOf(upload.error) : undefined)
  if (problem !== undefined) {
    return (
      <span role="alert" title={problem} className="line-clamp-2 text-2xs text-bad">
        {problem}
      </span>
    )
  }
  const size = file.durationMs === undefined ? fileSize(sizeOfFile(file)) : playTime(file.durationMs)
  return <span className="tnum block truncate text-2xs text-ink-3">{stateText(size, upload, hasNetwork)}</span>
}

function stateText(size: string, upload: UploadState | undefined, hasNetwork: boolean): string {
  if (upload?.phase === 'failed') return hasNetwork ? t('tray.failed', { size }) : t('tray.later', { size })
  if (upload?.phase !== 'sending') return size
  return t('tray.sent', { size, percent: Math.floor((upload.sent / Math.max(1, upload.total)) * 100) })
}

const ICONS = { video: Film, audio: Music, voice: Mic, file: FileText }

function Preview({ file }: { file: DraftFile }) {
  const own = useObjectUrl(file.blob)
  const url = own ?? file.uploaded?.thumbnail?.url ?? file.uploaded?.url
  const kind = kindOfFile(file)
  if (kindOfType(typeOfFile(file)) === 'picture' && url !== undefined) {
    return <img src={url} alt="" className="size-10 shrink-0 rounded-sm bg-press object-cover" />
  }
  const Icon = ICONS[kind as keyof typeof ICONS] ?? FileText
  return (
    <span className="flex size-10 shrink-0 items-center justify-center rounded-sm bg-surface text-ink-3 dark:bg-raised">
      <Icon size={20} aria-hidden="true" />
    </span>
  )
}

function useObjectUrl(blob: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!blob) return setUrl(undefined)
    const made = URL.createObjectURL(blob)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob])
  return url
}

function SmallButton({ label, ...props }: { label: string; onClick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...props}
      className="flex size-7 shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-press hover:text-ink pointer-coarse:size-10"
    />
  )
}

function AsFiles({ place, isAsFiles }: { place: Place; isAsFiles: boolean }) {
  const id = useId()
  return (
    <label htmlFor={id} className="inline-flex min-h-7 items-center gap-2 text-xs text-ink-2 pointer-coarse:min-h-10">
      <input
        id={id}
        type="checkbox"
        checked={isAsFiles}
        onChange={(event) => changeDraft(place.scope, place.chatId, () => ({ isAsFiles: event.target.checked }))}
        className="size-3.5 accent-(--accent)"
      />
      {t('tray.asFiles')}
    </label>
  )
}
