import {
  ACCESS_SCOPES,
  type AccessScope,
  type AccountId,
  type IntegrationId,
  type TokenFamilyId,
  type UserId,
} from '@parley/protocol/model'
import type { Deps } from '../deps.ts'
import { MEMBER_COLUMNS, toViewer } from '../users/user-queries.ts'
import type { Viewer } from '../users/viewer.ts'

/** An integration that works in an account, in the name of whoever let it in. */
export interface Access extends Viewer {
  integrationId: IntegrationId
  familyId: TokenFamilyId
  scopes: readonly AccessScope[]
}

/** When a token was last used is written at most once in this time. */
const TOUCH_AFTER_MS = 5 * 60_000

/**
 * Whom an access token lets in; undefined when it is none of ours, too old, revoked, the integration was uninstalled, or its user
 * switched off. What we did not sign costs no query; what we did, one by key, so a revocation counts at once and on every node.
 */
export async function findAccess(
  { db, clock, tokenSigner }: Pick<Deps, 'db' | 'clock' | 'tokenSigner'>,
  token: string,
): Promise<Access | undefined> {
  const now = clock.now()
  const claims = readClaims(await tokenSigner.verify(token, now))
  if (!claims) return undefined
  const row = await db
    .selectFrom('token_family as f')
    .innerJoin('integration_grant as g', (join) =>
      join.onRef('g.account_id', '=', 'f.account_id').onRef('g.integration_id', '=', 'f.integration_id'),
    )
    .innerJoin('integration as i', 'i.id', 'f.integration_id')
    .innerJoin('account_user as u', (join) =>
      join.onRef('u.account_id', '=', 'f.account_id').onRef('u.id', '=', 'f.user_id'),
    )
    .innerJoin('account as a', 'a.id', 'f.account_id')
    .select(MEMBER_COLUMNS)
    .select(['f.last_used_at', 'g.scopes as granted_scopes', 'i.scopes as own_scopes'])
    .where('f.account_id', '=', claims.accountId)
    .where('f.id', '=', claims.familyId)
    .where('f.integration_id', '=', claims.integrationId)
    .where('f.user_id', '=', claims.userId)
    .where('f.ended_at', 'is', null)
    .where('u.disabled_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  if (now.getTime() - (row.last_used_at?.getTime() ?? 0) >= TOUCH_AFTER_MS) {
    await db
      .updateTable('token_family')
      .set({ last_used_at: now })
      .where('account_id', '=', claims.accountId)
      .where('id', '=', claims.familyId)
      .execute()
  }
  const scopes = claims.scopes.filter((one) => row.granted_scopes.includes(one) && row.own_scopes.includes(one))
  return { ...toViewer(row), integrationId: claims.integrationId, familyId: claims.familyId, scopes }
}

/** What an access token says; we wrote it, so nothing but its being ours is in doubt. */
function readClaims(claims: Record<string, unknown> | undefined) {
  if (claims === undefined || !Array.isArray(claims.scopes)) return undefined
  const given: unknown[] = claims.scopes
  return {
    accountId: claims.account_id as AccountId,
    userId: Number(claims.sub) as UserId,
    integrationId: claims.aud as IntegrationId,
    familyId: claims.family_id as TokenFamilyId,
    scopes: ACCESS_SCOPES.filter((scope) => given.includes(scope)),
  }
}
