import type { LeadCard, LeadFilter, LeadSort, Pipeline } from '@parley/protocol/model'
import { useCallback } from 'react'
import { useLeads } from '../../data/board/board-queries.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { ChannelMark } from '../../parts/ChannelMark.tsx'
import { format, money, shortDuration } from '../../parts/format.ts'
import { StageDot } from '../../parts/lead/StageDot.tsx'
import { Notice, Problem, ProblemLine } from '../../parts/Notice.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { Tag } from '../../parts/Tag.tsx'
import { DataTable } from '../../parts/table/DataTable.tsx'
import type { Column } from '../../parts/table/table-types.ts'
import { UserAvatar } from '../../parts/UserAvatar.tsx'
import { useNow } from '../../parts/use-now.ts'
import { useBoardSearch } from './use-board-search.ts'

interface Props {
  pipeline: Pipeline
  filter: LeadFilter
}

/** The same leads as rows, sorted by what one likes. */
export function LeadList({ pipeline, filter }: Props) {
  const { search, change } = useBoardSearch()
  const sort: LeadSort = { sort: search.sort ?? 'created', dir: search.dir ?? 'desc' }
  const { query, cards } = useLeads(pipeline.id, filter, sort)
  const columns = useColumns()
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])
  if (query.isPending) return <SkeletonRows count={12} />
  if (query.isError && cards.length === 0)
    return <Problem title={t('pipeline.failed')} error={query.error} onRetry={() => void query.refetch()} />
  if (cards.length === 0) return <Notice title={t('pipeline.nothing')} hint={t('pipeline.nothingHint')} />
  return (
    <DataTable
      label={t('pipeline.listOf', { name: pipeline.name })}
      columns={columns}
      rows={cards}
      keyOf={({ lead }) => String(lead.id)}
      nameOf={({ lead }) => lead.title}
      onOpen={({ lead }) => change({ lead: lead.id }, { isStep: true })}
      sort={{ column: sort.sort, direction: sort.dir }}
      onSort={({ column, direction }) => change({ sort: column as LeadSort['sort'], dir: direction })}
      total={hasNextPage ? -1 : cards.length}
      onNearEnd={more}
      foot={
        isFetchNextPageError ? (
          <ProblemLine title={t('pipeline.moreFailed')} onRetry={() => void fetchNextPage()} />
        ) : isFetchingNextPage ? (
          <SkeletonRows count={3} />
        ) : undefined
      }
    />
  )
}

function useColumns(): Column<LeadCard>[] {
  const { account } = useMe()
  const now = useNow()
  const price = ({ lead }: LeadCard) => (lead.price > 0 ? money(lead.price, account.currency) : t('lead.unset'))
  return [
    { id: 'title', title: t('pipeline.lead'), width: 200, grow: 3, isSortable: true, render: renderTitle },
    { id: 'contact', title: t('lead.contact'), width: 150, grow: 2, isSortable: true, render: renderContact },
    { id: 'stage', title: t('pipeline.stage'), width: 150, grow: 1, isSortable: true, render: renderStage },
    { id: 'price', title: t('lead.price'), width: 130, grow: 0, align: 'end', isSortable: true, render: price },
    { id: 'responsible', title: t('lead.responsible'), width: 140, grow: 1, isSortable: true, render: renderOwner },
    { id: 'tags', title: t('pipeline.tags'), width: 130, grow: 1, render: renderTags },
    {
      id: 'stageSince',
      title: t('pipeline.inStage'),
      width: 130,
      grow: 0,
      isSortable: true,
      render: ({ lead }) => shortDuration(Math.max(0, now - lead.stageSince)),
    },
    {
      id: 'created',
      title: t('lead.created'),
      width: 150,
      grow: 0,
      isSortable: true,
      render: ({ lead }) => <span title={format.fullTime(lead.createdAt)}>{format.date(lead.createdAt)}</span>,
    },
  ]
}

const renderTitle = ({ lead }: LeadCard) => <bdi className="font-medium">{lead.title}</bdi>

const renderTags = ({ lead }: LeadCard) => (
  <span className="flex items-center gap-1 overflow-hidden">
    {lead.tags.slice(0, 3).map(({ id, name, hue }) => (
      <Tag key={id} name={name} hue={hue} />
    ))}
  </span>
)

const renderContact = ({ lead, chats: [chat] }: LeadCard) => (
  <span className="flex items-center gap-2">
    {chat && <ChannelMark channel={chat.channel} size={14} />}
    <bdi className="truncate">{lead.contact?.name ?? t('lead.unset')}</bdi>
  </span>
)

const renderStage = ({ lead }: LeadCard) => (
  <span className="flex items-center gap-2">
    <StageDot hue={lead.stage.hue} />
    <bdi className="truncate">{lead.stage.name}</bdi>
  </span>
)

const renderOwner = ({ lead: { responsible } }: LeadCard) =>
  responsible ? (
    <span className="flex items-center gap-2">
      <UserAvatar user={responsible} size={20} />
      <bdi className="truncate">{responsible.name}</bdi>
    </span>
  ) : (
    <span className="text-ink-3">{t('pipeline.nobody')}</span>
  )
