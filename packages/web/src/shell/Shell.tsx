import { Outlet } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { lazy, Suspense, useEffect, useState } from 'react'
import { watchNetwork } from '../data/connection.ts'
import { lazyWithTexts } from '../i18n/lazy-with-texts.ts'
import { t } from '../i18n/t.ts'
import { useLeadAsk } from '../parts/lead/ask.ts'
import { Toasts } from '../parts/Toasts.tsx'
import { PHONE, useMedia } from '../parts/use-media.ts'
import { ConnectionBar } from './ConnectionBar.tsx'
import { useLayers } from './layers.ts'
import { BottomBar, Rail } from './Nav.tsx'
import { PaletteHost } from './palette/PaletteHost.tsx'
import { useNoticeServices } from './use-notice-services.ts'
import { useSessionServices } from './use-session.ts'
import { useShellKeys } from './use-shell-keys.ts'

const LeadAsks = lazyWithTexts(() => import('../parts/lead/LeadAsks.tsx'), 'LeadAsks', ['lead', 'link'])
const ShortcutDialog = lazy(() => import('./ShortcutDialog.tsx').then((module) => ({ default: module.ShortcutDialog })))

/** The frame around every scene: rail or bottom bar, connection bar, layers. */
export function Shell() {
  useSessionServices()
  useNoticeServices()
  useShellKeys()
  useEffect(watchNetwork, [])
  const isPhone = useMedia(PHONE)
  return (
    <>
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
      <Asks />
      <PaletteHost />
      <Toasts />
    </>
  )
}

/** Questions about a lead: their code and texts come with the first one. */
function Asks() {
  const isAsked = useLeadAsk(({ ask }) => ask !== null)
  return isAsked ? (
    <Suspense>
      <LeadAsks />
    </Suspense>
  ) : null
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
