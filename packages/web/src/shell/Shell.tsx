import { Tooltip } from '@base-ui/react/tooltip'
import { Outlet } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { lazy, Suspense, useEffect, useState } from 'react'
import { watchNetwork } from '../data/connection.ts'
import { useNotifications } from '../data/queries.ts'
import { t } from '../i18n/t.ts'
import { type KeyMap, useKeys } from '../parts/use-keys.ts'
import { PHONE, useMedia } from '../parts/use-media.ts'
import { ConnectionBar } from './ConnectionBar.tsx'
import { goRoundPanes } from './go-round-panes.ts'
import { setLayer, useLayers } from './layers.ts'
import { BottomBar, Rail } from './Nav.tsx'
import { useSessionServices } from './use-session.ts'

const ShortcutDialog = lazy(() => import('./ShortcutDialog.tsx').then((module) => ({ default: module.ShortcutDialog })))

const KEYS: KeyMap = {
  n: (event) => {
    event.preventDefault()
    setLayer('notifications', !useLayers.getState().notifications)
  },
  '?': () => setLayer('shortcuts', true),
}

/** The frame around every scene: rail or bottom bar, connection bar, layers. */
export function Shell() {
  useSessionServices()
  useKeys(KEYS)
  useTitle()
  useEffect(watchNetwork, [])
  useEffect(() => {
    window.addEventListener('keydown', goRoundPanes)
    return () => window.removeEventListener('keydown', goRoundPanes)
  }, [])
  const isPhone = useMedia(PHONE)
  return (
    <Tooltip.Provider delay={350} closeDelay={80}>
      <a
        href="#main"
        className="absolute start-1 top-1 z-50 -translate-y-16 rounded-md bg-ink px-3 py-1.5 text-surface focus:translate-y-0"
      >
        {t('app.skip')}
      </a>
      <div className="flex h-full flex-col">
        <ConnectionBar />
        <div className={clsx('flex min-h-0 flex-1', isPhone && 'flex-col')}>
          {!isPhone && <Rail />}
          <main id="main" className="min-h-0 min-w-0 flex-1 py-2 pe-2 max-md:p-0">
            <Outlet />
          </main>
          {isPhone && <BottomBar />}
        </div>
      </div>
      <Shortcuts />
    </Tooltip.Provider>
  )
}

/** Loaded when it is first asked for. */
function Shortcuts() {
  const isOpen = useLayers((state) => state.shortcuts)
  const [isNeeded, setNeeded] = useState(false)
  if (isOpen && !isNeeded) setNeeded(true)
  if (!isNeeded) return null
  return (
    <Suspense>
      <ShortcutDialog />
    </Suspense>
  )
}

function useTitle(): void {
  const { unread } = useNotifications()
  useEffect(() => {
    const page = t('inbox.title')
    document.title = unread > 0 ? t('app.titleUnread', { count: unread, page }) : t('app.title', { page })
  }, [unread])
}
