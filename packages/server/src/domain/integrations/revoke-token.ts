import type { AccountId, IntegrationId, TokenFamilyId } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import type { Actor } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { readSecretToken } from '../users/secret-token.ts'
import type { Client } from './authenticate-client.ts'
import { findAccess } from './find-access.ts'
import { endFamily } from './token-family.ts'

type RevokeDeps = Pick<Deps, 'db' | 'clock' | 'nudge' | 'tokenSigner'>

/**
 * An integration gives up a token of its own (RFC 7009), and with it all that came from the same consent. What is none of its
 * tokens is passed over: whoever asks has none to lose.
 */
export async function revokeToken(deps: RevokeDeps, client: Client, token: string, address: string): Promise<void> {
  const found = (await findByRefreshToken(deps, token)) ?? (await findByAccessToken(deps, token))
  if (found?.integrationId !== client.id) return
  const { accountId, familyId } = found
  const family = { id: familyId, integrationId: client.id, integrationName: client.name }
  const at = deps.clock.now()
  await deps.db
    .transaction()
    .execute((tx) => endFamily(tx, { accountId, userId: null, address }, family, { at, reason: 'by_integration' }))
  deps.nudge(accountId)
}

/**
 * An admin ends a token that was made by hand.
 * @throws {AppError} `not_found`
 */
export async function revokeLongLived(
  deps: Pick<Deps, 'db' | 'clock' | 'nudge'>,
  actor: Actor,
  integrationId: IntegrationId,
  id: TokenFamilyId,
): Promise<void> {
  const { accountId } = actor
  await deps.db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('token_family as f')
      .innerJoin('integration as i', 'i.id', 'f.integration_id')
      .select('i.name')
      .where('f.account_id', '=', accountId)
      .where('f.id', '=', id)
      .where('f.integration_id', '=', integrationId)
      .executeTakeFirst()
    if (!row) throw new AppError('not_found', 'There is no such token in this account.')
    const family = { id, integrationId, integrationName: row.name }
    await endFamily(tx, actor, family, { at: deps.clock.now(), reason: 'by_admin' })
  })
  deps.nudge(accountId)
}

interface Found {
  accountId: AccountId
  integrationId: IntegrationId
  familyId: TokenFamilyId
}

async function findByRefreshToken({ db }: RevokeDeps, token: string): Promise<Found | undefined> {
  const key = readSecretToken(token)
  if (!key) return undefined
  const row = await db
    .selectFrom('refresh_token as t')
    .innerJoin('token_family as f', (join) =>
      join.onRef('f.account_id', '=', 't.account_id').onRef('f.id', '=', 't.family_id'),
    )
    .select(['f.id', 'f.integration_id'])
    .where('t.account_id', '=', key.accountId)
    .where('t.token_hash', '=', key.hash)
    .executeTakeFirst()
  return row && { accountId: key.accountId, integrationId: row.integration_id, familyId: row.id }
}

async function findByAccessToken(deps: RevokeDeps, token: string): Promise<Found | undefined> {
  const access = await findAccess(deps, token)
  return access && { accountId: access.account.id, integrationId: access.integrationId, familyId: access.familyId }
}
