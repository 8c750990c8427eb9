import type { LeadFilter, Pipeline as PipelineShape } from '@parley/protocol/model'
import { useParams } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { toFilter } from '../../data/board/board-search.ts'
import { usePipelines } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { IncomingList } from '../../parts/lead/IncomingList.tsx'
import { Notice, Problem } from '../../parts/Notice.tsx'
import { SceneFrame } from '../../parts/SceneFrame.tsx'
import { SegmentedControl } from '../../parts/SegmentedControl.tsx'
import { useShortcuts } from '../../parts/shortcuts/use-shortcuts.ts'
import { useTitle } from '../../shell/use-title.ts'
import { Board } from './Board.tsx'
import { BoardSkeleton } from './BoardSkeleton.tsx'
import { FilterBar } from './FilterBar.tsx'
import { LeadList } from './LeadList.tsx'
import { NewLead } from './NewLead.tsx'
import { OpenLead } from './OpenLead.tsx'
import { PipelineSwitch } from './PipelineSwitch.tsx'
import { useBoardSearch } from './use-board-search.ts'

/** A pipeline: its board, or its leads as a list. Everything one can filter, sort or open is in the address. */
export function Pipeline() {
  const pipelines = usePipelines(true)
  const { pipelineId } = useParams({ strict: false }) as { pipelineId?: string }
  const items = pipelines.data?.items
  const pipeline =
    items?.find(({ id }) => String(id) === pipelineId) ?? (pipelineId === undefined ? items?.[0] : undefined)
  useTitle(pipeline?.name ?? t('nav.pipeline'))
  if (pipelines.isPending) return <Waiting />
  if (pipelines.isError)
    return (
      <SceneFrame title={t('nav.pipeline')}>
        <Problem title={t('pipeline.failed')} error={pipelines.error} onRetry={() => void pipelines.refetch()} />
      </SceneFrame>
    )
  if (!pipeline)
    return (
      <SceneFrame title={t('nav.pipeline')} beside={<PipelineSwitch pipelines={items ?? []} current={undefined} />}>
        <Notice title={t('pipeline.gone')} hint={t('pipeline.goneHint')} />
      </SceneFrame>
    )
  return <Opened key={pipeline.id} pipeline={pipeline} pipelines={items ?? []} />
}

function Waiting() {
  return (
    <SceneFrame title={t('nav.pipeline')} isFixed>
      <BoardSkeleton />
    </SceneFrame>
  )
}

function Opened({ pipeline, pipelines }: { pipeline: PipelineShape; pipelines: readonly PipelineShape[] }) {
  const { search, change } = useBoardSearch()
  const [isMaking, setMaking] = useState(false)
  const filter = useShownFilter(pipeline)
  const view = search.view ?? 'board'
  useShortcuts([{ keys: 'c', label: 'pipeline.newLead', group: 'pipeline', run: () => setMaking(true) }])
  return (
    <SceneFrame
      title={<PipelineSwitch pipelines={pipelines} current={pipeline} />}
      isFixed
      actions={
        <>
          <SegmentedControl
            label={t('pipeline.view')}
            value={view}
            onChange={(next) => change({ view: next === 'board' ? undefined : next })}
            options={[
              { value: 'board', label: t('pipeline.board') },
              { value: 'list', label: t('pipeline.list') },
              { value: 'incoming', label: t('pipeline.incoming') },
            ]}
          />
          <Button look="primary" onClick={() => setMaking(true)}>
            <Plus size={16} aria-hidden="true" />
            {t('pipeline.newLead')}
          </Button>
        </>
      }
      toolbar={view === 'incoming' ? undefined : <FilterBar pipeline={pipeline} hasStages={view === 'list'} />}
    >
      {view === 'board' && <Board pipeline={pipeline} filter={filter} />}
      {view === 'list' && <LeadList pipeline={pipeline} filter={filter} />}
      {view === 'incoming' && <IncomingList />}
      <OpenLead />
      <NewLead isOpen={isMaking} onClose={() => setMaking(false)} pipelines={pipelines} pipeline={pipeline} />
    </SceneFrame>
  )
}

/** What was won or lost is shown when asked for: there is more of it than of all else. */
function useShownFilter({ stages }: PipelineShape): LeadFilter {
  const { search } = useBoardSearch()
  return useMemo(() => {
    const filter = toFilter(search)
    if (search.closed || filter.stage) return filter
    const open = stages.filter(({ kind }) => kind === 'incoming' || kind === 'open').map(({ id }): number => id)
    return { ...filter, stage: open }
  }, [search, stages])
}
