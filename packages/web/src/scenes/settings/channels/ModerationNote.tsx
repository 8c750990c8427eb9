import type { OwnChannel, SensitiveFields } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { Hourglass, MessageSquareWarning } from 'lucide-react'
import { t } from '../../../i18n/t.ts'
import { WaitingFields } from './WaitingFields.tsx'

/** What the operator of the server has said, or has yet to say. Nothing where there is nothing to say. */
export function ModerationNote({ channel }: { channel: OwnChannel }) {
  const { state, stateNote, waiting } = channel
  const isWaiting = Object.keys(waiting).length > 0
  if (state === 'approved' && !isWaiting && stateNote === null) return null
  const isBad = state === 'refused' || state === 'returned'
  const kind = state === 'approved' ? (isWaiting ? 'changeWaiting' : 'said') : state
  const Icon = isBad ? MessageSquareWarning : Hourglass
  return (
    <section
      aria-label={t('channels.moderation')}
      className={clsx('flex gap-3 rounded-lg p-4', isBad ? 'bg-bad-soft' : 'bg-warn-soft')}
    >
      <Icon size={18} aria-hidden="true" className={clsx('mt-px shrink-0', isBad ? 'text-bad' : 'text-warn')} />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{t(`channels.moderated.${kind}`)}</p>
        {kind !== 'said' && <p className="text-ink-2 text-pretty">{t(`channels.moderatedHint.${kind}`)}</p>}
        {stateNote !== null && (
          <figure className="mt-2">
            <figcaption className="text-xs text-ink-2">{t('channels.operatorSaid')}</figcaption>
            <blockquote className="border-s-2 border-line-strong ps-3 whitespace-pre-line wrap-anywhere">
              {stateNote}
            </blockquote>
          </figure>
        )}
        {isWaiting && <WaitingFields now={channel as SensitiveFields} wanted={waiting} />}
      </div>
    </section>
  )
}
