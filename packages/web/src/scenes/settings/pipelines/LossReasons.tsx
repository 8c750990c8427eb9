import { Plus, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useLossReasons } from '../../../data/board/board-queries.ts'
import { changeLossReason, createLossReason, deleteLossReason } from '../../../data/board/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { IconButton } from '../../../parts/IconButton.tsx'
import { InlineEdit } from '../../../parts/InlineEdit.tsx'
import { ProblemLine } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { SortableList } from '../../../parts/SortableList.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { showReasons, usePipelineChange, usePipelineSave, withMoved } from './use-pipeline-changes.ts'

/** Why leads are lost, in the order people choose from. */
export function LossReasons() {
  const reasons = useLossReasons()
  const change = usePipelineChange()
  const save = usePipelineSave()
  const [name, setName] = useState('')
  if (reasons.isPending) return <SkeletonRows count={4} height={36} />
  if (reasons.isError) return <ProblemLine title={t('lead.reasonsFailed')} onRetry={() => void reasons.refetch()} />
  const rows = reasons.data.items.map((reason) => ({ reason, id: String(reason.id), name: reason.name }))

  async function add(event: FormEvent) {
    event.preventDefault()
    if (name.trim() !== '' && (await change(() => createLossReason(name)))) setName('')
  }

  return (
    <>
      {rows.length > 0 && (
        <div className="-mx-2">
          <SortableList
            label={t('pipelines.reasons')}
            items={rows}
            onMove={({ reason }, position) =>
              void change(
                () => changeLossReason(reason.id, { position }),
                showReasons((items) => withMoved(items, reason, position, () => true)),
              )
            }
            renderItem={({ reason }) => (
              <div className="flex min-h-9 items-center gap-2 ps-2">
                <div className="min-w-0 flex-1">
                  <InlineEdit
                    label={t('pipelines.nameOf', { name: reason.name })}
                    value={reason.name}
                    onSave={(next) => save(changeLossReason(reason.id, { name: next }))}
                  />
                </div>
                <IconButton
                  label={t('pipelines.deleteOne', { name: reason.name })}
                  onClick={() => void change(() => deleteLossReason(reason.id))}
                >
                  <Trash2 />
                </IconButton>
              </div>
            )}
          />
        </div>
      )}
      <form onSubmit={(event) => void add(event)} className="mt-2 flex max-w-sm items-end gap-2">
        <TextField
          label={t('pipelines.newReason')}
          isLabelHidden
          placeholder={t('pipelines.newReason')}
          value={name}
          onChange={setName}
          className="flex-1"
        />
        <Button type="submit" disabled={name.trim() === ''}>
          <Plus size={15} aria-hidden="true" />
          {t('pipelines.addReason')}
        </Button>
      </form>
    </>
  )
}
