import { Menu } from '@base-ui/react/menu'
import { Link } from '@tanstack/react-router'
import { CircleUser, Keyboard, LogOut } from 'lucide-react'
import { useState } from 'react'
import { t } from '../i18n/t.ts'
import { MenuPopup } from '../parts/MenuPopup.tsx'
import { MENU_ITEM } from '../parts/menu-classes.ts'
import { reasonOf } from '../parts/Notice.tsx'
import type { Layer } from '../parts/use-layer.ts'
import { LanguageMenu } from './LanguageMenu.tsx'
import { setLayer } from './layers.ts'
import type { NavButtonPlace } from './NavButton.tsx'
import { Person } from './Person.tsx'
import { useLogOut } from './use-session.ts'

interface Props extends Pick<NavButtonPlace, 'side'> {
  layer: Layer
}

export function UserMenuPopup({ layer, side }: Props) {
  const logOut = useLogOut()
  const [problem, setProblem] = useState<string>()
  const leave = () => logOut().catch((error: unknown) => setProblem(reasonOf(error)))
  return (
    <MenuPopup layer={layer} side={side}>
      <Person />
      <Menu.Separator className="mx-1 mb-1 h-px bg-line" />
      <Menu.Item
        className={MENU_ITEM}
        render={<Link to="/settings/$section" params={{ section: 'profile' }} search={{}} />}
      >
        <CircleUser size={16} aria-hidden="true" className="text-ink-3" />
        {t('user.profile')}
      </Menu.Item>
      <LanguageMenu />
      <Menu.Item className={MENU_ITEM} onClick={() => setLayer('shortcuts', true)}>
        <Keyboard size={16} aria-hidden="true" className="text-ink-3" />
        <span className="flex-1">{t('user.shortcuts')}</span>
        <kbd className="font-sans text-2xs text-ink-3">?</kbd>
      </Menu.Item>
      <Menu.Item className={MENU_ITEM} closeOnClick={false} onClick={() => void leave()}>
        <LogOut size={16} aria-hidden="true" className="text-ink-3" />
        {t('user.logOut')}
      </Menu.Item>
      {problem && (
        <p role="alert" className="max-w-60 px-2.5 py-1.5 text-xs text-bad">
          {t('user.logOutFailed', { reason: problem })}
        </p>
      )}
    </MenuPopup>
  )
}
