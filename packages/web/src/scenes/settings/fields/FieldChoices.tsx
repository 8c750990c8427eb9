import type { CustomField, FieldOption } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { changeField } from '../../../data/work/endpoints.ts'
import { fieldsQuery, fieldUseQuery } from '../../../data/work/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import { IconButton } from '../../../parts/IconButton.tsx'
import { InlineEdit } from '../../../parts/InlineEdit.tsx'
import { SortableList } from '../../../parts/SortableList.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { useSettingsChange, useSettingsSave } from '../use-settings-change.ts'

/** What can be chosen, edited where it stands. One that stands somewhere is deleted only after that was said. */
export function FieldChoices({ field }: { field: CustomField }) {
  const client = useQueryClient()
  const change = useSettingsChange('fields')
  const save = useSettingsSave('fields')
  const [name, setName] = useState('')
  const [leaving, setLeaving] = useState<{ option: FieldOption; count: number }>()
  const write = (options: ChoiceInput[]) => changeField(field.id, { options })

  async function add(event: FormEvent) {
    event.preventDefault()
    if (name.trim() === '') return
    if (await change(() => write([...field.options, { name }]))) setName('')
  }
  const without = ({ id }: FieldOption) => field.options.filter((one) => one.id !== id)
  async function remove(option: FieldOption) {
    const use = await change(() => client.fetchQuery(fieldUseQuery(field.id)))
    const count = use?.options.find(({ id }) => id === option.id)?.count ?? 0
    if (count > 0) setLeaving({ option, count })
    else if (use) await change(() => write(without(option)))
  }
  function move(option: FieldOption, position: number) {
    const options = without(option).toSpliced(position, 0, option)
    void change(() => write(options), {
      show: (shown) =>
        shown.setQueryData(
          fieldsQuery.queryKey,
          (data) => data && { items: data.items.map((one) => (one.id === field.id ? { ...one, options } : one)) },
        ),
    })
  }

  return (
    <div>
      <p className="text-xs font-medium text-ink-2">{t('fields.choices')}</p>
      <div className="-ms-2">
        <SortableList
          label={t('fields.choicesOf', { name: field.name })}
          items={field.options.map((option) => ({ option, id: String(option.id), name: option.name }))}
          onMove={({ option }, position) => move(option, position)}
          renderItem={({ option }) => (
            <div className="flex min-h-9 items-center gap-2 ps-2">
              <div className="min-w-0 flex-1">
                <InlineEdit
                  label={t('fields.nameOf', { name: option.name })}
                  value={option.name}
                  onSave={(next) =>
                    save(write(field.options.map((one) => (one.id === option.id ? { ...one, name: next } : one))))
                  }
                />
              </div>
              <IconButton
                label={
                  field.options.length === 1 ? t('fields.lastChoice') : t('fields.deleteChoice', { name: option.name })
                }
                disabled={field.options.length === 1}
                onClick={() => void remove(option)}
              >
                <Trash2 />
              </IconButton>
            </div>
          )}
        />
      </div>
      <form onSubmit={(event) => void add(event)} className="mt-1 flex max-w-sm items-end gap-2">
        <TextField
          label={t('fields.newChoice')}
          isLabelHidden
          placeholder={t('fields.newChoice')}
          maxLength={255}
          value={name}
          onChange={setName}
          className="flex-1"
        />
        <Button type="submit" disabled={name.trim() === ''}>
          <Plus size={15} aria-hidden="true" />
          {t('fields.addChoice')}
        </Button>
      </form>
      <ConfirmDialog
        isOpen={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={t('fields.choiceTitle', { name: leaving?.option.name ?? '' })}
        description={t('fields.choiceUsed', { count: leaving?.count ?? 0 })}
        confirmLabel={t('fields.delete')}
        onConfirm={() => leaving && save(write(without(leaving.option)))}
      />
    </div>
  )
}

/** Without an id: a new one. */
interface ChoiceInput {
  id?: number
  name: string
}
