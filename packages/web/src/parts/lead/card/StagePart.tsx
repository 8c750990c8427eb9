import type { Lead, Pipeline, PipelineStage } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { ChevronsUpDown, ThumbsDown, Trophy } from 'lucide-react'
import { usePipelines } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../Button.tsx'
import { longDuration } from '../../format.ts'
import { stageColor } from '../../hues.ts'
import { useNow } from '../../use-now.ts'
import { moveWithUndo, toMove } from '../act-on-lead.ts'
import { askAbout } from '../ask.ts'
import { StageDot } from '../StageDot.tsx'

interface Props {
  lead: Lead
  isReadOnly: boolean
}

/** Where a lead stands and for how long; moved from here, and won or lost. */
export function StagePart({ lead, isReadOnly }: Props) {
  const client = useQueryClient()
  const now = useNow()
  const { data: pipelines } = usePipelines(true)
  const pipeline = pipelines?.items.find((one) => one.id === lead.pipeline.id)
  const ends = isReadOnly || lead.stage.kind !== 'open' ? [] : (pipeline?.stages ?? []).filter(isEnd)
  const since = t('lead.inStage', { time: longDuration(Math.max(0, now - lead.stageSince)) })
  return (
    <div className="mt-2">
      <StageBar lead={lead} pipeline={pipeline} />
      {isReadOnly ? (
        <p className="mt-2 flex items-center gap-2">
          <StageDot hue={lead.stage.hue} />
          <bdi className="truncate font-medium">{lead.stage.name}</bdi>
          <span className="shrink-0 text-ink-3">{since}</span>
        </p>
      ) : (
        <button
          type="button"
          onClick={() => askAbout({ kind: 'move', lead })}
          className="-mx-1.5 mt-1.5 flex h-8 w-[calc(100%+12px)] items-center gap-2 rounded-md px-1.5 text-start hover:bg-hover pointer-coarse:h-10"
        >
          <StageDot hue={lead.stage.hue} />
          <bdi className="truncate font-medium">{lead.stage.name}</bdi>
          <span className="shrink-0 text-ink-3">{since}</span>
          <span className="sr-only">. {t('lead.moveTo')}</span>
          <ChevronsUpDown size={14} aria-hidden="true" className="ms-auto shrink-0 text-ink-3" />
        </button>
      )}
      {pipeline && ends.length > 0 && (
        <div className="mt-1.5 flex gap-2">
          {ends.map((stage) => (
            <Button
              key={stage.id}
              size="sm"
              onClick={() => void moveWithUndo(client, lead, toMove(pipeline, stage))}
              className="min-w-0 flex-1"
            >
              {stage.kind === 'won' ? (
                <Trophy size={14} aria-hidden="true" className="text-ok" />
              ) : (
                <ThumbsDown size={14} aria-hidden="true" className="text-bad" />
              )}
              <bdi className="truncate">{stage.name}</bdi>
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}

const isEnd = ({ kind }: PipelineStage) => kind === 'won' || kind === 'lost'

/** The way a lead goes, drawn as far as it came. A lost lead left it. */
function StageBar({ lead, pipeline }: { lead: Lead; pipeline: Pipeline | undefined }) {
  const way = pipeline?.stages.filter((stage) => stage.kind === 'open' || stage.kind === 'won') ?? []
  const index = way.findIndex((stage) => stage.id === lead.stage.id)
  if (index === -1) return null
  return (
    <div
      role="img"
      aria-label={t('lead.stageOf', { index: index + 1, count: way.length, name: lead.stage.name })}
      className="flex gap-[3px]"
    >
      {way.map((stage, position) => (
        <span
          key={stage.id}
          className="h-1.5 flex-1 first:rounded-s-full last:rounded-e-full"
          style={{ background: position <= index ? stageColor(lead.stage.hue) : 'var(--press)' }}
        />
      ))}
    </div>
  )
}
