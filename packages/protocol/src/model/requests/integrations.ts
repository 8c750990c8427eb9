import { z } from 'zod'
import { ACCESS_SCOPES } from '../shapes/integrations.ts'
import { line } from './fields.ts'

const LONGEST_URL = 2000
const MOST_REDIRECTS = 10
const LONGEST_STATE = 2000
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

const isPlain = (text: string) => /^[\x21-\x7e]+$/.test(text) && URL.canParse(text)

/** As given, for it is compared letter by letter. */
const address = z
  .string()
  .max(LONGEST_URL, `must not be longer than ${LONGEST_URL} characters`)
  .refine(isPlain, 'must be a whole address, like https://example.com/hook')
  .refine((url) => !isPlain(url) || /^https?:\/\//.test(url), 'must begin with https://')
  .refine(
    (url) => !isPlain(url) || (new URL(url).username === '' && new URL(url).password === ''),
    'must not hold a password',
  )

const redirectUri = address
  .refine((url) => !isPlain(url) || isSafe(new URL(url)), 'must begin with https://; http:// is for this machine only')
  .refine((url) => !url.includes('#'), 'must not have a part behind #')
  .refine((url) => !url.includes('*'), 'must be one address: * stands for itself only')

/** A code in the open could be read by anybody on the way. */
const isSafe = ({ protocol, hostname }: URL) => protocol === 'https:' || LOOPBACK.test(hostname)

const scopes = z
  .array(z.enum(ACCESS_SCOPES, 'is no scope'))
  .min(1, 'must not be empty')
  .transform((given) => ACCESS_SCOPES.filter((scope) => given.includes(scope)))

const fields = {
  name: line(100),
  /** What it does, for people who are asked to let it in. */
  about: line(1000).nullable(),
  redirectUris: z
    .array(redirectUri)
    .min(1, 'must not be empty')
    .max(MOST_REDIRECTS, `must not be more than ${MOST_REDIRECTS}`)
    .transform((given) => [...new Set(given)]),
  uninstallUrl: address.nullable(),
  scopes,
  /** Every account of this server may install it. */
  isPublic: z.boolean(),
}

export const newIntegrationRequest = z.object({
  ...fields,
  about: fields.about.default(null),
  uninstallUrl: fields.uninstallUrl.default(null),
  scopes: fields.scopes.default(['crm']),
  isPublic: fields.isPublic.default(false),
})

export const changeIntegrationRequest = z.object(fields).partial()

const clientId = z.string().max(100)

/** What the third party's link says of the consent it asks for. */
export const consentQuery = z.object({
  clientId,
  /** Absent: the integration's first. */
  redirectUri: z.string().max(LONGEST_URL).optional(),
})

export const consentRequest = consentQuery.extend({
  decision: z.enum(['allow', 'decline']),
  /** Given back as it is. */
  state: z.string().max(LONGEST_STATE, `must not be longer than ${LONGEST_STATE} characters`).optional(),
  /** PKCE. */
  codeChallenge: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/, 'must be a SHA-256 in base64url')
    .optional(),
  codeChallengeMethod: z.literal('S256', 'must be S256').optional(),
})

export const newLongLivedTokenRequest = z.object({ name: line(100), lifetimeDays: z.int().min(1).max(1825) })

export type NewIntegrationInput = z.input<typeof newIntegrationRequest>
export type NewIntegrationRequest = z.infer<typeof newIntegrationRequest>
export type ChangeIntegrationRequest = z.infer<typeof changeIntegrationRequest>
export type ConsentQuery = z.infer<typeof consentQuery>
export type ConsentRequest = z.infer<typeof consentRequest>
export type NewLongLivedTokenRequest = z.infer<typeof newLongLivedTokenRequest>
