import type { ChannelId, ChannelRequestLine } from '@parley/protocol/model'
import { Link } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { ArrowDownLeft, Check, ShieldX } from 'lucide-react'
import { t } from '../../../i18n/t.ts'
import { clockTime, duration, shortPath } from '../log/log-format.ts'
import { StatusMark } from '../log/StatusMark.tsx'
import type { RequestSearch } from './request-search.ts'

const COLUMNS =
  'grid grid-cols-[4.5rem_3rem_1fr_4rem] items-center gap-3 px-4 @2xl:grid-cols-[4.5rem_1.25rem_3rem_1fr_4.5rem_6rem]'

/** What stands in the columns, for eyes; each line says it itself. */
export function RequestHeads() {
  return (
    <div
      aria-hidden="true"
      className={clsx(COLUMNS, 'sticky top-0 z-10 h-8 border-b border-line bg-surface text-2xs text-ink-3')}
    >
      <span>{t('developer.time')}</span>
      <span className="hidden @2xl:block" />
      <span>{t('requests.status')}</span>
      <span>{t('requests.request')}</span>
      <span className="text-end">{t('developer.took')}</span>
      <span className="hidden @2xl:block">{t('requests.signature')}</span>
    </div>
  )
}

interface Props {
  line: ChannelRequestLine
  channelId: ChannelId
  search: RequestSearch
}

export function RequestRow({ line, channelId, search }: Props) {
  const isOpen = search.request === line.id
  const isInvalid = line.errorType === 'ORIGIN_INVALID_SIGNATURE'
  // These come before anybody looks at the signature.
  const isValid = !isInvalid && ![404, 413, 429].includes(line.status)
  return (
    <li className="border-b border-line [contain-intrinsic-size:auto_40px] [content-visibility:auto]">
      <Link
        to="/developer/$channelId/$tab"
        params={{ channelId, tab: 'requests' }}
        search={{ ...search, request: line.id }}
        aria-current={isOpen ? 'true' : undefined}
        className={clsx(COLUMNS, 'h-10 -outline-offset-2', isOpen ? 'bg-selected' : 'hover:bg-hover')}
      >
        <time dateTime={new Date(line.at).toISOString()} className="tnum text-ink-2">
          {clockTime(line.at)}
        </time>
        <ArrowDownLeft size={15} aria-hidden="true" className="hidden text-ink-3 @2xl:block" />
        <StatusMark status={line.status} />
        <span dir="ltr" className="truncate font-mono text-xs">
          <b className="font-semibold">{line.method}</b> {shortPath(line.path)}
        </span>
        <span className="tnum text-end text-ink-2">{duration(line.durationMs)}</span>
        <span className={clsx('hidden items-center gap-1 text-xs @2xl:flex', isInvalid ? 'text-bad' : 'text-ink-2')}>
          {isInvalid && <ShieldX size={14} aria-hidden="true" />}
          {isValid && <Check size={14} aria-hidden="true" />}
          {isInvalid ? t('requests.invalid') : isValid && t('requests.valid')}
        </span>
      </Link>
      {line.leftOut > 0 && (
        <p className="border-t border-line bg-sunken px-4 py-1.5 text-2xs text-ink-3">
          {t('requests.leftOut', { count: line.leftOut })}
        </p>
      )}
    </li>
  )
}
