import { createHash, randomBytes } from 'node:crypto'
import type { AccountId } from '@parley/protocol/model'
import { sql } from 'kysely'

const SECRET_BYTES = 32
const SHAPE = /^(\d{1,10})\.([A-Za-z0-9_-]{43})$/
/** What fits PostgreSQL's `integer`; a larger number names no account. */
const LARGEST_ACCOUNT_ID = 2 ** 31 - 1

/** 256 bits of chance, as text that goes into an address. */
export const randomSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url')

/** What the holder shows. The account's number stands in front, so the one query that finds it starts from its tenant. */
export function newSecretToken(accountId: AccountId): { token: string; hash: Buffer } {
  const secret = randomSecret()
  return { token: `${accountId}.${secret}`, hash: hashOf(secret) }
}

/** Answers undefined for anything that cannot be a token of ours. */
export function readSecretToken(token: string): { accountId: AccountId; hash: Buffer } | undefined {
  const [, digits, secret] = SHAPE.exec(token) ?? []
  if (digits === undefined || secret === undefined) return undefined
  const accountId = Number(digits)
  if (accountId > LARGEST_ACCOUNT_ID) return undefined
  return { accountId: accountId as AccountId, hash: hashOf(secret) }
}

/** The secret has 256 random bits, so a plain digest is enough: there is nothing to guess. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Half of the digest names a session or token to its owner: nobody finds the secret from it. */
export const DIGEST_ID = sql<string>`encode(substring(token_hash for 16), 'hex')`
export const digestIdOf = (hash: Buffer): string => hash.subarray(0, 16).toString('hex')
