import type { AccountId } from '@parley/protocol/model'
import type { Db, Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import { readSecretToken } from '../users/secret-token.ts'
import type { Client } from './authenticate-client.ts'
import { refuseGrant, revoked } from './oauth-refusal.ts'
import { endFamily, issuePair, type SigningDeps, type TokenPair } from './token-family.ts'

/** A client whose answer was lost asks again within this time, and gets the same one. */
const SAME_AGAIN_MS = 30_000

type RefreshDeps = Pick<Deps, 'db' | 'nudge' | 'secretBox'> & SigningDeps

/**
 * Changes a refresh token for a new pair, once. Whoever comes with it later has it from somebody else: nobody can tell which of the
 * two is the thief, so the whole family ends.
 * @throws {AppError} with a hint (`oauth-refusal`)
 */
export async function refreshTokens(
  deps: RefreshDeps,
  client: Client,
  given: { refreshToken: string; address: string },
): Promise<TokenPair> {
  const key = readSecretToken(given.refreshToken)
  if (!key) throw unknown()
  // A refusal is handed out of the transaction, for what it ended must stay ended.
  const result = await deps.db.transaction().execute(async (tx) => {
    // Two who bring the same token come one after the other.
    const row = await findRow(tx, key).forUpdate('t').executeTakeFirst()
    if (!row) return unknown()
    if (row.integration_id !== client.id)
      return refuseGrant('Check the `client_id` parameter', 'This token was given to another integration.')
    if (row.ended_at !== null || row.scopes === null || row.disabled_at !== null) return revoked()
    if (row.used_at !== null) return useAgain(tx, deps, client, row, given.address)
    if (row.expires_at <= deps.clock.now()) return unknown()
    const pair = await issuePair(tx, deps, {
      accountId: key.accountId,
      integrationId: client.id,
      userId: row.user_id,
      familyId: row.family_id,
      scopes: row.scopes.filter((scope) => client.scopes.includes(scope)),
    })
    await tx
      .updateTable('refresh_token')
      .set({ used_at: deps.clock.now(), next_sealed: deps.secretBox.seal(JSON.stringify(pair)) })
      .where('account_id', '=', key.accountId)
      .where('token_hash', '=', key.hash)
      .execute()
    return pair
  })
  if (!(result instanceof AppError)) return result
  deps.nudge(key.accountId)
  throw result
}

const unknown = () => refuseGrant('Invalid refresh token', 'There is no such refresh token, or it is too old.')

/** Also where it is not good any more; `scopes` are null when the integration is not installed now. */
function findRow(db: Db | Tx, key: { accountId: AccountId; hash: Buffer }) {
  return db
    .selectFrom('refresh_token as t')
    .innerJoin('token_family as f', (join) =>
      join.onRef('f.account_id', '=', 't.account_id').onRef('f.id', '=', 't.family_id'),
    )
    .innerJoin('account_user as u', (join) =>
      join.onRef('u.account_id', '=', 'f.account_id').onRef('u.id', '=', 'f.user_id'),
    )
    .leftJoin('integration_grant as g', (join) =>
      join.onRef('g.account_id', '=', 'f.account_id').onRef('g.integration_id', '=', 'f.integration_id'),
    )
    .selectAll('t')
    .select(['f.integration_id', 'f.user_id', 'f.ended_at', 'u.disabled_at', 'g.scopes'])
    .where('t.account_id', '=', key.accountId)
    .where('t.token_hash', '=', key.hash)
}

type RefreshRow = Awaited<ReturnType<ReturnType<typeof findRow>['executeTakeFirstOrThrow']>>

async function useAgain(
  tx: Tx,
  { clock, secretBox }: RefreshDeps,
  client: Client,
  row: RefreshRow,
  address: string,
): Promise<TokenPair | AppError> {
  const at = clock.now()
  const agoMs = at.getTime() - row.used_at!.getTime()
  if (row.next_sealed && agoMs >= 0 && agoMs < SAME_AGAIN_MS) {
    const pair = JSON.parse(secretBox.open(row.next_sealed)) as TokenPair
    return { ...pair, expiresAt: new Date(pair.expiresAt) }
  }
  const family = { id: row.family_id, integrationId: client.id, integrationName: client.name }
  await endFamily(tx, { accountId: row.account_id, userId: null, address }, family, { at, reason: 'used_twice' })
  return revoked()
}

/** Whose account a refresh token opens; undefined when it opens none. It is not used up. */
export async function findAccountOfRefreshToken(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  refreshToken: string,
): Promise<AccountId | undefined> {
  const key = readSecretToken(refreshToken)
  const row = key && (await findRow(db, key).executeTakeFirst())
  const isGood =
    row !== undefined &&
    row.used_at === null &&
    row.ended_at === null &&
    row.scopes !== null &&
    row.disabled_at === null &&
    row.expires_at > clock.now()
  return isGood ? row.account_id : undefined
}
