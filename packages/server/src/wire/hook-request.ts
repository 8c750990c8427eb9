import type { KeyObject } from 'node:crypto'
import type { DeliveryId } from '@parley/protocol/model'
import { bodyDigest, signBody } from '@parley/protocol/signing'

const SCOPE_MARKER = ':scope_id'
/** A name that is reserved for what does not exist (RFC 2606): should it ever be asked for outside, nobody is found. */
const SIMULATOR = 'http://simulator.invalid'
const USER_AGENT = 'amoCRM amoJo/1.0'

export interface HookAddresses {
  webhookUrlV1: string | null
  webhookUrlV2: string | null
}

/** Where a channel wants its hooks: the URL of the version, else the only one there is (spec 06 §3.1); undefined when none. */
export function hookUrl(hookVersion: 'v1' | 'v2', addresses: HookAddresses, scopeId: string): string | undefined {
  const { webhookUrlV1, webhookUrlV2 } = addresses
  const url = hookVersion === 'v1' ? webhookUrlV1 || webhookUrlV2 : webhookUrlV2 || webhookUrlV1
  return url ? withScope(url, scopeId) : undefined
}

/** Where a hook goes, and by which way. */
export interface HookTarget {
  url: string
  /** It stays within this server; its address leads nowhere. */
  isSimulated: boolean
}

/** The only place that decides where hooks go: to the simulator while it stands in, else to the channel's address; undefined when none. */
export function hookTarget(
  hookVersion: 'v1' | 'v2',
  endpoint: HookAddresses & { isSimulated: boolean },
  scopeId: string,
): HookTarget | undefined {
  const { isSimulated } = endpoint
  const url = isSimulated ? `${SIMULATOR}/hooks/${scopeId}` : hookUrl(hookVersion, endpoint, scopeId)
  return url === undefined ? undefined : { url, isSimulated }
}

/** Puts the scope id where `:scope_id` stands, else behind the path (spec 02 A1). */
export function withScope(url: string, scopeId: string): string {
  if (url.includes(SCOPE_MARKER)) return url.replaceAll(SCOPE_MARKER, scopeId)
  const [, path = '', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(url) ?? []
  return `${path.replace(/\/$/, '')}/${scopeId}${query}`
}

export interface HookAttempt {
  deliveryId: DeliveryId
  /** From 1. */
  attempt: number
  body: Buffer
  /** By `createSigningKey`. */
  secret: KeyObject
  now: Date
}

/** What goes with a hook's body. Only Date and X-Parley-Attempt differ between the attempts of one delivery. */
export function hookHeaders({ deliveryId, attempt, body, secret, now }: HookAttempt): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'User-Agent': USER_AGENT,
    'X-Signature': signBody(body, secret),
    Date: now.toUTCString(),
    'Content-MD5': bodyDigest(body),
    'X-Request-Id': deliveryId,
    'X-Parley-Attempt': String(attempt),
  }
}
