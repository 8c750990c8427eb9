import type { CustomField } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { deleteField } from '../../../data/work/endpoints.ts'
import { fieldUseQuery } from '../../../data/work/queries.ts'
import { t } from '../../../i18n/t.ts'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import { useSettingsSave } from '../use-settings-change.ts'

/** Says how much is gone with it before it goes. */
export function DeleteField({ field, onClose }: { field: CustomField; onClose: () => void }) {
  const save = useSettingsSave('fields')
  const use = useQuery(fieldUseQuery(field.id))
  const count = use.data?.count
  async function remove() {
    const { field: hidden } = await deleteField(field.id)
    // The first time it is only hidden.
    if (hidden) await deleteField(field.id)
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('fields.deleteTitle', { name: field.name })}
      description={
        <span role="status">
          {sentence(field, count, use.isError)}
          {!field.isHidden && count !== 0 && ` ${t('fields.hideInstead')}`}
        </span>
      }
      confirmLabel={t('fields.delete')}
      onConfirm={() => save(remove())}
    />
  )
}

function sentence({ entity }: CustomField, count: number | undefined, isFailed: boolean): string {
  if (isFailed) return t('fields.deleteUnknown')
  if (count === undefined) return t('fields.deleteCounting')
  if (count === 0) return t('fields.deleteEmpty')
  return t(entity === 'lead' ? 'fields.deleteLeads' : 'fields.deleteContacts', { count })
}
