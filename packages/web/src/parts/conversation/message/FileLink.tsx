import { Archive, FileAudio, FileCode, FileImage, FileSpreadsheet, FileText, FileVideo } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../../../i18n/t.ts'
import { fileSize } from '../../../parts/file-size.ts'
import type { ShownMessage } from '../shown-messages.ts'
import { MediaState } from './MediaState.tsx'

type Icon = typeof FileText

const BY_TYPE: readonly [pattern: RegExp, icon: Icon][] = [
  [/^image\//, FileImage],
  [/^video\//, FileVideo],
  [/^audio\//, FileAudio],
  [/(spreadsheet|excel|csv)/, FileSpreadsheet],
  [/(zip|compressed|x-tar|gzip|x-7z|x-rar)/, Archive],
  [/(json|xml|javascript|html)/, FileCode],
]
const BY_NAME: readonly [pattern: RegExp, icon: Icon][] = [
  [/\.(xlsx?|ods|csv|numbers)$/i, FileSpreadsheet],
  [/\.(zip|rar|7z|tar|t?gz)$/i, Archive],
]

/** What a file is, as far as its type or its name tells. Office files are archives to those who only look at the bytes. */
function iconOf(mediaType: string | null, name: string): Icon {
  const byName = BY_NAME.find(([pattern]) => pattern.test(name))?.[1]
  return byName ?? BY_TYPE.find(([pattern]) => pattern.test(mediaType ?? ''))?.[1] ?? FileText
}

export function FileLink({ message }: { message: ShownMessage }) {
  const media = message.media!
  const name = media.fileName || t('media.nameless')
  const size = media.sizeBytes === null ? null : fileSize(media.sizeBytes)
  const Icon = iconOf(media.mediaType, name)
  return (
    <span className="flex w-[280px] max-w-full flex-col">
      <FileBox url={media.url} name={name}>
        <span className="flex size-10 shrink-0 items-center justify-center rounded-lg bg-accent-soft text-accent-ink">
          <Icon size={20} aria-hidden="true" strokeWidth={1.8} />
        </span>
        <span className="min-w-0 flex-1">
          {media.url !== null && <span className="sr-only">{t('media.downloadFile')} </span>}
          <span dir="auto" className="line-clamp-2 text-sm font-medium">
            {name}
          </span>
          {size !== null && <span className="tnum block text-2xs text-ink-3 dark:text-ink-2">{size}</span>}
        </span>
      </FileBox>
      {media.state !== 'ready' && <MediaState message={message} />}
    </span>
  )
}

interface FileBoxProps {
  url: string | null
  name: string
  children: ReactNode
}

function FileBox({ url, name, children }: FileBoxProps) {
  const look = 'flex items-center gap-2.5 rounded-md py-0.5'
  if (url === null) return <span className={look}>{children}</span>
  return (
    <a href={url} download={name} className={`${look} underline-offset-2 hover:underline`}>
      {children}
    </a>
  )
}
