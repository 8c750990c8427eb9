import type { Connection, Pipeline } from '@parley/protocol/model'
import { useConnections, useSources } from '../../../data/connections.ts'
import { t } from '../../../i18n/t.ts'
import { ChannelMark } from '../../../parts/ChannelMark.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'

/** Which sources lead into this pipeline. */
export function PipelineSources({ pipeline }: { pipeline: Pipeline }) {
  const connections = useConnections()
  if (!connections) return <SkeletonRows count={2} height={36} />
  if (connections.length === 0) return <p className="text-ink-3">{t('pipelines.noChannels')}</p>
  return (
    <ul>
      {connections.map((connection) => (
        <SourcesOf key={connection.channelId} connection={connection} pipeline={pipeline} />
      ))}
    </ul>
  )
}

/** What leads nowhere leads into the main pipeline; so does a channel whose sources name another. */
function SourcesOf({ connection, pipeline }: { connection: Connection; pipeline: Pipeline }) {
  const { data } = useSources(connection.channelId, true)
  if (!data) return null
  const isHere = (pipelineId: number | null) => (pipelineId === null ? pipeline.isMain : pipelineId === pipeline.id)
  const sources = data.items.filter((source) => isHere(source.pipelineId))
  const hasRest = pipeline.isMain && !data.items.some(({ isDefault }) => isDefault)
  if (sources.length === 0 && !hasRest) return null
  return (
    <li className="flex min-h-9 items-center gap-2">
      <ChannelMark channel={connection} size={16} />
      <bdi className="min-w-0 truncate font-medium">{connection.title}</bdi>
      <span className="min-w-0 truncate text-ink-3">
        {[...sources.map(({ name }) => name), ...(hasRest ? [t('pipelines.rest')] : [])].join(', ')}
      </span>
    </li>
  )
}
