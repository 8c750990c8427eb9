import type { ChannelId } from '@parley/protocol/model'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { onChannelTraffic } from '../../data/channel-traffic.ts'
import { lastHourQuery } from '../../data/developer/requests.ts'
import { t } from '../../i18n/t.ts'
import { getLanguage } from '../../i18n/texts.ts'
import { number } from '../../parts/format.ts'
import { duration } from './log/log-format.ts'

/** The figures need not be of this moment. */
const APART_MS = 5000

/** How the channel fares now, in a line. */
export function LastHour({ channelId }: { channelId: ChannelId }) {
  const { data } = useQuery(lastHourQuery(channelId))
  const client = useQueryClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const unlisten = onChannelTraffic((traffic) => {
      if (traffic.channelId !== channelId || traffic.what !== 'requests' || timer) return
      timer = setTimeout(() => {
        timer = undefined
        void client.invalidateQueries(lastHourQuery(channelId))
      }, APART_MS)
    })
    return () => {
      unlisten()
      clearTimeout(timer)
    }
  }, [channelId, client])
  if (!data) return null
  const share = new Intl.NumberFormat(getLanguage(), { style: 'percent', maximumFractionDigits: 1 })
  return (
    <p className="tnum text-xs text-ink-3">
      {data.p95Ms === null
        ? t('developer.quietHour')
        : t('developer.lastHour', {
            requests: t('developer.requestCount', { count: data.requests, shown: number(data.requests) }),
            errors: share.format(data.errors / data.requests),
            p95: duration(data.p95Ms),
          })}
    </p>
  )
}
