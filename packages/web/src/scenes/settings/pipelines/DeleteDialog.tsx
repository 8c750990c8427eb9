import type { Pipeline, PipelineId, StageId } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { LeadsGo } from '../../../data/board/endpoints.ts'
import { keys } from '../../../data/query-keys.ts'
import { t } from '../../../i18n/t.ts'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import { Select } from '../../../parts/Select.tsx'

interface Props {
  /** A question that names the thing. */
  title: string
  /** Where its leads may go: without what is deleted. */
  pipelines: readonly Pipeline[]
  onDelete: (to: LeadsGo) => Promise<unknown>
  onClose: () => void
}

/** Deletes a stage or a pipeline once it is said where its leads go. They are moved, however many there are. */
export function DeleteDialog({ title, pipelines, onDelete, onClose }: Props) {
  const client = useQueryClient()
  const options = pipelines.flatMap(({ id, name, stages }) =>
    stages
      .filter(({ kind }) => kind === 'open')
      .map((stage) => ({ value: `${id}/${stage.id}`, label: stage.name, group: name })),
  )
  const [to, setTo] = useState(options[0]?.value ?? '')
  async function confirm() {
    const [toPipelineId = 0, toStageId = 0] = to.split('/').map(Number)
    await onDelete({ toPipelineId: toPipelineId as PipelineId, toStageId: toStageId as StageId })
    await client.invalidateQueries({ queryKey: keys.pipelines })
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={title}
      confirmLabel={t('pipelines.delete')}
      onConfirm={confirm}
      description={
        <span className="block">
          <span className="mb-3 block">{t('pipelines.deleteHint')}</span>
          <Select label={t('pipelines.leadsGo')} options={options} value={to} onChange={setTo} />
        </span>
      }
    />
  )
}
