import type { SourceCount } from '@parley/protocol/model'
import type { IncomingWish } from '../../data/board/endpoints.ts'
import { useConnections } from '../../data/connections.ts'
import { usePipelines } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Select } from '../Select.tsx'
import { TargetMenu } from './TargetMenu.tsx'
import { useKeptTarget } from './target-kept.ts'

interface Props {
  wish: IncomingWish
  onChange: (wish: IncomingWish) => void
  counts: readonly SourceCount[]
}

const ALL = ''
const BETWEEN = '\u0000'

/** Where they came from, in what order, and where they go when they are accepted. */
export function IncomingTools({ wish, onChange, counts }: Props) {
  const pipelines = usePipelines(true)
  const items = pipelines.data?.items ?? []
  const [target, keep] = useKeptTarget(items)
  const options = useSourceOptions(counts)
  const chosen = wish.channel === undefined ? ALL : `${wish.channel}${BETWEEN}${wish.source ?? ''}`
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-2">
      <Select
        label={t('incoming.source')}
        isLabelHidden
        className="w-60 max-md:flex-1"
        options={options}
        value={options.some(({ value }) => value === chosen) ? chosen : ALL}
        onChange={(value) => onChange(withSource(wish, value))}
      />
      <Select
        label={t('incoming.order')}
        isLabelHidden
        className="w-44 max-md:flex-1"
        options={[
          { value: 'newest', label: t('incoming.newest') },
          { value: 'oldest', label: t('incoming.oldest') },
        ]}
        value={wish.sort ?? 'newest'}
        onChange={(sort) => onChange({ ...wish, sort })}
      />
      {target && (
        <div className="ms-auto flex min-w-0 max-md:w-full items-center gap-2 text-xs text-ink-3 [&_button]:mt-0">
          <span className="shrink-0">{t('incoming.acceptInto')}</span>
          <div className="w-60 min-w-0 max-md:flex-1">
            <TargetMenu target={target} pipelines={items} onChoose={keep} />
          </div>
        </div>
      )}
    </div>
  )
}

function withSource({ sort }: IncomingWish, value: string): IncomingWish {
  const order = sort ? { sort } : {}
  if (value === ALL) return order
  const [channel = '', source = ''] = value.split(BETWEEN)
  return { ...order, channel, ...(source !== '' && { source }) }
}

function useSourceOptions(counts: readonly SourceCount[]) {
  const connections = useConnections()
  const total = counts.reduce((sum, { leads }) => sum + leads, 0)
  const named = counts.flatMap(({ channelId, source, leads }) => {
    const channel = connections?.find((one) => one.channelId === channelId)
    if (!channelId || !channel) return []
    const name = source === null ? channel.title : `${channel.title} · ${source}`
    return [{ value: `${channelId}${BETWEEN}${source ?? ''}`, label: t('incoming.counted', { name, count: leads }) }]
  })
  return [{ value: ALL, label: t('incoming.counted', { name: t('incoming.everywhere'), count: total }) }, ...named]
}
