import type { Me } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { keys } from '../../data/query-keys.ts'
import { announceLogIn } from '../../data/session.ts'
import { t } from '../../i18n/t.ts'
import { Logo } from '../../shell/Logo.tsx'
import { AccountChoice } from './AccountChoice.tsx'
import { LoginForm } from './LoginForm.tsx'
import { useLogin } from './use-login.ts'

export function Login() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const router = useRouter()
  const { next } = useSearch({ from: '/login' })

  async function enter(me: Me) {
    client.clear()
    client.setQueryData(keys.me, me)
    announceLogIn(me)
    if (next) router.history.replace(next)
    else await navigate({ to: '/inbox', search: {}, replace: true })
  }

  const login = useLogin(enter)
  useEffect(() => {
    document.title = t('app.title', { page: t('login.title') })
  }, [])

  return (
    <main className="flex h-full flex-col items-center overflow-y-auto p-4">
      <div className="my-auto w-full max-w-[360px]">
        <div className="mb-5 flex items-center justify-center gap-2.5">
          <Logo size={36} />
          <span className="text-xl font-semibold tracking-[-.02em]">{t('app.name')}</span>
        </div>
        <div className="rounded-xl bg-surface p-6 shadow-card">
          {login.state.kind === 'choose' ? (
            <AccountChoice
              accounts={login.state.accounts}
              isBusy={login.isBusy}
              onChoose={login.choose}
              onBack={login.startOver}
            />
          ) : (
            <LoginForm isBusy={login.isBusy} state={login.state} onSubmit={login.submit} />
          )}
        </div>
      </div>
    </main>
  )
}
