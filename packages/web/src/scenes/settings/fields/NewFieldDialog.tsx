import { FIELD_TYPES, type FieldEntity, type FieldType } from '@parley/protocol/model'
import { type FormEvent, useId, useRef, useState } from 'react'
import { createField } from '../../../data/work/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { readFormProblem } from '../../../parts/form-problem.ts'
import { Select } from '../../../parts/Select.tsx'
import { TextArea } from '../../../parts/TextArea.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { useSettingsSave } from '../use-settings-change.ts'
import { FIELD_ICONS, hasChoices } from './field-types.ts'

export function NewFieldDialog({ entity, onClose }: { entity: FieldEntity; onClose: () => void }) {
  const save = useSettingsSave('fields')
  const form = useId()
  const first = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  const [type, setType] = useState<FieldType>('text')
  const [choices, setChoices] = useState('')
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const problem = readFormProblem(state.error, ['name', 'options'])
  const options = hasChoices(type) ? namesOf(choices) : []

  async function submit(event: FormEvent) {
    event.preventDefault()
    setState({ isBusy: true })
    try {
      await save(createField({ entity, type, name, options }))
      onClose()
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  const isReady = name.trim() !== '' && (!hasChoices(type) || options.length > 0)
  return (
    <Dialog
      isOpen
      isKept
      initialFocus={first}
      onClose={onClose}
      title={t('fields.add')}
      description={t(`fields.listOf.${entity}`)}
      footer={
        <>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button look="primary" type="submit" form={form} disabled={!isReady || state.isBusy}>
            {t('fields.add')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
        <TextField
          ref={first}
          label={t('fields.name')}
          maxLength={100}
          value={name}
          onChange={setName}
          error={problem.fields.name}
        />
        <Select
          label={t('fields.type')}
          hint={t('fields.typeHint')}
          value={type}
          onChange={setType}
          options={FIELD_TYPES.map((one) => {
            const Icon = FIELD_ICONS[one]
            return {
              value: one,
              label: t(`fields.types.${one}`),
              icon: <Icon size={16} aria-hidden="true" className="shrink-0 text-ink-3" />,
            }
          })}
        />
        {hasChoices(type) && (
          <TextArea
            label={t('fields.choices')}
            hint={t('fields.choicesHint')}
            value={choices}
            onChange={setChoices}
            error={problem.fields.options}
          />
        )}
        {problem.rest && (
          <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
            {problem.rest}
          </p>
        )}
      </form>
    </Dialog>
  )
}

const namesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((name) => ({ name }))
