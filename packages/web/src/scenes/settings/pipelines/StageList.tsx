import type { Pipeline, PipelineStage } from '@parley/protocol/model'
import { ListChecks, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { changeStage, createStage, deleteStage } from '../../../data/board/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { HuePicker } from '../../../parts/HuePicker.tsx'
import { stageColor } from '../../../parts/hues.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { InlineEdit } from '../../../parts/InlineEdit.tsx'
import { Popover } from '../../../parts/Popover.tsx'
import { SortableList } from '../../../parts/SortableList.tsx'
import { DeleteDialog } from './DeleteDialog.tsx'
import { RequiredFields } from './RequiredFields.tsx'
import { showPipelines, usePipelineChange, usePipelineSave, withMoved } from './use-pipeline-changes.ts'

interface Props {
  pipeline: Pipeline
  pipelines: readonly Pipeline[]
}

/** The stages in their order. The incoming one is first, won and lost are last; what is between is moved freely. */
export function StageList({ pipeline, pipelines }: Props) {
  const change = usePipelineChange()
  const [deleting, setDeleting] = useState<PipelineStage>()
  const rows = pipeline.stages.map((stage) => ({
    stage,
    id: String(stage.id),
    name: stage.name,
    isFixed: stage.kind !== 'open',
  }))
  const isLastOpen = pipeline.stages.filter(({ kind }) => kind === 'open').length === 1
  const others = pipelines.map((one) =>
    one.id === pipeline.id ? { ...one, stages: one.stages.filter(({ id }) => id !== deleting?.id) } : one,
  )
  return (
    <>
      <div className="-mx-2">
        <SortableList
          label={t('pipelines.stagesOf', { name: pipeline.name })}
          items={rows}
          onMove={({ stage }, position) =>
            void change(
              () => changeStage(pipeline.id, stage.id, { position }),
              showStages(pipeline, (stages) => withMoved(stages, stage, position, ({ kind }) => kind === 'open')),
            )
          }
          renderItem={({ stage }) => (
            <StageRow
              pipeline={pipeline}
              stage={stage}
              {...(stage.kind === 'open' && !isLastOpen && { onDelete: () => setDeleting(stage) })}
            />
          )}
        />
      </div>
      <Button
        size="sm"
        look="ghost"
        className="mt-2"
        onClick={() => void change(() => createStage(pipeline.id, newStage(pipeline)))}
      >
        <Plus size={15} aria-hidden="true" />
        {t('pipelines.addStage')}
      </Button>
      {deleting && (
        <DeleteDialog
          title={t('pipelines.deleteStage', { name: deleting.name })}
          pipelines={[...others].sort((a, b) => Number(b.id === pipeline.id) - Number(a.id === pipeline.id))}
          onClose={() => setDeleting(undefined)}
          onDelete={(to) => deleteStage(pipeline.id, deleting.id, to)}
        />
      )}
    </>
  )
}

const showStages = ({ id }: Pipeline, change: (stages: PipelineStage[]) => PipelineStage[]) =>
  showPipelines((items) => items.map((one) => (one.id === id ? { ...one, stages: change(one.stages) } : one)))

const newStage = ({ stages }: Pipeline) => ({ name: t('pipelines.newStage'), hue: stages.length % 8 })

interface RowProps {
  pipeline: Pipeline
  stage: PipelineStage
  /** undefined: the pipeline needs it. */
  onDelete?: () => void
}

function StageRow({ pipeline, stage, onDelete }: RowProps) {
  const change = usePipelineChange()
  const save = usePipelineSave()
  const set = (patch: Partial<Pick<PipelineStage, 'hue' | 'requiredFields'>>) =>
    void change(
      () => changeStage(pipeline.id, stage.id, patch),
      showStages(pipeline, (stages) => stages.map((one) => (one.id === stage.id ? { ...one, ...patch } : one))),
    )
  return (
    <div className="flex min-h-9 items-center gap-2 ps-1">
      <Popover
        label={t('pipelines.colourOf', { name: stage.name })}
        className="w-fit!"
        trigger={
          <button
            type="button"
            aria-label={t('pipelines.colourOf', { name: stage.name })}
            className="flex size-8 shrink-0 items-center justify-center rounded-md hover:bg-hover pointer-coarse:size-10"
          >
            <span data-colour className="block size-3.5 rounded-full" style={{ background: stageColor(stage.hue) }} />
          </button>
        }
      >
        <HuePicker label={t('pipelines.colour')} value={stage.hue} onChange={(hue) => set({ hue })} />
      </Popover>
      <div className="min-w-0 flex-1">
        <InlineEdit
          label={t('pipelines.nameOf', { name: stage.name })}
          value={stage.name}
          onSave={(name) => save(changeStage(pipeline.id, stage.id, { name }))}
        />
      </div>
      {stage.kind !== 'open' && (
        <span className="shrink-0 text-xs text-ink-3">{t(`pipelines.kind.${stage.kind}`)}</span>
      )}
      {stage.kind !== 'incoming' && (
        <Popover
          label={t('pipelines.asksFor', { name: stage.name })}
          align="end"
          trigger={
            <Button size="sm" look="ghost" aria-label={t('pipelines.asksFor', { name: stage.name })}>
              <ListChecks size={15} aria-hidden="true" />
              {stage.requiredFields.length > 0 && stage.requiredFields.length}
            </Button>
          }
        >
          <RequiredFields stage={stage} onChange={(requiredFields) => set({ requiredFields })} />
        </Popover>
      )}
      {onDelete && (
        <IconButton label={t('pipelines.deleteOne', { name: stage.name })} onClick={onDelete}>
          <Trash2 />
        </IconButton>
      )}
    </div>
  )
}
