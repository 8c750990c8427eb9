import { z } from 'zod'
import { DIGEST_MODES, NOTICE_SCOPES, NOTICE_SOUNDS, NOTIFICATION_KINDS } from '../shapes/notifications.ts'

const kind = z.enum(NOTIFICATION_KINDS)

export const readNotificationsRequest = z.union([
  z.object({ ids: z.array(z.int().positive()).min(1).max(500) }),
  z.object({ kind }),
  z.object({ all: z.literal(true) }),
])

export type ReadNotificationsRequest = z.infer<typeof readNotificationsRequest>

export const listNotificationsQuery = z.object({
  kind: kind.optional(),
  /** `me`: addressed to the user, or about what is his. */
  for: z.literal('me').optional(),
  only: z.literal('unread').optional(),
})

export type ListNotificationsQuery = z.infer<typeof listNotificationsQuery>

export const snoozeRequest = z.object({ until: z.int().positive() })

const minutes = z
  .int()
  .min(0)
  .max(24 * 60 - 1)
const ways = z
  .object({ inApp: z.boolean(), sound: z.boolean(), desktop: z.boolean(), email: z.boolean() })
  .partial()
  .strict()

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** What is left out stays as it is; of `kinds`, too. */
export const changeNotificationSettings = z
  .object({
    kinds: z.partialRecord(kind, ways),
    scope: z.enum(NOTICE_SCOPES),
    quiet: z
      .object({
        isOn: z.boolean(),
        from: minutes,
        to: minutes,
        days: z
          .array(z.int().min(1).max(7))
          .max(7)
          .transform((days) => [...new Set(days)].sort((a, b) => a - b)),
      })
      .strict(),
    digest: z.object({ mode: z.enum(DIGEST_MODES), at: minutes }).strict(),
    sound: z.enum(NOTICE_SOUNDS),
    hideText: z.boolean(),
    timeZone: z.string().max(64).refine(isTimeZone, 'use an IANA name such as Europe/Lisbon').nullable(),
  })
  .partial()
  .strict()

export type NotificationSettingsChange = z.infer<typeof changeNotificationSettings>

const base64url = (bytes: number, name: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+={0,2}$/, `${name} is base64url`)
    .refine((given) => Math.floor((given.replace(/=+$/, '').length * 3) / 4) === bytes, `${name} has ${bytes} bytes`)

/** As `PushSubscription.toJSON()` says it. */
export const subscribePushRequest = z.object({
  endpoint: z.url({ protocol: /^https?$/, error: 'use the endpoint that the browser gave' }).max(1000),
  keys: z.object({ p256dh: base64url(65, 'p256dh'), auth: base64url(16, 'auth') }),
})

export type SubscribePushRequest = z.infer<typeof subscribePushRequest>

export const unsubscribePushRequest = subscribePushRequest.pick({ endpoint: true })

/** A screen says whether somebody looks at it. */
export const watchingRequest = z.object({ isVisible: z.boolean() })
