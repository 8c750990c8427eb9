import type { Me } from '@parley/protocol/model'
import { useRef, useState } from 'react'
import { ApiRefusal } from '../../data/api.ts'
import { logIn } from '../../data/endpoints.ts'

export interface AccountOption {
  name: string
  subdomain: string
}

export interface Credentials {
  email: string
  password: string
}

export type LoginState =
  | { kind: 'idle' }
  | { kind: 'wrong' }
  | { kind: 'too_many'; until: number }
  | { kind: 'choose'; accounts: AccountOption[] }
  | { kind: 'failed'; error: unknown }

/** What a refused log-in means for the form. */
export function readLoginFailure(error: unknown, now: number): LoginState {
  if (!(error instanceof ApiRefusal)) return { kind: 'failed', error }
  const { code, details } = error
  if (code === 'wrong_credentials') return { kind: 'wrong' }
  if (code === 'account_ambiguous' && Array.isArray(details.accounts)) {
    return { kind: 'choose', accounts: details.accounts as AccountOption[] }
  }
  if (code === 'too_many_attempts') {
    const seconds = typeof details.retryAfterSeconds === 'number' ? details.retryAfterSeconds : 1
    return { kind: 'too_many', until: now + seconds * 1_000 }
  }
  return { kind: 'failed', error }
}

export function useLogin(onEnter: (me: Me) => Promise<void>) {
  const [state, setState] = useState<LoginState>({ kind: 'idle' })
  const [isBusy, setBusy] = useState(false)
  const credentials = useRef<Credentials>({ email: '', password: '' })

  async function attempt(subdomain?: string) {
    setBusy(true)
    try {
      await onEnter(await logIn({ ...credentials.current, ...(subdomain && { subdomain }) }))
    } catch (error) {
      setState(readLoginFailure(error, Date.now()))
    } finally {
      setBusy(false)
    }
  }

  return {
    state,
    isBusy,
    submit(given: Credentials) {
      credentials.current = given
      void attempt()
    },
    choose: (subdomain: string) => void attempt(subdomain),
    startOver: () => setState({ kind: 'idle' }),
  }
}
