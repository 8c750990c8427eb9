import { clsx } from 'clsx'
import { ChevronRight } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { t } from '../../i18n/t.ts'
import { KeyCaps } from '../../parts/KeyCaps.tsx'
import { Marked } from '../../parts/Marked.tsx'
import type { PaletteItem, ShownSection } from './palette-item.ts'

interface Props {
  id: string
  sections: readonly ShownSection[]
  activeId: string | undefined
  onChoose: (item: PaletteItem) => void
  onPoint: (item: PaletteItem) => void
}

export const optionId = (listId: string, item: Pick<PaletteItem, 'id'>) => `${listId}-${item.id}`

/** What the palette offers. The keyboard stays in the field; which row it means says `aria-activedescendant`. */
export function PaletteList({ id, sections, activeId, onChoose, onPoint }: Props) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (activeId) document.getElementById(`${id}-${activeId}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, activeId])
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={t('palette.title')}
      className="min-h-0 flex-1 scroll-py-8 overflow-y-auto px-1.5 pb-1.5"
    >
      {sections.map(({ section, items }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
        <div key={section} role="group" aria-label={t(`palette.section.${section}`)}>
          <div aria-hidden="true" className="px-2.5 pt-2.5 pb-1 text-2xs font-semibold text-ink-3">
            {t(`palette.section.${section}`)}
          </div>
          {items.map((item) => (
            <Option
              key={item.id}
              id={optionId(id, item)}
              item={item}
              isActive={item.id === activeId}
              onChoose={onChoose}
              onPoint={onPoint}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

interface OptionProps {
  id: string
  item: PaletteItem
  isActive: boolean
  onChoose: (item: PaletteItem) => void
  onPoint: (item: PaletteItem) => void
}

function Option({ id, item, isActive, onChoose, onPoint }: OptionProps) {
  const { label, labelMarks = [], hint, hintMarks = [], icon, aside, keys, act } = item
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keyboard, and Enter there chooses
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      // The field keeps the keyboard.
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={() => !isActive && onPoint(item)}
      onClick={() => onChoose(item)}
      className={clsx(
        'flex min-h-10 cursor-default items-center gap-2.5 rounded-md px-2.5 py-1 select-none pointer-coarse:min-h-12',
        isActive && 'bg-hover',
      )}
    >
      <span className="flex size-6 shrink-0 items-center justify-center text-ink-3 [&>svg]:size-[18px]">{icon}</span>
      <span className="min-w-0 flex-1">
        <span className="block truncate">
          <Marked text={label} marks={labelMarks} />
        </span>
        {hint && (
          <span className="block truncate text-xs text-ink-3">
            <Marked text={hint} marks={hintMarks} />
          </span>
        )}
      </span>
      {aside && <span className="shrink-0 text-2xs text-ink-3 tabular-nums">{aside}</span>}
      {keys && (
        <span className="flex shrink-0 items-center gap-1 text-2xs text-ink-3 pointer-coarse:hidden">
          <KeyCaps keys={keys} />
        </span>
      )}
      {'step' in act && <ChevronRight size={16} aria-hidden="true" className="shrink-0 text-ink-3" />}
    </div>
  )
}
