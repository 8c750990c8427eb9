import { Link, useSearch } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { MessagesSquare } from 'lucide-react'
import { t } from '../i18n/t.ts'
import { Tip } from '../parts/Tip.tsx'
import { Logo } from './Logo.tsx'
import { NotificationBell } from './NotificationBell.tsx'
import { ThemeMenu } from './ThemeMenu.tsx'
import { UserMenu } from './UserMenu.tsx'

/** The way round the app on a desk: a rail of icons. */
export function Rail() {
  return (
    <nav aria-label={t('nav.main')} className="flex w-14 shrink-0 flex-col items-center gap-1 py-2.5">
      <Link to="/inbox" search={{}} aria-label={t('app.name')} className="mb-2 rounded-lg">
        <Logo />
      </Link>
      <Tip label={t('nav.inbox')} side="right">
        <Link
          to="/inbox"
          search={(search) => search}
          data-pane
          aria-label={t('nav.inbox')}
          activeOptions={{ includeSearch: false }}
          className="flex size-10 items-center justify-center rounded-lg"
          activeProps={{ className: 'bg-surface text-accent-ink shadow-card dark:bg-raised', 'aria-current': 'page' }}
          inactiveProps={{ className: 'text-ink-2 hover:bg-press hover:text-ink' }}
        >
          <MessagesSquare size={20} strokeWidth={2.1} />
        </Link>
      </Tip>
      <span className="flex-1" />
      <NotificationBell side="right" />
      <ThemeMenu side="right" />
      <UserMenu side="right" />
    </nav>
  )
}

/** The same on a phone, while no chat is open. */
export function BottomBar() {
  const { c } = useSearch({ strict: false })
  if (c !== undefined) return null
  return (
    <nav
      aria-label={t('nav.main')}
      className={clsx(
        'z-30 grid shrink-0 grid-cols-4 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)]',
        '*:flex *:h-14 *:flex-col *:items-center *:justify-center *:gap-0.5 *:text-2xs',
      )}
    >
      <Link to="/inbox" search={{}} aria-current="page" className="font-semibold text-accent-ink">
        <MessagesSquare size={20} strokeWidth={2.1} />
        {t('nav.inbox')}
      </Link>
      <NotificationBell side="top" isLabelled />
      <ThemeMenu side="top" isLabelled />
      <UserMenu side="top" isLabelled />
    </nav>
  )
}
