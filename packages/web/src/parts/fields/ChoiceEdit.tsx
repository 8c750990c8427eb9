import type { CustomField } from '@parley/protocol/model'
import { useId } from 'react'
import { t } from '../../i18n/t.ts'
import { Checkbox } from '../Checkbox.tsx'
import { MultiCombobox } from '../MultiCombobox.tsx'
import { SaveLine } from '../SaveLine.tsx'
import { Select } from '../Select.tsx'
import { type EditTarget, useValueEdit } from '../use-value-edit.ts'

type Props<Value> = EditTarget<Value> & { field: CustomField }

const NONE = 'none'

export function SelectEdit({ field, ...target }: Props<number | null>) {
  const id = useId()
  const edit = useValueEdit(target)
  const options = field.options.map((option) => ({ value: String(option.id), label: option.name }))
  const empty = { value: NONE, label: t('value.none') }
  return (
    <div className="relative min-w-0">
      <Select
        label={field.name}
        isLabelHidden
        look="inline"
        options={field.isRequired ? options : [empty, ...options]}
        value={edit.draft === null ? (field.isRequired ? null : NONE) : String(edit.draft)}
        placeholder="—"
        onChange={(value) => edit.choose(value === NONE ? null : Number(value))}
      />
      <SaveLine id={id} edit={edit} />
    </div>
  )
}

export function SeveralEdit({ field, ...target }: Props<number[]>) {
  const id = useId()
  const edit = useValueEdit(target)
  const options = field.options.map((option) => ({ value: String(option.id), label: option.name }))
  return (
    <div className="relative min-w-0">
      <MultiCombobox
        label={field.name}
        isLabelHidden
        options={options}
        value={options.filter(({ value }) => edit.draft.includes(Number(value)))}
        onChange={(chosen) => edit.choose(chosen.map(({ value }) => Number(value)))}
      />
      <SaveLine id={id} edit={edit} />
    </div>
  )
}

export function CheckboxEdit({ field, ...target }: Props<boolean | null>) {
  const id = useId()
  const edit = useValueEdit(target)
  return (
    <div className="relative flex min-h-8 min-w-0 flex-col justify-center">
      <Checkbox label={field.name} isLabelHidden isChecked={edit.draft === true} onChange={edit.choose} />
      <SaveLine id={id} edit={edit} />
    </div>
  )
}
