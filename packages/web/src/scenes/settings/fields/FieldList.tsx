import type { CustomField, FieldId } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changeField } from '../../../data/work/endpoints.ts'
import { fieldsQuery } from '../../../data/work/queries.ts'
import { SortableList } from '../../../parts/SortableList.tsx'
import { withMoved } from '../pipelines/use-pipeline-changes.ts'
import { useSettingsChange } from '../use-settings-change.ts'
import { FieldRow } from './FieldRow.tsx'
import { afterIdOf } from './field-types.ts'

interface Props {
  label: string
  fields: readonly CustomField[]
  onDelete: (field: CustomField) => void
}

/** In the order of the card; one at a time is open to be changed. */
export function FieldList({ label, fields, onDelete }: Props) {
  const change = useSettingsChange('fields')
  const [open, setOpen] = useState<FieldId>()
  const rows = fields.map((field) => ({
    field,
    id: String(field.id),
    name: field.name,
    isOpen: field.id === open,
  }))
  return (
    <div className="-mx-2">
      <SortableList
        label={label}
        items={rows}
        onMove={({ field }, position) =>
          void change(() => changeField(field.id, { afterId: afterIdOf(fields, field, position) }), {
            show: (client) => showMoved(client, field, position),
          })
        }
        renderItem={({ field, isOpen }) => (
          <FieldRow
            field={field}
            isOpen={isOpen}
            onToggle={() => setOpen(isOpen ? undefined : field.id)}
            onDelete={() => onDelete(field)}
          />
        )}
      />
    </div>
  )
}

function showMoved(client: QueryClient, field: CustomField, position: number): void {
  client.setQueryData(fieldsQuery.queryKey, (data) => {
    const held = data?.items.find(({ id }) => id === field.id)
    if (!data || !held) return data
    const isFree = (one: CustomField) => one.entity === field.entity && !one.isHidden
    return { items: withMoved(data.items, held, position, isFree) }
  })
}
