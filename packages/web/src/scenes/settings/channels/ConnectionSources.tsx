import type { ChannelId } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { useConnections } from '../../../data/connections.ts'
import { usePipelines } from '../../../data/queries.ts'
import { allSourcesQuery, sourceUseQuery } from '../../../data/work/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Problem } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { ChannelSources } from '../sources/ChannelSources.tsx'
import '../../../data/work/follow-use.ts'

/** The lines behind a connection and the pipelines they lead to, as the page of all sources has them. */
export function ConnectionSources({ channelId }: { channelId: ChannelId }) {
  const query = useQuery(allSourcesQuery)
  const use = useQuery(sourceUseQuery)
  const pipelines = usePipelines(true).data?.items
  const connection = useConnections()?.find((one) => one.channelId === channelId)
  if (query.isError && !query.data)
    return <Problem title={t('sources.failed')} error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data || !pipelines || !connection) return <SkeletonRows count={1} height={120} />
  const isIts = (one: { channelId: ChannelId }) => one.channelId === channelId
  return (
    <ChannelSources
      connection={connection}
      sources={query.data.items.filter(isIts)}
      use={use.data?.items.filter(isIts)}
      pipelines={pipelines}
    />
  )
}
