import { isIP } from 'node:net'

/**
 * For whom a passkey is made: the installation's name, the same for every account's subdomain. A name of one label (`localhost`) a
 * browser takes for no other name than itself (Web Authentication, 5.1.3), so there every subdomain has passkeys of its own.
 */
export interface RelyingParty {
  id: string
  /** Where the page stands that asks. */
  origin: string
}

/**
 * Undefined where no passkey can be: the installation is reached by a number, or the request came by another name.
 * @param publicUrl how people reach the installation
 * @param host the request's `Host`
 */
export function findRelyingParty(publicUrl: string, host: string | undefined): RelyingParty | undefined {
  const base = new URL(publicUrl)
  if (host === undefined || !URL.canParse(`${base.protocol}//${host}`)) return undefined
  const asked = new URL(`${base.protocol}//${host}`)
  // Bound to 127.0.0.1 it is `localhost`, too, and a browser holds passkeys of that name.
  const name = isLoopback(base.hostname) && isBelow(asked.hostname, 'localhost') ? 'localhost' : base.hostname
  const isNumber = isIP(name.replace(/[[\]]/g, '')) !== 0
  if (isNumber || !isBelow(asked.hostname, name) || asked.port !== base.port) return undefined
  return { id: name.includes('.') ? name : asked.hostname, origin: asked.origin }
}

const isBelow = (name: string, base: string) => name === base || name.endsWith(`.${base}`)
const isLoopback = (name: string) => /^(127(\.\d{1,3}){3}|\[::1\])$/.test(name)

/** The account's name in front of the installation's, e.g. `harbor` of `harbor.crm.example.com`. */
export function subdomainOf(publicUrl: string, host: string | undefined): string | undefined {
  const base = new URL(publicUrl)
  if (host === undefined || !URL.canParse(`${base.protocol}//${host}`)) return undefined
  const { hostname } = new URL(`${base.protocol}//${host}`)
  const name = isLoopback(base.hostname) ? 'localhost' : base.hostname
  const front = hostname.endsWith(`.${name}`) ? hostname.slice(0, -name.length - 1) : ''
  return /^[a-z0-9-]+$/.test(front) ? front : undefined
}

/** What stands behind an account's subdomain; null when the installation is reached by a number that is not this machine. */
export function baseHostOf(publicUrl: string): string | null {
  const { hostname, port } = new URL(publicUrl)
  const suffix = port === '' ? '' : `:${port}`
  if (isLoopback(hostname)) return `localhost${suffix}`
  return isIP(hostname.replace(/[[\]]/g, '')) === 0 ? `${hostname}${suffix}` : null
}

/** Where the server was asked: at an account's own address, or at the installation's. */
export function hostAsked(publicUrl: string, host: string | undefined): string {
  return host === undefined || subdomainOf(publicUrl, host) === undefined ? new URL(publicUrl).host : host
}
