import { lazy, Suspense, useState } from 'react'
import { useMe } from '../data/queries.ts'
import { t } from '../i18n/t.ts'
import { Avatar } from '../parts/Avatar.tsx'
import { useLayer } from '../parts/use-layer.ts'
import { NavButton, type NavButtonPlace } from './NavButton.tsx'

const load = () => import('./UserMenuPopup.tsx')
const UserMenuPopup = lazy(() => load().then((module) => ({ default: module.UserMenuPopup })))

/** Who is logged in, and the way out. */
export function UserMenu({ side, isLabelled = false }: NavButtonPlace) {
  const { user } = useMe()
  const [isOpen, setOpen] = useState(false)
  const { layer, button, isNeeded } = useLayer(isOpen, setOpen, load)
  return (
    <>
      <NavButton
        {...button}
        aria-haspopup="menu"
        label={t('nav.user', { name: user.name })}
        caption={t('nav.you')}
        side={side}
        isLabelled={isLabelled}
        icon={
          <Avatar name={user.name} seed={String(user.id)} size={isLabelled ? 22 : 32} pictureUrl={user.avatarUrl} />
        }
      />
      {isNeeded && (
        <Suspense>
          <UserMenuPopup layer={layer} side={side} />
        </Suspense>
      )}
    </>
  )
}
