import { randomUUID } from 'node:crypto'
import type { AccessScope, AccountId, IntegrationId, TokenFamilyId, UserId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { newSecretToken } from '../users/secret-token.ts'
import { tellAccount } from './tell-account.ts'

/** Whose the tokens are. */
export interface Holder {
  accountId: AccountId
  integrationId: IntegrationId
  userId: UserId
  familyId: TokenFamilyId
  scopes: readonly AccessScope[]
}

export interface TokenPair {
  accessToken: string
  refreshToken: string
  /** The access token's. */
  expiresAt: Date
}

export type SigningDeps = Pick<Deps, 'clock' | 'newId' | 'tokenSigner' | 'publicUrl'>

const DAY_MS = 24 * 60 * 60_000
export const ACCESS_LIFETIME_MS = DAY_MS
/** Three months. */
const REFRESH_LIFETIME_MS = 92 * DAY_MS

/** Begins a family. `name` is for one that is made by hand; then it is its only token. Sweeps families of which nothing is good. */
export async function beginFamily(
  tx: Tx,
  { newId, clock }: Pick<Deps, 'newId' | 'clock'>,
  holder: Omit<Holder, 'familyId' | 'scopes'>,
  { name, lifetimeMs }: { name: string | null; lifetimeMs: number } = { name: null, lifetimeMs: ACCESS_LIFETIME_MS },
): Promise<TokenFamilyId> {
  const { accountId, integrationId, userId } = holder
  const now = clock.now()
  const id = newId() as TokenFamilyId
  await tx.deleteFrom('token_family').where('account_id', '=', accountId).where('expires_at', '<', now).execute()
  await tx
    .insertInto('token_family')
    .values({
      account_id: accountId,
      id,
      integration_id: integrationId,
      user_id: userId,
      name,
      created_at: now,
      expires_at: new Date(now.getTime() + lifetimeMs),
    })
    .execute()
  return id
}

/** A new pair of the family, which lives as long as its newest refresh token. */
export async function issuePair(tx: Tx, deps: SigningDeps, holder: Holder): Promise<TokenPair> {
  const { accountId, familyId } = holder
  const now = deps.clock.now()
  const expiresAt = new Date(now.getTime() + REFRESH_LIFETIME_MS)
  const { token, hash } = newSecretToken(accountId)
  await tx
    .insertInto('refresh_token')
    .values({ account_id: accountId, token_hash: hash, family_id: familyId, expires_at: expiresAt })
    .execute()
  await tx
    .updateTable('token_family')
    .set({ expires_at: expiresAt })
    .where('account_id', '=', accountId)
    .where('id', '=', familyId)
    .execute()
  return { ...(await signAccess(deps, holder, ACCESS_LIFETIME_MS)), refreshToken: token }
}

/** The claims are those of the CRM's tokens (spec 03 §2.2), and the family. */
export async function signAccess(
  { clock, tokenSigner, publicUrl }: SigningDeps,
  { accountId, integrationId, userId, familyId, scopes }: Holder,
  lifetimeMs: number,
): Promise<{ accessToken: string; expiresAt: Date }> {
  const issuedAt = Math.floor(clock.now().getTime() / 1000)
  const exp = issuedAt + Math.floor(lifetimeMs / 1000)
  const { host } = new URL(publicUrl())
  const accessToken = await tokenSigner.sign({
    aud: integrationId,
    jti: randomUUID(),
    iat: issuedAt,
    nbf: issuedAt,
    exp,
    sub: String(userId),
    grant_type: '',
    account_id: accountId,
    base_domain: host,
    version: 2,
    scopes,
    api_domain: host,
    family_id: familyId,
  })
  return { accessToken, expiresAt: new Date(exp * 1000) }
}

/** All tokens of the family are refused from now on. Answers false when that was so already. */
export async function endFamily(
  tx: Tx,
  actor: Actor,
  family: { id: TokenFamilyId; integrationId: IntegrationId; integrationName: string },
  { at, reason }: { at: Date; reason: 'used_twice' | 'by_integration' | 'by_admin' },
): Promise<boolean> {
  const row = await tx
    .updateTable('token_family')
    .set({ ended_at: at })
    .where('account_id', '=', actor.accountId)
    .where('id', '=', family.id)
    .where('ended_at', 'is', null)
    .returning('name')
    .executeTakeFirst()
  if (!row) return false
  const target = { kind: 'integration', id: family.integrationId, name: family.integrationName } as const
  const details = { reason, ...(row.name !== null && { name: row.name }) }
  await appendAudit(tx, actor, { at, action: 'integration.tokens_revoked', target, details })
  await tellAccount(tx, actor)
  return true
}
