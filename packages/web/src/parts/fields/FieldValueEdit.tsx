import type { CustomField, FieldValue } from '@parley/protocol/model'
import { useMe } from '../../data/queries.ts'
import { InlineEdit } from '../InlineEdit.tsx'
import type { EditTarget } from '../use-value-edit.ts'
import { CheckboxEdit, SelectEdit, SeveralEdit } from './ChoiceEdit.tsx'
import { MomentEdit } from './MomentEdit.tsx'
import { NumberEdit } from './NumberEdit.tsx'
import { showCustomField } from './show-value.ts'
import { ValueLink } from './ValueLink.tsx'

interface Props extends EditTarget<FieldValue | null> {
  field: CustomField
  isReadOnly?: boolean
}

/**
 * The value of one of the account's own fields, edited where it stands, whatever its type; null is empty. Its name stands
 * beside it: `label`s here are for those who do not see.
 */
export function FieldValueEdit({ field, isReadOnly = false, ...target }: Props) {
  const { account } = useMe()
  const shown = showCustomField(field, target.value, account.currency)
  switch (field.type) {
    case 'number':
    case 'money': {
      const of = { ...asNumber(target), label: field.name, isReadOnly }
      return <NumberEdit {...of} {...(shown !== undefined && { shown })} isAmount={field.type === 'money'} />
    }
    case 'select':
      return isReadOnly ? <Shown text={shown} /> : <SelectEdit field={field} {...asNumber(target)} />
    case 'multiselect':
      return isReadOnly ? <Shown text={shown} /> : <SeveralEdit field={field} {...asList(target)} />
    case 'checkbox':
      return isReadOnly ? <Shown text={shown} /> : <CheckboxEdit field={field} {...asSwitch(target)} />
    case 'date':
    case 'datetime':
      return isReadOnly ? <Shown text={shown} /> : <MomentEdit label={field.name} kind={field.type} {...target} />
    case 'text':
    case 'textarea':
    case 'url':
    case 'phone':
    case 'email':
      return <LineEdit field={field} isReadOnly={isReadOnly} {...asText(target)} />
  }
}

interface LineProps extends EditTarget<string> {
  field: CustomField
  isReadOnly: boolean
}

function LineEdit({ field: { type, name }, ...edit }: LineProps) {
  const inputMode = type === 'phone' ? 'tel' : type === 'email' || type === 'url' ? type : undefined
  return (
    <div className="flex items-start gap-1">
      <div className="min-w-0 flex-1">
        <InlineEdit label={name} inputMode={inputMode} isMultiline={type === 'textarea'} {...edit} />
      </div>
      {edit.value !== '' && <ValueLink type={type} name={name} value={edit.value} />}
    </div>
  )
}

function Shown({ text }: { text: string | undefined }) {
  return text === undefined ? (
    <span className="text-ink-3">—</span>
  ) : (
    <bdi className="[overflow-wrap:anywhere]">{text}</bdi>
  )
}

type Any = EditTarget<FieldValue | null>

/** The same for what a type can hold; a value of another type is none. */
const asText = ({ value, onSave, changed }: Any): EditTarget<string> => ({
  value: typeof value === 'string' ? value : '',
  onSave: (text, was) => onSave(text === '' ? null : text, was === '' ? null : was),
  changed,
})
const asNumber = ({ value, onSave, changed }: Any): EditTarget<number | null> => ({
  value: typeof value === 'number' ? value : null,
  onSave,
  changed,
})
const asList = ({ value, onSave, changed }: Any): EditTarget<number[]> => ({
  value: Array.isArray(value) ? value : [],
  onSave: (list, was) => onSave(list.length === 0 ? null : list, was.length === 0 ? null : was),
  changed,
  readTheirs: (sent) => (Array.isArray(sent) ? sent : []),
})
const asSwitch = ({ value, onSave, changed }: Any): EditTarget<boolean | null> => ({
  value: typeof value === 'boolean' ? value : null,
  onSave,
  changed,
})
