import type { CustomField, Pipeline, PipelineStage, RequiredField } from '@parley/protocol/model'
import { useState } from 'react'
import { changeStage } from '../../../data/board/endpoints.ts'
import { usePipelines } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Checkbox } from '../../../parts/Checkbox.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { showPipelines, usePipelineChange } from '../pipelines/use-pipeline-changes.ts'

const asked = ({ id }: CustomField): RequiredField => `field:${id}`
const asksFor = (field: CustomField) => (stage: PipelineStage) => stage.requiredFields.includes(asked(field))

/** From which stages on a lead must have it. */
export function FieldStages({ field }: { field: CustomField }) {
  const pipelines = usePipelines(true).data?.items
  const [isOpen, setOpen] = useState(false)
  if (!pipelines) return <SkeletonRows count={1} height={32} />
  const count = pipelines.flatMap(({ stages }) => stages).filter(asksFor(field)).length
  return (
    <fieldset>
      <legend className="text-xs font-medium text-ink-2">{t('fields.askedAt')}</legend>
      <p className="text-xs text-ink-3">{t('fields.askedAtHint')}</p>
      {isOpen || count > 0 ? (
        <div className="mt-2 grid gap-x-6 gap-y-4 @md:grid-cols-2">
          {pipelines.map((pipeline) => (
            <StagesOf key={pipeline.id} field={field} pipeline={pipeline} />
          ))}
        </div>
      ) : (
        <Button size="sm" look="ghost" className="-ms-2 mt-1" onClick={() => setOpen(true)}>
          {t('fields.chooseStages')}
        </Button>
      )}
    </fieldset>
  )
}

function StagesOf({ field, pipeline }: { field: CustomField; pipeline: Pipeline }) {
  const change = usePipelineChange()
  const toggle = (stage: PipelineStage, isOn: boolean) => {
    const others = stage.requiredFields.filter((one) => one !== asked(field))
    const requiredFields = isOn ? [...others, asked(field)] : others
    const withIt = (one: PipelineStage) => (one.id === stage.id ? { ...one, requiredFields } : one)
    void change(
      () => changeStage(pipeline.id, stage.id, { requiredFields }),
      showPipelines((items) =>
        items.map((one) => (one.id === pipeline.id ? { ...one, stages: one.stages.map(withIt) } : one)),
      ),
    )
  }
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p className="truncate text-xs text-ink-3">
        <bdi>{pipeline.name}</bdi>
      </p>
      {pipeline.stages
        .filter(({ kind }) => kind !== 'incoming')
        .map((stage) => (
          <Checkbox
            key={stage.id}
            label={<bdi>{stage.name}</bdi>}
            isChecked={asksFor(field)(stage)}
            onChange={(isOn) => toggle(stage, isOn)}
          />
        ))}
    </div>
  )
}
