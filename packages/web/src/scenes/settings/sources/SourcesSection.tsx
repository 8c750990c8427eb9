import { useQuery } from '@tanstack/react-query'
import { Waypoints } from 'lucide-react'
import { useConnections } from '../../../data/connections.ts'
import { usePipelines } from '../../../data/queries.ts'
import { allSourcesQuery, sourceUseQuery } from '../../../data/work/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Notice, Problem } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { ChannelSources } from './ChannelSources.tsx'
import '../../../data/work/follow-use.ts'

/** The lines behind each channel: what they are called, where their new leads go, what came by them. */
export function SourcesSection() {
  const query = useQuery(allSourcesQuery)
  const use = useQuery(sourceUseQuery)
  const pipelines = usePipelines(true).data?.items
  const connections = useConnections()
  const sources = query.data?.items
  return (
    <SettingsPage title={t('settings.sources')} hint={t('sources.hint')}>
      {query.isError && !sources ? (
        <Problem title={t('sources.failed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : !sources || !connections || !pipelines ? (
        <SkeletonRows count={3} height={120} />
      ) : connections.length === 0 ? (
        <Notice
          title={t('sources.none')}
          hint={t('sources.noneHint')}
          drawing={<Waypoints size={28} strokeWidth={1.6} aria-hidden="true" className="text-ink-3" />}
        />
      ) : (
        connections.map((connection) => (
          <ChannelSources
            key={connection.channelId}
            connection={connection}
            sources={sources.filter(({ channelId }) => channelId === connection.channelId)}
            use={use.data?.items.filter(({ channelId }) => channelId === connection.channelId)}
            pipelines={pipelines}
          />
        ))
      )}
    </SettingsPage>
  )
}
