import type { PipelineStage, RequiredField } from '@parley/protocol/model'
import { useLeadFields } from '../../../data/board/fields.ts'
import { t } from '../../../i18n/t.ts'
import { Checkbox } from '../../../parts/Checkbox.tsx'

interface Props {
  stage: PipelineStage
  onChange: (fields: RequiredField[]) => void
}

const FIELDS = ['price', 'responsible', 'phone', 'email'] as const

/** What a lead must have before it may enter. */
export function RequiredFields({ stage, onChange }: Props) {
  const custom = useLeadFields()
  const named = stage.kind === 'lost' ? [...FIELDS, 'lossReason' as const] : FIELDS
  const fields = [
    ...named.map((field) => ({ field: field as RequiredField, label: t(`pipelines.field.${field}`) })),
    ...custom.map(({ id, name }) => ({ field: `field:${id}` as RequiredField, label: name })),
  ]
  const chosen = stage.requiredFields
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="mb-2 font-semibold">{t('pipelines.asksFor', { name: stage.name })}</legend>
      {fields.map(({ field, label }) => (
        <Checkbox
          key={field}
          label={<bdi>{label}</bdi>}
          isChecked={chosen.includes(field)}
          onChange={(isChecked) => onChange(isChecked ? [...chosen, field] : chosen.filter((one) => one !== field))}
        />
      ))}
    </fieldset>
  )
}
