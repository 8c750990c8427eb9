import { createECDH } from 'node:crypto'
import webPush from 'web-push'

/** Who sends pushes, base64url; the public half is what browsers subscribe with. */
export interface VapidKeys {
  publicKey: string
  privateKey: string
}

export interface PushTarget {
  endpoint: string
  p256dh: string
  auth: string
}

export interface PushMessage {
  payload: string
  /** How long the push service keeps it for a browser that is off. */
  ttlSeconds: number
  urgency: 'low' | 'normal' | 'high'
  /** One that still waits is replaced by the next of the same topic; at most 32 characters of base64url. */
  topic: string
}

export const newVapidKeys = (): VapidKeys => webPush.generateVAPIDKeys()

/** True for a point on the curve: what is none can encrypt nothing. */
export function isPushKey(p256dh: string): boolean {
  const ours = createECDH('prime256v1')
  ours.generateKeys()
  try {
    ours.computeSecret(Buffer.from(p256dh, 'base64url'))
    return true
  } catch {
    return false
  }
}

/**
 * Encrypts for one browser (RFC 8291) and signs for its push service (RFC 8292): what to POST to the endpoint.
 * @param subject  `mailto:…` or `https://…`: whom a push service may write to
 */
export function sealPush(
  { endpoint, p256dh, auth }: PushTarget,
  { payload, ttlSeconds, urgency, topic }: PushMessage,
  vapid: VapidKeys & { subject: string },
): { headers: Record<string, string>; body: Buffer } {
  const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
    ...{ TTL: ttlSeconds, urgency, topic, contentEncoding: 'aes128gcm' },
    vapidDetails: vapid,
  })
  return { headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])), body }
}
