import { Link } from '@tanstack/react-router'
import { Building2, Cable, UserPlus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'

/** The first steps of an account that no channel has reached yet; for its admins, who can take them. */
export function Welcome() {
  const { account, user } = useMe()
  const [firstName = user.name] = user.name.split(' ')
  return (
    <section
      aria-label={t('inbox.welcome.label')}
      className="flex min-w-0 flex-1 items-center justify-center overflow-y-auto bg-sunken p-6"
    >
      <div className="w-full max-w-[460px]">
        <h2 className="text-xl font-semibold tracking-[-.01em] text-balance">
          {t('inbox.welcome.title', { name: firstName })}
        </h2>
        <p className="mt-1 text-ink-2 text-pretty">{t('inbox.welcome.hint', { account: account.name })}</p>
        <ol className="mt-5 flex flex-col gap-2">
          <Step icon={<Cable size={18} strokeWidth={1.8} />} section="channels" title={t('inbox.welcome.channel')}>
            {t('inbox.welcome.channelHint')}
          </Step>
          <Step icon={<UserPlus size={18} strokeWidth={1.8} />} section="users" title={t('inbox.welcome.team')}>
            {t('inbox.welcome.teamHint')}
          </Step>
          <Step icon={<Building2 size={18} strokeWidth={1.8} />} section="account" title={t('inbox.welcome.account')}>
            {t('inbox.welcome.accountHint')}
          </Step>
        </ol>
      </div>
    </section>
  )
}

interface StepProps {
  icon: ReactNode
  /** Of the settings, where it is done. */
  section: 'channels' | 'users' | 'account'
  title: ReactNode
  children: ReactNode
}

function Step({ icon, section, title, children }: StepProps) {
  return (
    <li className="flex gap-3 rounded-lg bg-surface p-4 shadow-card">
      <span aria-hidden="true" className="mt-0.5 text-ink-3">
        {icon}
      </span>
      <div className="min-w-0">
        <p className="font-semibold">
          <Link
            to="/settings/$section"
            params={{ section }}
            search={{}}
            className="rounded-sm text-accent-ink underline-offset-2 hover:underline"
          >
            {title}
          </Link>
        </p>
        <p className="mt-0.5 text-ink-3 text-pretty">{children}</p>
      </div>
    </li>
  )
}
