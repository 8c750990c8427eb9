import { Menu } from '@base-ui/react/menu'
import { clsx } from 'clsx'
import { Check, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { IS_MAC } from './KeyCaps.tsx'
import { MENU, MENU_ITEM, MENU_LABEL, MENU_LINE } from './menu-classes.ts'
import { keyCaps } from './shortcuts/strokes.ts'

interface ItemProps {
  /** 16 px. */
  icon?: ReactNode
  /** As in `useShortcuts`: every item that has a key prints it. */
  keys?: string
  isDisabled?: boolean
  children: ReactNode
}

interface MenuItemProps extends ItemProps {
  onClick: () => void
  isDangerous?: boolean
  /** Stays open, for what can fail and say so here. */
  isKeptOpen?: boolean
}

export function MenuItem({ icon, keys, isDisabled, isDangerous, isKeptOpen, onClick, children }: MenuItemProps) {
  return (
    <Menu.Item
      disabled={isDisabled === true}
      closeOnClick={!isKeptOpen}
      onClick={onClick}
      className={clsx(MENU_ITEM, isDangerous && 'text-bad')}
    >
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      <MenuKeys keys={keys} />
    </Menu.Item>
  )
}

interface CheckProps extends ItemProps {
  isChecked: boolean
  onChange: (isChecked: boolean) => void
}

/** One of several that may be on together; the menu stays open. */
export function MenuCheck({ icon, keys, isDisabled, isChecked, onChange, children }: CheckProps) {
  return (
    <Menu.CheckboxItem
      checked={isChecked}
      onCheckedChange={onChange}
      disabled={isDisabled === true}
      closeOnClick={false}
      className={MENU_ITEM}
    >
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      <MenuKeys keys={keys} />
      <span className="flex w-4 shrink-0 justify-end">
        <Menu.CheckboxItemIndicator>
          <Check size={15} aria-hidden="true" className="text-accent-ink" />
        </Menu.CheckboxItemIndicator>
      </span>
    </Menu.CheckboxItem>
  )
}

interface RadioProps extends ItemProps {
  value: string | number
  lang?: string
}

/** One of a `Menu.RadioGroup`, of which one is on. */
export function MenuRadio({ icon, keys, isDisabled, value, lang, children }: RadioProps) {
  return (
    <Menu.RadioItem value={value} closeOnClick disabled={isDisabled === true} lang={lang} className={MENU_ITEM}>
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      <MenuKeys keys={keys} />
      <span className="flex w-4 shrink-0 justify-end">
        <Menu.RadioItemIndicator>
          <Check size={15} aria-hidden="true" className="text-accent-ink" />
        </Menu.RadioItemIndicator>
      </span>
    </Menu.RadioItem>
  )
}

interface SubMenuProps extends Omit<ItemProps, 'keys'> {
  label: string
}

export function SubMenu({ label, icon, isDisabled, children }: SubMenuProps) {
  return (
    <Menu.SubmenuRoot>
      <Menu.SubmenuTrigger disabled={isDisabled === true} className={MENU_ITEM}>
        {icon}
        <span className="min-w-0 flex-1">{label}</span>
        <ChevronRight size={14} aria-hidden="true" className="text-ink-3 rtl:-scale-x-100" />
      </Menu.SubmenuTrigger>
      <Menu.Portal container={document.getElementById('main')}>
        <Menu.Positioner sideOffset={2} alignOffset={-4} collisionPadding={8} className="z-50">
          <Menu.Popup className={clsx(MENU, 'max-h-(--available-height) overflow-y-auto')}>{children}</Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  )
}

export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Menu.Group>
      <Menu.GroupLabel className={MENU_LABEL}>{label}</Menu.GroupLabel>
      {children}
    </Menu.Group>
  )
}

export const MenuLine = () => <Menu.Separator className={MENU_LINE} />

function MenuKeys({ keys }: { keys: string | undefined }) {
  if (keys === undefined) return null
  return <kbd className="ms-4 shrink-0 font-sans text-2xs text-ink-3">{keyCaps(keys, IS_MAC).join(' ')}</kbd>
}
