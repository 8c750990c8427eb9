import { createHash } from 'node:crypto'
import type { AccountId, TokenFamilyId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import { readSecretToken } from '../users/secret-token.ts'
import type { Client } from './authenticate-client.ts'
import { refuseGrant } from './oauth-refusal.ts'
import { beginFamily, endFamily, issuePair, type SigningDeps, type TokenPair } from './token-family.ts'

export interface CodeExchange {
  code: string
  redirectUri: string
  /** Of PKCE. */
  verifier: string | undefined
  /** Whence the client asks. */
  address: string
}

/**
 * Changes a code for tokens, once. A second use is somebody else's, so what the first one got ends with it.
 * @throws {AppError} with a hint (`oauth-refusal`)
 */
export async function exchangeCode(
  deps: Pick<Deps, 'db' | 'nudge'> & SigningDeps,
  client: Client,
  given: CodeExchange,
): Promise<TokenPair> {
  const key = readSecretToken(given.code)
  if (!key) throw unreadable()
  // A refusal is handed out of the transaction, for what it ended must stay ended.
  const result = await deps.db.transaction().execute(async (tx) => {
    const row = await lockCode(tx, key)
    const refusal = row ? refuse(row, client, given, deps.clock.now()) : unreadable()
    if (!row || refusal) {
      if (row?.family_id && row.integration_id === client.id) await endUsed(tx, deps, client, row, given.address)
      return refusal ?? unreadable()
    }
    const holder = { accountId: key.accountId, integrationId: client.id, userId: row.user_id }
    const familyId = await beginFamily(tx, deps, holder)
    await tx
      .updateTable('authorization_code')
      .set({ family_id: familyId })
      .where('account_id', '=', key.accountId)
      .where('token_hash', '=', key.hash)
      .execute()
    const scopes = row.scopes.filter((scope) => client.scopes.includes(scope))
    return issuePair(tx, deps, { ...holder, familyId, scopes })
  })
  if (!(result instanceof AppError)) return result
  deps.nudge(key.accountId)
  throw result
}

const unreadable = () => refuseGrant('Cannot decrypt the authorization code', 'There is no such code.')

/** Two who bring the same code come one after the other. Without a grant there is no code: they go together. */
const lockCode = (tx: Tx, key: { accountId: AccountId; hash: Buffer }) =>
  tx
    .selectFrom('authorization_code as c')
    .innerJoin('integration_grant as g', (join) =>
      join.onRef('g.account_id', '=', 'c.account_id').onRef('g.integration_id', '=', 'c.integration_id'),
    )
    .selectAll('c')
    .select('g.scopes')
    .where('c.account_id', '=', key.accountId)
    .where('c.token_hash', '=', key.hash)
    .forUpdate('c')
    .executeTakeFirst()

type CodeRow = NonNullable<Awaited<ReturnType<typeof lockCode>>>

function refuse(row: CodeRow, client: Client, given: CodeExchange, now: Date): AppError | undefined {
  if (row.integration_id !== client.id)
    return refuseGrant('Check the `client_id` parameter', 'This code was given to another integration.')
  if (row.family_id !== null)
    return refuseGrant('Authorization code has been revoked', 'This code was used before; a code is good once.')
  if (row.expires_at <= now)
    return refuseGrant('Authorization code has expired', 'This code is older than twenty minutes.')
  if (row.redirect_uri !== given.redirectUri)
    return refuseGrant('Check the `redirect_uri` parameter', 'redirect_uri is not the one that the code was sent to.')
  if (!isProven(row.challenge, given.verifier))
    return refuseGrant('Check the `code_verifier` parameter', 'code_verifier does not belong to the code_challenge.')
  return undefined
}

/** PKCE. A verifier that nobody asked for is refused, too: the challenge was taken away on the way. */
function isProven(challenge: string | null, verifier: string | undefined): boolean {
  if (challenge === null || verifier === undefined) return challenge === null && verifier === undefined
  return createHash('sha256').update(verifier).digest('base64url') === challenge
}

async function endUsed(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  client: Client,
  row: { account_id: AccountId; family_id: TokenFamilyId | null },
  address: string,
): Promise<void> {
  if (row.family_id === null) return
  const family = { id: row.family_id, integrationId: client.id, integrationName: client.name }
  const actor = { accountId: row.account_id, userId: null, address }
  await endFamily(tx, actor, family, { at: clock.now(), reason: 'used_twice' })
}
