import type { Tag, TagUse } from '@parley/protocol/model'
import { deleteTag } from '../../../data/work/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import { useSettingsSave } from '../use-settings-change.ts'
import { sayWhere } from './where.ts'

interface Props {
  tag: Tag
  use: TagUse | undefined
  onClose: () => void
}

export function DeleteTag({ tag, use, onClose }: Props) {
  const save = useSettingsSave('tags')
  const isUnused = use?.leads === 0 && use.contacts === 0
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('tags.deleteTitle', { name: tag.name })}
      description={isUnused ? t('tags.deleteUnused') : t('tags.deleteHint', { where: sayWhere(use) })}
      confirmLabel={t('tags.delete')}
      onConfirm={() => save(deleteTag(tag.id))}
    />
  )
}
