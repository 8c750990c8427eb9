import {
  calculateJwkThumbprint,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose'

/** A private key as JSON, with its `kid`. */
export type SigningKey = JWK & { kid: string }

export interface TokenSigner {
  /** A JWT of these claims; times are the caller's. */
  sign(claims: Record<string, unknown>): Promise<string>
  /** The claims; undefined for what we did not sign, and what is not good at this time. */
  verify(token: string, now: Date): Promise<Record<string, unknown> | undefined>
}

/** Short signatures, and a key that is made in no time. */
const ALGORITHM = 'ES256'

export async function newSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const jwk = await exportJWK(privateKey)
  return { ...jwk, alg: ALGORITHM, kid: await calculateJwkThumbprint(jwk) }
}

/** @param keys the first signs; what the others have signed is still good */
export async function createTokenSigner(keys: readonly [SigningKey, ...SigningKey[]]): Promise<TokenSigner> {
  const [first] = keys
  const own = await importJWK(first, ALGORITHM)
  const known = new Map(
    await Promise.all(keys.map(async ({ d: _, ...jwk }) => [jwk.kid, await importJWK(jwk, ALGORITHM)] as const)),
  )
  const keyOf = (kid: string | undefined) => {
    const key = kid === undefined ? undefined : known.get(kid)
    if (key === undefined) throw new errors.JWSInvalid('There is no such key.')
    return key
  }
  return {
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: ALGORITHM, kid: first.kid }).sign(own),
    async verify(token, now) {
      try {
        const options = { algorithms: [ALGORITHM], currentDate: now, requiredClaims: ['exp', 'sub', 'aud'] }
        return (await jwtVerify(token, (header: { kid?: string }) => keyOf(header.kid), options)).payload
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },
  }
}
