import type { Me } from '@parley/protocol/model'

/** The names pages of the CRM have had: that of 2017, and today's. */
const NAMES = ['AMOCRM', 'APP'] as const

type PageConstants = Readonly<{ constant: (name: string) => unknown }>

declare global {
  interface Window extends Partial<Record<(typeof NAMES)[number], PageConstants>> {}
}

/**
 * Answers who develops a channel and asks the console, as manuals tell him to: `AMOCRM.constant('account').amojo_id`. Nothing of ours
 * reads it.
 */
export function offerConstants({ account, user }: Me): () => void {
  const constants = new Map<string, unknown>([
    [
      'account',
      Object.freeze({
        id: account.id,
        name: account.name,
        subdomain: account.subdomain,
        currency: account.currency,
        timezone: account.timeZone,
        language: account.language ?? 'en',
        amojo_id: account.amojoId,
      }),
    ],
    ['user', Object.freeze({ id: user.id, name: user.name, login: user.email, amojo_id: user.amojoId })],
  ])
  const offered = Object.freeze({ constant: (name: string) => constants.get(name) })
  for (const name of NAMES) window[name] = offered
  return () => {
    for (const name of NAMES) if (window[name] === offered) delete window[name]
  }
}
