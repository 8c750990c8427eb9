import type { Connection, InboxFilters, Pipeline } from '@parley/protocol/model'
import { useTags } from '../../../data/board/tags.ts'
import { useUsers } from '../../../data/board/users.ts'
import { useConnections } from '../../../data/connections.ts'
import { tagName, userName } from '../../../data/inbox/account.ts'
import { usePipelines } from '../../../data/queries.ts'
import { type TextKey, t } from '../../../i18n/t.ts'

export type FilterName = keyof InboxFilters

export const FILTER_NAMES: Record<FilterName, TextKey> = {
  state: 'filter.state',
  responsible: 'filter.responsible',
  unread: 'filter.unread',
  waiting: 'filter.waiting',
  channelId: 'filter.channel',
  source: 'filter.source',
  pipelineId: 'filter.pipeline',
  stageId: 'filter.stage',
  tagId: 'filter.tag',
}

export const STATE_NAMES: Record<NonNullable<InboxFilters['state']>, TextKey> = {
  open: 'filter.stateOpen',
  snoozed: 'filter.stateSnoozed',
  closed: 'filter.stateClosed',
  all: 'filter.stateAll',
}

/** What filters are called where they are shown. */
export function useFilterValue(): (name: FilterName, filters: InboxFilters) => string {
  const users = useUsers()
  const tags = useTags()
  const connections: readonly Connection[] = useConnections() ?? []
  const { data } = usePipelines(true)
  const pipelines: readonly Pipeline[] = data?.items ?? []

  return (name, filters) => {
    const unknown = t('filter.unknown')
    switch (name) {
      case 'state':
        return t(STATE_NAMES[filters.state ?? 'open'])
      case 'responsible':
        if (filters.responsible === 'me') return t('filter.me')
        if (filters.responsible === 'none') return t('filter.nobody')
        return userName(users, filters.responsible ?? 0) ?? unknown
      case 'unread':
      case 'waiting':
        return t('filter.yes')
      case 'channelId':
        return connections.find((one) => one.channelId === filters.channelId)?.title ?? unknown
      case 'source':
        return filters.source ?? unknown
      case 'pipelineId':
        return pipelines.find(({ id }) => id === filters.pipelineId)?.name ?? unknown
      case 'stageId':
        return stageName(pipelines, filters) ?? unknown
      case 'tagId':
        return tagName(tags, filters.tagId ?? 0) ?? unknown
    }
  }
}

function stageName(pipelines: readonly Pipeline[], { pipelineId, stageId }: InboxFilters): string | undefined {
  const among = pipelineId === undefined ? pipelines : pipelines.filter(({ id }) => id === pipelineId)
  return among.flatMap(({ stages }) => stages).find(({ id }) => id === stageId)?.name
}
