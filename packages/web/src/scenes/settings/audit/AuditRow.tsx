import type { AuditEntry } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { ChevronRight, Server } from 'lucide-react'
import { useState } from 'react'
import { t, tNodes } from '../../../i18n/t.ts'
import { describeBrowser } from '../../../parts/describe-browser.ts'
import { format } from '../../../parts/format.ts'
import { UserAvatar } from '../../../parts/UserAvatar.tsx'
import { linesOf } from './kinds.ts'

/** One line of the log; what else is known opens below it. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const [isOpen, setOpen] = useState(false)
  const { actor, target, address, at, details } = entry
  const { userAgent, ...rest } = details
  const browser = typeof userAgent === 'string' && userAgent !== '' ? describeBrowser(userAgent).name : undefined
  const lines = [
    ...(address ? [{ name: t('audit.address'), text: address }] : []),
    ...(browser ? [{ name: t('audit.browser'), text: browser }] : []),
    ...linesOf(rest),
  ]
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex w-full items-center gap-3 px-4 py-2.5 text-start hover:bg-hover"
      >
        {actor ? (
          <UserAvatar user={actor} size={28} />
        ) : (
          <span
            aria-hidden="true"
            className="flex size-7 shrink-0 items-center justify-center rounded-full bg-sunken text-ink-3"
          >
            <Server size={14} />
          </span>
        )}
        <span className="min-w-0 flex-1">
          <span className={clsx('block text-pretty', entry.action === 'session.refused' && 'text-bad')}>
            {tNodes(`audit.action.${entry.action}`, {
              who: <Name key="who" name={actor?.name ?? t('audit.somebody')} />,
              target: (
                <Name
                  key="target"
                  name={target?.name ?? t(target?.kind === 'invitation' ? 'audit.byLink' : 'audit.nameless')}
                />
              ),
            })}
          </span>
          <span className="block text-xs text-ink-3 @xl:hidden">{format.fullTime(at)}</span>
        </span>
        <bdi className="hidden w-32 shrink-0 truncate text-end font-mono text-xs text-ink-3 @3xl:block">{address}</bdi>
        <time
          dateTime={new Date(at).toISOString()}
          className="hidden w-40 shrink-0 text-end text-xs text-ink-3 tabular-nums @xl:block"
        >
          {format.fullTime(at)}
        </time>
        <ChevronRight
          size={16}
          aria-hidden="true"
          className={clsx('shrink-0 text-ink-3 transition-transform', isOpen ? 'rotate-90' : 'rtl:-scale-x-100')}
        />
      </button>
      {isOpen && (
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 border-t border-line bg-sunken px-4 py-3 ps-14 text-xs">
          {lines.length === 0 && <dd className="col-span-2 text-ink-3">{t('audit.nothingMore')}</dd>}
          {lines.map(({ name, text }) => (
            <div key={name} className="contents">
              <dt className="text-ink-3">{name}</dt>
              <dd className="min-w-0 break-words">
                <bdi>{text}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}

function Name({ name }: { name: string }) {
  return <bdi className="font-medium">{name}</bdi>
}
