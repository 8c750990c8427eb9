import { Combobox as Base } from '@base-ui/react/combobox'
import { clsx } from 'clsx'
import { Check, Plus } from 'lucide-react'
import type { RefObject } from 'react'
import { t } from '../i18n/t.ts'
import { type ComboOption, CREATE } from './combobox-options.ts'
import { MENU, MENU_ITEM } from './menu-classes.ts'

interface Props {
  /** Where it opens, when that is more than the field. */
  anchor?: RefObject<HTMLElement | null>
  isLoading: boolean
  query: string
}

/** The list of a combobox, at its field. */
export function ComboList({ anchor, isLoading, query }: Props) {
  return (
    <Base.Portal>
      <Base.Positioner {...(anchor && { anchor })} align="start" sideOffset={4} collisionPadding={8} className="z-50">
        <Base.Popup
          className={clsx(
            MENU,
            'max-h-[min(320px,var(--available-height))] w-(--anchor-width) min-w-56 overflow-y-auto',
          )}
        >
          <Base.Status className="px-2.5 text-xs text-ink-3">
            {isLoading && <span className="block py-2">{t('parts.searching')}</span>}
          </Base.Status>
          <Base.Empty className="px-2.5 text-xs text-ink-3">
            {!isLoading && (
              <span className="block py-2">{t(query === '' ? 'parts.nothing' : 'parts.nothingFound')}</span>
            )}
          </Base.Empty>
          <Base.List>{(option: ComboOption) => <Option key={option.value} option={option} />}</Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}

function Option({ option }: { option: ComboOption }) {
  if (option.value === CREATE) {
    return (
      <Base.Item value={option} className={clsx(MENU_ITEM, 'text-accent-ink')}>
        <Plus size={16} aria-hidden="true" />
        <span className="min-w-0 flex-1 truncate">{t('parts.create', { name: option.label })}</span>
      </Base.Item>
    )
  }
  return (
    <Base.Item value={option} disabled={option.isDisabled === true} className={MENU_ITEM}>
      {option.icon}
      <span className="min-w-0 flex-1 py-1">
        <bdi className="block truncate">{option.label}</bdi>
        {option.hint && <bdi className="block truncate text-xs text-ink-3">{option.hint}</bdi>}
      </span>
      <span className="flex w-4 shrink-0 justify-end">
        <Base.ItemIndicator>
          <Check size={15} aria-hidden="true" className="text-accent-ink" />
        </Base.ItemIndicator>
      </span>
    </Base.Item>
  )
}
