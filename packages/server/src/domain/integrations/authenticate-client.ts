import { timingSafeEqual } from 'node:crypto'
import type { AccessScope, AccountId, IntegrationId } from '@parley/protocol/model'
import { isUuid } from '../../lib/page-key.ts'
import type { Deps } from '../deps.ts'
import { hashOf } from '../users/secret-token.ts'
import { refuseClient } from './oauth-refusal.ts'

/** An integration that has shown its secret. */
export interface Client {
  id: IntegrationId
  name: string
  ownerId: AccountId
  redirectUris: string[]
  scopes: AccessScope[]
}

/**
 * Exception: across tenants, for a client is of no account until it shows a token.
 * @throws {AppError} `not_logged_in`: no such client, or another secret; which of them is not told
 */
export async function authenticateClient(
  { db, secretBox }: Pick<Deps, 'db' | 'secretBox'>,
  { clientId, secret }: { clientId: string; secret: string },
): Promise<Client> {
  const row = isUuid(clientId)
    ? await db
        .selectFrom('integration')
        .selectAll()
        .where('id', '=', clientId.toLowerCase() as IntegrationId)
        .executeTakeFirst()
    : undefined
  // Digests have one length, so the comparison tells nothing of the secret's.
  const isRight = row !== undefined && timingSafeEqual(hashOf(secret), hashOf(secretBox.open(row.secret_sealed)))
  if (!isRight) throw refuseClient('client_id or client_secret is wrong.')
  return {
    id: row.id,
    name: row.name,
    ownerId: row.account_id,
    redirectUris: row.redirect_uris,
    scopes: row.scopes,
  }
}
