import { z } from 'zod'
import { line } from './fields.ts'
import { newPassword } from './team.ts'

const password = z.string().min(1, 'must not be empty').max(1024)
const code = z.string().trim().min(1, 'must not be empty').max(64)
const step = z.string().max(200)

export const logInCodeRequest = z.object({ ticket: step, code })

/** With a ticket: of the user whose password was right. Without: whoever's the passkey is. */
export const passkeyLogInOptionsRequest = z.object({ ticket: step.optional() })

const base64url = z
  .string()
  .max(65_536)
  .regex(/^[A-Za-z0-9_-]*$/, 'must be base64url')
const credential = z.object({
  id: base64url.min(1).max(1400),
  rawId: base64url.min(1).max(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(40).nullish(),
  clientExtensionResults: z.record(z.string().max(100), z.unknown()).default({}),
})

/** As `@simplewebauthn/browser` writes it. */
const assertion = credential.extend({
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.max(200).nullish(),
  }),
})

const attestation = credential.extend({
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
})

/** `step` is the ticket, when there is one. */
export const passkeyLogInRequest = z.object({ step, response: assertion })

/** What changes how one logs in asks for the password once more. */
export const confirmRequest = z.object({ password })

export const newPasskeyRequest = z.object({ step, name: line(100), response: attestation })
export const renamePasskeyRequest = z.object({ name: line(100) })
export const confirmTotpRequest = z.object({ code })
export const changePasswordRequest = z.object({ current: password, next: newPassword })

export const forgottenPasswordRequest = z.object({
  email: z.string().trim().min(1).max(255),
  subdomain: z.string().max(63).optional(),
})
export const setPasswordRequest = z.object({ password: newPassword })
export const newTokenRequest = z.object({ name: line(100), lifetimeDays: z.int().min(1).max(1825).default(365) })

export type LogInCodeRequest = z.infer<typeof logInCodeRequest>
export type PasskeyLogInRequest = z.input<typeof passkeyLogInRequest>
export type NewPasskeyRequest = z.input<typeof newPasskeyRequest>
export type ChangePasswordRequest = z.infer<typeof changePasswordRequest>
export type ForgottenPasswordRequest = z.infer<typeof forgottenPasswordRequest>
