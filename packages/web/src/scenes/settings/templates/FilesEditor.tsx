import type { AttachedFile } from '@parley/protocol/model'
import { Paperclip, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { uploadFile } from '../../../data/upload-file.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { fileSize } from '../../../parts/file-size.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { reasonOf } from '../../../parts/Notice.tsx'

interface Props {
  files: readonly AttachedFile[]
  error: string | undefined
  onChange: (files: AttachedFile[]) => void
  onUploading: (isUploading: boolean) => void
}

const MOST = 10

/** The files that go out with a template. */
export function FilesEditor({ files, error, onChange, onUploading }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const upload = useUploads(files, onChange, onUploading)
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-xs font-medium text-ink-2">{t('templates.files')}</legend>
      <ul className="flex flex-col gap-1 empty:hidden">
        {files.map(({ file }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same file may be there twice
          <li key={`${file.id} ${index}`} className="flex items-center gap-2 rounded-md bg-hover ps-2.5 dark:bg-press">
            <Paperclip size={14} aria-hidden="true" className="shrink-0 text-ink-3" />
            <bdi className="min-w-0 flex-1 truncate">{file.fileName}</bdi>
            <span className="tnum text-2xs text-ink-3">{fileSize(file.sizeBytes)}</span>
            <IconButton
              label={t('templates.removeFile', { name: file.fileName })}
              onClick={() => onChange(files.toSpliced(index, 1))}
            >
              <X />
            </IconButton>
          </li>
        ))}
      </ul>
      {upload.percent !== null && (
        <p role="status" className="tnum py-1 text-xs text-ink-3">
          {t('templates.uploading', { percent: upload.percent })}
        </p>
      )}
      {(upload.problem ?? error) && (
        <p role="alert" className="mt-1 text-xs text-bad">
          {upload.problem ?? error}
        </p>
      )}
      {files.length < MOST && (
        <Button size="sm" className="mt-2" disabled={upload.percent !== null} onClick={() => input.current?.click()}>
          <Paperclip size={14} aria-hidden="true" />
          {t('templates.attach')}
        </Button>
      )}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          void upload.start([...(event.target.files ?? [])].slice(0, MOST - files.length))
          event.target.value = ''
        }}
      />
    </fieldset>
  )
}

function useUploads(files: readonly AttachedFile[], onChange: Props['onChange'], onUploading: Props['onUploading']) {
  const [percent, setPercent] = useState<number | null>(null)
  const [problem, setProblem] = useState<string>()
  const stopping = useRef<AbortController>(undefined)
  useEffect(() => () => stopping.current?.abort(), [])

  async function start(chosen: readonly File[]) {
    if (chosen.length === 0) return
    stopping.current = new AbortController()
    const { signal } = stopping.current
    const done: AttachedFile[] = []
    setProblem(undefined)
    onUploading(true)
    try {
      for (const file of chosen) {
        setPercent(0)
        const onProgress = (sent: number) => setPercent(Math.floor((sent / Math.max(1, file.size)) * 100))
        done.push({ file: await uploadFile(file, { name: file.name, signal, onProgress }) })
      }
    } catch (error) {
      if (!signal.aborted) setProblem(t('templates.notUploaded', { reason: reasonOf(error) }))
    }
    if (signal.aborted) return
    setPercent(null)
    onUploading(false)
    onChange([...files, ...done])
  }
  return { percent, problem, start }
}
