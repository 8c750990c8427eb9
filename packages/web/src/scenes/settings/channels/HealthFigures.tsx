import type { ChannelConnection } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { t } from '../../../i18n/t.ts'
import { getLanguage } from '../../../i18n/texts.ts'
import { format, number } from '../../../parts/format.ts'
import { useNow } from '../../../parts/use-now.ts'

/** How a connection fares, in four figures, and in a sentence where something is wrong. */
export function HealthFigures({ connection }: { connection: ChannelConnection }) {
  const now = useNow()
  const { health, lastInAt, lastOutAt, failureRate } = connection
  const timeOf = (at: number | null) => (at === null ? t('channels.never') : format.rowTime(at, now))
  return (
    <div>
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))] gap-x-4 gap-y-2">
        <Figure name={t('channels.lastIn')} value={timeOf(lastInAt)} />
        <Figure name={t('channels.lastOut')} value={timeOf(lastOutAt)} />
        <Figure
          name={t('channels.failureRate')}
          value={failureRate === null ? '—' : percent(failureRate)}
          isBad={(failureRate ?? 0) >= 0.1}
        />
        <Figure name={t('channels.waitingHooks')} value={number(health.waiting)} isBad={health.state !== 'ok'} />
      </dl>
      {health.since !== null && (
        <p className="mt-2 text-xs text-bad text-pretty wrap-anywhere">
          {t(health.state === 'failing' ? 'channels.failingSince' : 'channels.offSince', {
            time: format.moment(health.since, now),
          })}
          {health.lastFailure && ` ${health.lastFailure}.`}
        </p>
      )}
    </div>
  )
}

function Figure({ name, value, isBad = false }: { name: string; value: string; isBad?: boolean }) {
  return (
    <div className="min-w-0">
      <dt className="text-2xs text-ink-3">{name}</dt>
      <dd className={clsx('tnum truncate', isBad ? 'font-medium text-bad' : 'text-ink-2')}>{value}</dd>
    </div>
  )
}

const percent = (part: number) =>
  new Intl.NumberFormat(getLanguage(), { style: 'percent', maximumFractionDigits: 0 }).format(part)
