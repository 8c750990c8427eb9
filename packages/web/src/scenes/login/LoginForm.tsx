import { type ComponentProps, type FormEvent, useEffect, useId, useState } from 'react'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { reasonOf } from '../../parts/Notice.tsx'
import type { Credentials, LoginState } from './use-login.ts'

interface Props {
  state: Exclude<LoginState, { kind: 'choose' }>
  isBusy: boolean
  onSubmit: (credentials: Credentials) => void
}

export function LoginForm({ state, isBusy, onSubmit }: Props) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const secondsLeft = useSecondsLeft(state.kind === 'too_many' ? state.until : 0)

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    if (!isBusy && secondsLeft === 0) onSubmit({ email: email.trim(), password })
  }

  const problem = describe(state, secondsLeft)
  return (
    <form onSubmit={handleSubmit} className="flex flex-col gap-4">
      <h1 className="text-lg font-semibold tracking-[-.01em]">{t('login.title')}</h1>
      <Field
        label={t('login.email')}
        type="email"
        autoComplete="username"
        autoFocus
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Field
        label={t('login.password')}
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {problem && (
        <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
          {problem}
        </p>
      )}
      <Button type="submit" look="primary" disabled={isBusy || secondsLeft > 0} className="h-9">
        {t(isBusy ? 'login.submitting' : 'login.submit')}
      </Button>
    </form>
  )
}

function describe(state: Props['state'], secondsLeft: number): string | undefined {
  switch (state.kind) {
    case 'idle':
      return undefined
    case 'wrong':
      return t('login.wrong')
    case 'too_many':
      return secondsLeft > 0 ? t('login.tooMany', { count: secondsLeft }) : undefined
    case 'failed':
      return state.error instanceof Error && state.error.name === 'NoAnswer'
        ? t('login.noConnection')
        : `${reasonOf(state.error)}.`
  }
}

function Field({ label, ...props }: ComponentProps<'input'> & { label: string }) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-xs font-medium text-ink-2">
        {label}
      </label>
      <input
        id={id}
        {...props}
        className="h-9 w-full rounded-md bg-surface px-3 text-md shadow-[inset_0_0_0_1px_var(--line-strong)] outline-none focus:shadow-[inset_0_0_0_1.5px_var(--accent)] dark:bg-raised"
      />
    </div>
  )
}

/** Counts down to a time; 0 when it is over. */
function useSecondsLeft(until: number): number {
  const [now, setNow] = useState(Date.now)
  const left = Math.max(0, Math.ceil((until - now) / 1_000))
  useEffect(() => {
    setNow(Date.now())
    if (until <= Date.now()) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [until])
  return left
}
