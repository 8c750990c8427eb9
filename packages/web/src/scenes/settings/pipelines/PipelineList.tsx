import type { Pipeline, PipelineId } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { Copy, Ellipsis, Star, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { changePipeline, deletePipeline } from '../../../data/board/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { IconButton } from '../../../parts/IconButton.tsx'
import { InlineEdit } from '../../../parts/InlineEdit.tsx'
import { MenuButton } from '../../../parts/MenuButton.tsx'
import { MenuItem, MenuLine } from '../../../parts/MenuItems.tsx'
import { SortableList } from '../../../parts/SortableList.tsx'
import { DeleteDialog } from './DeleteDialog.tsx'
import { showPipelines, usePipelineChange, usePipelineSave, withMoved } from './use-pipeline-changes.ts'

interface Props {
  pipelines: readonly Pipeline[]
  /** Whose stages are shown. */
  current: Pipeline | undefined
  onChoose: (id: PipelineId) => void
  onCopy: (pipeline: Pipeline) => void
}

export function PipelineList({ pipelines, current, onChoose, onCopy }: Props) {
  const change = usePipelineChange()
  const [deleting, setDeleting] = useState<Pipeline>()
  const rows = pipelines.map((pipeline) => ({
    pipeline,
    id: String(pipeline.id),
    name: pipeline.name,
    isFixed: pipeline.isMain,
  }))
  return (
    <>
      <div className="-mx-2">
        <SortableList
          label={t('pipelines.title')}
          items={rows}
          onMove={({ pipeline }, position) =>
            void change(
              // The main one stands before all of them.
              () => changePipeline(pipeline.id, { position: position + 1 }),
              showPipelines((items) => withMoved(items, pipeline, position, ({ isMain }) => !isMain)),
            )
          }
          renderItem={({ pipeline }) => (
            <PipelineRow
              pipeline={pipeline}
              isCurrent={pipeline.id === current?.id}
              onChoose={() => onChoose(pipeline.id)}
              onCopy={() => onCopy(pipeline)}
              onDelete={() => setDeleting(pipeline)}
            />
          )}
        />
      </div>
      {deleting && (
        <DeleteDialog
          title={t('pipelines.deletePipeline', { name: deleting.name })}
          pipelines={pipelines.filter(({ id }) => id !== deleting.id)}
          onClose={() => setDeleting(undefined)}
          onDelete={(to) => deletePipeline(deleting.id, to)}
        />
      )}
    </>
  )
}

interface RowProps {
  pipeline: Pipeline
  isCurrent: boolean
  onChoose: () => void
  onCopy: () => void
  onDelete: () => void
}

function PipelineRow({ pipeline, isCurrent, onChoose, onCopy, onDelete }: RowProps) {
  const change = usePipelineChange()
  const save = usePipelineSave()
  return (
    <div className={clsx('flex min-h-9 items-center gap-2 rounded-md ps-2', isCurrent && 'bg-selected')}>
      <div className="min-w-0 flex-1">
        <InlineEdit
          label={t('pipelines.nameOf', { name: pipeline.name })}
          value={pipeline.name}
          onSave={(name) => save(changePipeline(pipeline.id, { name }))}
        />
      </div>
      {pipeline.isMain && (
        <span className="shrink-0 rounded-sm bg-accent-soft px-1.5 text-2xs font-medium text-accent-ink">
          {t('pipelines.main')}
        </span>
      )}
      <Button size="sm" look="ghost" aria-pressed={isCurrent} onClick={onChoose}>
        {t('pipelines.show', { count: pipeline.stages.length })}
      </Button>
      <MenuButton
        align="end"
        trigger={
          <IconButton label={t('pipelines.more', { name: pipeline.name })}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem
          icon={<Star size={16} aria-hidden="true" />}
          isDisabled={pipeline.isMain}
          onClick={() => void change(() => changePipeline(pipeline.id, { isMain: true }))}
        >
          {t('pipelines.makeMain')}
        </MenuItem>
        <MenuItem icon={<Copy size={16} aria-hidden="true" />} onClick={onCopy}>
          {t('pipelines.copy')}
        </MenuItem>
        <MenuLine />
        <MenuItem
          icon={<Trash2 size={16} aria-hidden="true" />}
          isDangerous
          isDisabled={pipeline.isMain}
          onClick={onDelete}
        >
          {t('pipelines.delete')}
        </MenuItem>
      </MenuButton>
    </div>
  )
}
