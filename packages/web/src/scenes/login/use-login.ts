import type { Me, SecondFactorNeeded } from '@parley/protocol/model'
import { useRef, useState } from 'react'
import { ApiRefusal } from '../../data/api.ts'
import { logIn } from '../../data/endpoints.ts'
import { beginPasskeyLogIn, logInWithCode, logInWithPasskey } from '../../data/people/doors.ts'
import { getPasskey, PasskeyProblem } from '../../data/people/passkeys.ts'

export interface AccountOption {
  name: string
  subdomain: string
}

export interface Credentials {
  email: string
  password: string
}

/** Why the last try did not open. */
export type Refusal =
  | { kind: 'wrong' }
  | { kind: 'expired' }
  | { kind: 'too_many'; until: number }
  | { kind: 'no_passkey' }
  | { kind: 'failed'; error: unknown }

export type LoginState =
  | { step: 'password'; refusal?: Refusal }
  | { step: 'account'; accounts: AccountOption[] }
  | { step: 'second'; needed: SecondFactorNeeded; refusal?: Refusal }

/** What a refused log-in means for the form. */
export function readRefusal(error: unknown, now: number): Refusal {
  if (error instanceof PasskeyProblem) return { kind: 'no_passkey' }
  if (!(error instanceof ApiRefusal)) return { kind: 'failed', error }
  const { code, details } = error
  if (code === 'wrong_credentials') return { kind: 'wrong' }
  if (code === 'log_in_expired') return { kind: 'expired' }
  if (code === 'too_many_attempts') {
    const seconds = typeof details.retryAfterSeconds === 'number' ? details.retryAfterSeconds : 1
    return { kind: 'too_many', until: now + seconds * 1_000 }
  }
  return { kind: 'failed', error }
}

/** The next step, when a refusal asks for one: which account, or what else beside the password. */
export function readNextStep(error: unknown): LoginState | undefined {
  if (!(error instanceof ApiRefusal)) return undefined
  const { code, details } = error
  if (code === 'account_ambiguous' && Array.isArray(details.accounts))
    return { step: 'account', accounts: details.accounts as AccountOption[] }
  if (code === 'second_factor_needed' && typeof details.ticket === 'string')
    return { step: 'second', needed: details as unknown as SecondFactorNeeded }
  return undefined
}

export function useLogin(onEnter: (me: Me) => Promise<void>) {
  const [state, setState] = useState<LoginState>({ step: 'password' })
  const [isBusy, setBusy] = useState(false)
  const credentials = useRef<Credentials>({ email: '', password: '' })

  async function attempt(open: () => Promise<Me>) {
    setBusy(true)
    try {
      await onEnter(await open())
    } catch (error) {
      const refusal = readRefusal(error, Date.now())
      setState((before) => readNextStep(error) ?? withRefusal(before, refusal))
    } finally {
      setBusy(false)
    }
  }

  const withPassword = (subdomain?: string) =>
    attempt(() => logIn({ ...credentials.current, ...(subdomain && { subdomain }) }))

  return {
    state,
    isBusy,
    submit(given: Credentials) {
      credentials.current = given
      void withPassword()
    },
    choose: (subdomain: string) => void withPassword(subdomain),
    submitCode(code: string) {
      if (state.step === 'second') void attempt(() => logInWithCode(state.needed.ticket, code))
    },
    /** Instead of the password, or behind it. */
    withPasskey() {
      const ticket = state.step === 'second' ? state.needed.ticket : undefined
      void attempt(async () => {
        const { step, options } = await beginPasskeyLogIn(ticket)
        return logInWithPasskey({ step, response: await getPasskey(options) })
      })
    },
    startOver: () => setState({ step: 'password' }),
  }
}

/** A step that took too long begins again; every other says why where it is. */
function withRefusal(before: LoginState, refusal: Refusal): LoginState {
  if (before.step === 'second' && refusal.kind !== 'expired') return { ...before, refusal }
  return { step: 'password', refusal }
}
