import type { Tag as TagShape, TagUse } from '@parley/protocol/model'
import { Ellipsis, Merge, Trash2 } from 'lucide-react'
import { ApiRefusal } from '../../../data/api.ts'
import { changeTag } from '../../../data/work/endpoints.ts'
import { tagsQuery } from '../../../data/work/queries.ts'
import { t } from '../../../i18n/t.ts'
import { HuePicker } from '../../../parts/HuePicker.tsx'
import { stageColor } from '../../../parts/hues.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { InlineEdit } from '../../../parts/InlineEdit.tsx'
import { MenuButton } from '../../../parts/MenuButton.tsx'
import { MenuItem, MenuLine } from '../../../parts/MenuItems.tsx'
import { Popover } from '../../../parts/Popover.tsx'
import { useSettingsChange, useSettingsSave } from '../use-settings-change.ts'
import { sayWhere } from './where.ts'

interface Props {
  tag: TagShape
  /** undefined: not counted yet. */
  use: TagUse | undefined
  /** There is none to merge it into. */
  isOnly: boolean
  /** With the tag that has the name already, when somebody gave it this one the same. */
  onMerge: (intoId?: number) => void
  onDelete: () => void
}

export function TagRow({ tag, use, isOnly, onMerge, onDelete }: Props) {
  const change = useSettingsChange('tags')
  const save = useSettingsSave('tags')
  async function rename(name: string) {
    try {
      await save(changeTag(tag.id, { name }))
    } catch (error) {
      const other = error instanceof ApiRefusal && error.code === 'conflict' ? error.details.tagId : undefined
      if (typeof other === 'number') onMerge(other)
      throw error
    }
  }
  const paint = (hue: number) =>
    void change(() => changeTag(tag.id, { hue }), {
      show: (client) =>
        client.setQueryData(
          tagsQuery.queryKey,
          (data) => data && { items: data.items.map((one) => (one.id === tag.id ? { ...one, hue } : one)) },
        ),
    })
  return (
    <li className="flex min-h-10 items-center gap-2 rounded-md px-2 hover:bg-hover/50">
      <Popover
        label={t('tags.colourOf', { name: tag.name })}
        className="w-fit!"
        trigger={
          <button
            type="button"
            aria-label={t('tags.colourOf', { name: tag.name })}
            className="flex size-8 shrink-0 items-center justify-center rounded-md hover:bg-hover pointer-coarse:size-10"
          >
            <span data-colour className="block size-4 rounded-sm" style={{ background: stageColor(tag.hue) }} />
          </button>
        }
      >
        <HuePicker label={t('tags.colour')} value={tag.hue} onChange={paint} />
      </Popover>
      <div className="min-w-0 flex-1">
        <InlineEdit label={t('tags.nameOf', { name: tag.name })} value={tag.name} onSave={rename} />
      </div>
      <span className="max-w-[40%] shrink-0 text-end text-xs text-ink-3 tabular-nums">{sayWhere(use)}</span>
      <MenuButton
        align="end"
        trigger={
          <IconButton label={t('tags.more', { name: tag.name })}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<Merge size={16} aria-hidden="true" />} isDisabled={isOnly} onClick={() => onMerge()}>
          {t('tags.merge')}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={<Trash2 size={16} aria-hidden="true" />} isDangerous onClick={onDelete}>
          {t('tags.delete')}
        </MenuItem>
      </MenuButton>
    </li>
  )
}
