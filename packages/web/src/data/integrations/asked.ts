/** Where programs send people who are to let them in. */
export const CONSENT_PATH = '/oauth'

/**
 * What the program's link said, as it came: the router writes addresses anew, and what a program sent must go back to it letter
 * by letter. Also there after a log-in.
 */
const asCame = typeof location !== 'undefined' && location.pathname === CONSENT_PATH ? location.search : ''

export const consentHref = (): string => CONSENT_PATH + (asCame || location.search)

export interface Asked {
  clientId: string
  redirectUri: string | undefined
  state: string | undefined
  codeChallenge: string | undefined
  codeChallengeMethod: string | undefined
  mode: string | undefined
}

export function readAsked(href: string): Asked {
  const query = new URL(href, 'https://here.invalid').searchParams
  const of = (name: string) => query.get(name) ?? undefined
  return {
    clientId: of('client_id') ?? '',
    redirectUri: of('redirect_uri'),
    state: of('state'),
    codeChallenge: of('code_challenge'),
    codeChallengeMethod: of('code_challenge_method'),
    mode: of('mode'),
  }
}
