import type { ChannelDelivery, ChannelId, DeliveryId, DeliveryTry } from '@parley/protocol/model'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { deliveryQuery, replayDelivery } from '../../../data/developer/deliveries.ts'
import { sayAgain } from '../../../i18n/said.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { format } from '../../../parts/format.ts'
import { Problem, reasonOf } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { CloseButton, Fact } from '../log/Fact.tsx'
import { clockTime, duration } from '../log/log-format.ts'
import { Payload } from '../log/Payload.tsx'
import { StatusMark } from '../log/StatusMark.tsx'
import { StateMark } from './DeliveryRow.tsx'

interface Props {
  channelId: ChannelId
  id: DeliveryId
  onClose: () => void
  onChanged: () => void
}

/** One hook: what came of every try, and what was sent. */
export function DeliveryDetails({ channelId, id, onClose, onChanged }: Props) {
  const query = useQuery(deliveryQuery(channelId, id))
  const again = useMutation({ mutationFn: () => replayDelivery(channelId, id), onSuccess: onChanged })
  const delivery = query.data
  return (
    <section
      aria-label={t('deliveries.details')}
      data-pane
      tabIndex={-1}
      className="flex min-h-0 flex-1 flex-col outline-none"
    >
      <header className="flex shrink-0 items-center gap-2 px-4 pt-3 pb-1">
        {delivery && <StateMark state={delivery.state} />}
        <h2 className="min-w-0 flex-1 truncate font-medium">{delivery && t(`deliveries.kind.${delivery.kind}`)}</h2>
        {delivery && (
          <Button size="sm" disabled={again.isPending} onClick={() => again.mutate()}>
            <Send size={14} aria-hidden="true" />
            {t(delivery.state === 'waiting' ? 'deliveries.sendNow' : 'deliveries.sendAgain')}
          </Button>
        )}
        <CloseButton onClose={onClose} />
      </header>
      {again.isError && (
        <p role="alert" className="px-4 pb-1 text-bad">
          {t('deliveries.notSent', { reason: reasonOf(again.error) })}
        </p>
      )}
      {delivery ? (
        <Shown delivery={delivery} />
      ) : query.isError ? (
        <Problem title={t('deliveries.oneFailed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows count={6} height={28} />
      )}
    </section>
  )
}

function Shown({ delivery }: { delivery: ChannelDelivery }) {
  const { chatId, createdAt, nextTryAt, tries, body, hookVersion } = delivery
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 px-4 py-2.5">
        <Fact name={t('deliveries.made')}>
          <time dateTime={new Date(createdAt).toISOString()}>{format.fullTime(createdAt)}</time>
        </Fact>
        {nextTryAt !== null && <Fact name={t('deliveries.nextTry')}>{format.fullTime(nextTryAt)}</Fact>}
        <Fact name={t('deliveries.chat')}>
          <span dir="ltr" className="truncate font-mono text-xs">
            {chatId}
          </span>
        </Fact>
        <Fact name={t('deliveries.version')}>{hookVersion}</Fact>
      </dl>
      <h3 className="border-t border-line px-4 pt-3 pb-1 font-semibold">{t('deliveries.attempts')}</h3>
      {tries.length === 0 ? (
        <p className="px-4 pb-3 text-ink-3">{t('deliveries.notTried')}</p>
      ) : (
        <ol aria-label={t('deliveries.attempts')}>
          {tries.map((one) => (
            <Try key={one.attempt} one={one} />
          ))}
        </ol>
      )}
      <h3 className="border-t border-line px-4 pt-3 pb-1 font-semibold">{t('deliveries.payload')}</h3>
      <Payload label={t('deliveries.payload')} text={body} />
    </div>
  )
}

function Try({ one: { status, error, startedAt, durationMs, url, reply } }: { one: DeliveryTry }) {
  return (
    <li className="px-4 py-2">
      <p className="flex items-center gap-2">
        <StatusMark status={status} />
        <time dateTime={new Date(startedAt).toISOString()} className="tnum text-ink-2">
          {clockTime(startedAt)}
        </time>
        <span className="tnum text-ink-2">{duration(durationMs)}</span>
        <span dir="ltr" className="min-w-0 flex-1 truncate font-mono text-2xs text-ink-3">
          {url}
        </span>
      </p>
      {error && <p className="mt-1 break-words text-bad">{sayAgain(error)}</p>}
      {reply && (
        <pre
          dir="auto"
          className="mt-1 max-h-40 overflow-auto rounded-md bg-sunken px-2 py-1.5 font-mono text-xs whitespace-pre-wrap"
        >
          {reply}
        </pre>
      )}
    </li>
  )
}
