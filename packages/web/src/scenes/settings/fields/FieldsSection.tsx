import type { CustomField, FieldEntity } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Eye, Plus, Rows3, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { changeField } from '../../../data/work/endpoints.ts'
import { fieldsQuery } from '../../../data/work/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { IconButton } from '../../../parts/IconButton.tsx'
import { Notice, Problem } from '../../../parts/Notice.tsx'
import { SegmentedControl } from '../../../parts/SegmentedControl.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { SettingsCard, SettingsPage } from '../SettingsPage.tsx'
import { useSettingsChange } from '../use-settings-change.ts'
import { DeleteField } from './DeleteField.tsx'
import { FieldList } from './FieldList.tsx'
import { NewFieldDialog } from './NewFieldDialog.tsx'

/** What an account adds to its leads and contacts. */
export function FieldsSection() {
  const query = useQuery(fieldsQuery)
  const [entity, setEntity] = useState<FieldEntity>('lead')
  const [isAdding, setAdding] = useState(false)
  const fields = query.data?.items.filter((field) => field.entity === entity)
  return (
    <SettingsPage
      title={t('settings.fields')}
      hint={t('fields.hint')}
      actions={
        <Button look="primary" onClick={() => setAdding(true)}>
          <Plus size={15} aria-hidden="true" />
          {t('fields.add')}
        </Button>
      }
      toolbar={
        <SegmentedControl
          label={t('fields.of')}
          value={entity}
          onChange={setEntity}
          options={[
            { value: 'lead', label: t('fields.lead') },
            { value: 'contact', label: t('fields.contact') },
          ]}
        />
      }
    >
      {query.isError && !fields ? (
        <Problem title={t('fields.failed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : fields ? (
        <Fields key={entity} entity={entity} fields={fields} />
      ) : (
        <SkeletonRows count={6} height={40} />
      )}
      {isAdding && <NewFieldDialog entity={entity} onClose={() => setAdding(false)} />}
    </SettingsPage>
  )
}

function Fields({ entity, fields }: { entity: FieldEntity; fields: readonly CustomField[] }) {
  const [deleting, setDeleting] = useState<CustomField>()
  const visible = fields.filter(({ isHidden }) => !isHidden)
  const hidden = fields.filter(({ isHidden }) => isHidden)
  if (fields.length === 0) {
    return (
      <Notice
        title={t('fields.none')}
        hint={t('fields.noneHint')}
        drawing={<Rows3 size={28} strokeWidth={1.6} aria-hidden="true" className="text-ink-3" />}
      />
    )
  }
  return (
    <>
      {visible.length > 0 && (
        <SettingsCard title={t(`fields.listOf.${entity}`)} hint={t('fields.listHint')}>
          <FieldList fields={visible} label={t(`fields.listOf.${entity}`)} onDelete={setDeleting} />
        </SettingsCard>
      )}
      {hidden.length > 0 && <HiddenFields fields={hidden} onDelete={setDeleting} />}
      {deleting && <DeleteField field={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  )
}

interface HiddenProps {
  fields: readonly CustomField[]
  onDelete: (field: CustomField) => void
}

function HiddenFields({ fields, onDelete }: HiddenProps) {
  const change = useSettingsChange('fields')
  return (
    <SettingsCard title={t('fields.hidden')} hint={t('fields.hiddenHint')}>
      <ul aria-label={t('fields.hidden')} className="-my-1">
        {fields.map((field) => (
          <li key={field.id} className="flex min-h-10 items-center gap-2">
            <bdi className="min-w-0 flex-1 truncate">{field.name}</bdi>
            <span className="text-xs text-ink-3">{t(`fields.types.${field.type}`)}</span>
            <IconButton
              label={t('fields.showOf', { name: field.name })}
              onClick={() => void change(() => changeField(field.id, { isHidden: false }))}
            >
              <Eye />
            </IconButton>
            <IconButton label={t('fields.deleteOf', { name: field.name })} onClick={() => onDelete(field)}>
              <Trash2 />
            </IconButton>
          </li>
        ))}
      </ul>
    </SettingsCard>
  )
}
