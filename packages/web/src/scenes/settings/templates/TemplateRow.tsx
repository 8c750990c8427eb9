import type { Template } from '@parley/protocol/model'
import { ArrowDown, ArrowUp, Ellipsis, MousePointerClick, Paperclip, Trash2 } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { t } from '../../../i18n/t.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { MenuButton } from '../../../parts/MenuButton.tsx'
import { MenuItem, MenuLine } from '../../../parts/MenuItems.tsx'

interface Props {
  template: Template
  canChange: boolean
  isFirst: boolean
  isLast: boolean
  onOpen: () => void
  onMove: (by: -1 | 1) => void
  onDelete: () => void
}

/** One template of the list: its name and how it begins. Alt and the arrows move it. */
export function TemplateRow({ template, canChange, isFirst, isLast, onOpen, onMove, onDelete }: Props) {
  const { name, text, files, buttons, useCount } = template

  function handleKeyDown(event: KeyboardEvent) {
    if (!canChange || !event.altKey) return
    const by = event.key === 'ArrowUp' && !isFirst ? -1 : event.key === 'ArrowDown' && !isLast ? 1 : null
    if (by === null) return
    event.preventDefault()
    onMove(by)
  }

  return (
    <li className="flex items-center gap-2 py-1 ps-1 pe-2">
      <button
        type="button"
        onClick={onOpen}
        onKeyDown={handleKeyDown}
        className="min-w-0 flex-1 rounded-md px-2.5 py-1.5 text-start hover:bg-hover"
      >
        <span className="flex items-center gap-2">
          <bdi className="truncate font-medium">{name}</bdi>
          {files.length > 0 && <Paperclip size={13} aria-label={t('templates.hasFiles')} className="text-ink-3" />}
          {buttons.length > 0 && (
            <MousePointerClick size={13} aria-label={t('templates.hasButtons')} className="text-ink-3" />
          )}
        </span>
        <span dir="auto" className="block truncate text-xs text-ink-3">
          {text.trim() === '' ? files.map(({ file }) => file.fileName).join(', ') : text}
        </span>
      </button>
      {useCount > 0 && (
        <span className="tnum shrink-0 text-2xs text-ink-3 @max-[480px]:hidden">
          {t('templates.used', { count: useCount })}
        </span>
      )}
      {canChange && (
        <MenuButton
          align="end"
          trigger={
            <IconButton label={t('templates.more', { name })}>
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem icon={<ArrowUp size={16} />} isDisabled={isFirst} onClick={() => onMove(-1)}>
            {t('templates.up')}
          </MenuItem>
          <MenuItem icon={<ArrowDown size={16} />} isDisabled={isLast} onClick={() => onMove(1)}>
            {t('templates.down')}
          </MenuItem>
          <MenuLine />
          <MenuItem icon={<Trash2 size={16} />} isDangerous onClick={onDelete}>
            {t('templates.delete')}
          </MenuItem>
        </MenuButton>
      )}
    </li>
  )
}
