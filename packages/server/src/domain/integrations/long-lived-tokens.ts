import type { AccountId, IntegrationId, LongLivedToken, NewLongLivedTokenRequest, UserId } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { tellAccount } from './tell-account.ts'
import { beginFamily, type SigningDeps, signAccess } from './token-family.ts'

const DAY_MS = 24 * 60 * 60_000
const MOST_TOKENS = 20

/** Those of an integration in this account that are good, newest first; few (`MOST_TOKENS`). */
export async function listLongLived(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  accountId: AccountId,
  integrationId: IntegrationId,
): Promise<LongLivedToken[]> {
  const rows = await goodOnes(db, accountId, integrationId, clock.now()).orderBy('id', 'desc').execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name ?? '',
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    lastUsedAt: row.last_used_at?.getTime() ?? null,
  }))
}

/**
 * An access token that needs no refreshing, for a program that cannot be sent anywhere. It is shown once.
 * @throws {AppError} `conflict`: the integration is not installed in this account, or has as many as it may
 */
export async function makeLongLived(
  deps: Pick<Deps, 'db' | 'nudge'> & SigningDeps,
  actor: Actor & { userId: UserId },
  integrationId: IntegrationId,
  { name, lifetimeDays }: NewLongLivedTokenRequest,
): Promise<{ token: string; expiresAt: number }> {
  const { accountId, userId } = actor
  const lifetimeMs = lifetimeDays * DAY_MS
  const made = await deps.db.transaction().execute(async (tx) => {
    const grant = await tx
      .selectFrom('integration_grant as g')
      .innerJoin('integration as i', 'i.id', 'g.integration_id')
      .select(['i.name', 'g.scopes', 'i.scopes as own_scopes'])
      .where('g.account_id', '=', accountId)
      .where('g.integration_id', '=', integrationId)
      .forUpdate('g')
      .executeTakeFirst()
    if (!grant) throw new AppError('conflict', 'This integration is not installed in this account. Install it first.')
    const good = await goodOnes(tx, accountId, integrationId, deps.clock.now()).execute()
    if (good.length >= MOST_TOKENS)
      throw new AppError('conflict', `An integration has at most ${MOST_TOKENS} long-lived tokens. Revoke one first.`)
    const holder = { accountId, integrationId, userId }
    const familyId = await beginFamily(tx, deps, holder, { name, lifetimeMs })
    const target = { kind: 'integration', id: integrationId, name: grant.name } as const
    const at = deps.clock.now()
    const details = { name, lifetimeDays }
    await appendAudit(tx, actor, { at, action: 'integration.token_made', target, details })
    await tellAccount(tx, actor)
    const scopes = grant.scopes.filter((scope) => grant.own_scopes.includes(scope))
    return signAccess(deps, { ...holder, familyId, scopes }, lifetimeMs)
  })
  deps.nudge(accountId)
  return { token: made.accessToken, expiresAt: made.expiresAt.getTime() }
}

const goodOnes = (db: Db, accountId: AccountId, integrationId: IntegrationId, now: Date) =>
  db
    .selectFrom('token_family')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('integration_id', '=', integrationId)
    .where('name', 'is not', null)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
