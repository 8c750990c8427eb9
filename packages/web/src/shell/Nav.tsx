import { Link, useRouterState, useSearch } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { useMe } from '../data/queries.ts'
import { t } from '../i18n/t.ts'
import { Tip } from '../parts/Tip.tsx'
import { CornerCount } from './CornerCount.tsx'
import { Logo } from './Logo.tsx'
import { MoreButton } from './MoreButton.tsx'
import { NotificationBell } from './NotificationBell.tsx'
import { isInScene, listScenes, type SceneEntry } from './scenes.ts'
import { ThemeMenu } from './ThemeMenu.tsx'
import { UserMenu } from './UserMenu.tsx'
import { useWaitingRegistrations } from './use-waiting.ts'

/** Beside the bell and *More*. */
const SCENES_ON_BAR = 2

const usePathname = () => useRouterState({ select: ({ location }) => location.pathname })

/** The way round the app on a desk: a rail of icons. */
export function Rail() {
  const scenes = listScenes(useMe())
  const waiting = useWaitingRegistrations()
  return (
    <nav aria-label={t('nav.main')} className="flex w-14 shrink-0 flex-col items-center gap-1 overflow-y-auto py-2.5">
      <Link to="/inbox" search={{}} aria-label={t('app.name')} className="mb-2 rounded-lg">
        <Logo />
      </Link>
      {scenes.map((scene, index) => (
        <RailLink key={scene.id} scene={scene} isFirst={index === 0} waiting={scene.id === 'settings' ? waiting : 0} />
      ))}
      <span className="flex-1" />
      <NotificationBell side="right" />
      <ThemeMenu side="right" />
      <UserMenu side="right" />
    </nav>
  )
}

interface RailLinkProps {
  scene: SceneEntry
  isFirst: boolean
  /** Things in it that somebody waits for. */
  waiting: number
}

function RailLink({ scene, isFirst, waiting }: RailLinkProps) {
  const isHere = isInScene(scene, usePathname())
  const Icon = scene.icon
  return (
    <Tip label={t(scene.label)} keys={`G ${scene.key.toUpperCase()}`} side="right">
      <Link
        to={scene.to}
        // The scene one is in stays as it is.
        {...(isHere && { search: true })}
        {...(isFirst && { 'data-pane': true })}
        aria-label={waiting > 0 ? t('nav.settingsWaiting', { count: waiting }) : t(scene.label)}
        aria-current={isHere ? 'page' : undefined}
        className={clsx(
          'flex size-10 shrink-0 items-center justify-center rounded-lg',
          isHere ? 'bg-surface text-accent-ink shadow-card dark:bg-raised' : 'text-ink-2 hover:bg-press hover:text-ink',
        )}
      >
        <span className="relative">
          <Icon size={20} strokeWidth={isHere ? 2.1 : 1.8} aria-hidden="true" />
          <CornerCount count={waiting} ring="ring-canvas" />
        </span>
      </Link>
    </Tip>
  )
}

/** The same on a phone, while no chat is open: the first scenes, the bell, and all else behind *More*. */
export function BottomBar() {
  const scenes = listScenes(useMe())
  const { c } = useSearch({ strict: false })
  if (c !== undefined) return null
  return (
    <nav
      aria-label={t('nav.main')}
      className={clsx(
        'z-30 grid shrink-0 auto-cols-fr grid-flow-col border-t border-line bg-surface pb-[env(safe-area-inset-bottom)]',
        '*:flex *:h-14 *:flex-col *:items-center *:justify-center *:gap-0.5 *:text-2xs',
      )}
    >
      {scenes.slice(0, SCENES_ON_BAR).map((scene) => (
        <BarLink key={scene.id} scene={scene} />
      ))}
      <NotificationBell side="top" isLabelled />
      <MoreButton scenes={scenes.slice(SCENES_ON_BAR)} />
    </nav>
  )
}

function BarLink({ scene }: { scene: SceneEntry }) {
  const isHere = isInScene(scene, usePathname())
  const Icon = scene.icon
  return (
    <Link
      to={scene.to}
      aria-current={isHere ? 'page' : undefined}
      className={isHere ? 'font-semibold text-accent-ink' : 'text-ink-2'}
    >
      <Icon size={20} strokeWidth={isHere ? 2.1 : 1.8} aria-hidden="true" />
      {t(scene.label)}
    </Link>
  )
}
