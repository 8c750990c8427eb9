import type { IntegrationId } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'
import type { Client } from './authenticate-client.ts'
import { type Allowed, allowIntegration } from './consent.ts'

/** Brings an integration a code: calls `address`, its redirect URI with the code in the query, once and in passing. */
export type SendCode = (id: IntegrationId, address: string) => void

/**
 * For programs of the time before OAuth: whoever holds an admin's API key lets the integration in as that admin would, without a
 * screen (spec 03 §2.3). The code is for the redirect URI that was registered first.
 * @param address whence the client asks
 * @throws {AppError} `forbidden`: no admin; `not_found`: the integration is not for this account
 */
export async function exchangeKey(
  deps: Pick<Deps, 'db' | 'clock' | 'nudge'>,
  client: Client,
  { account, user }: Viewer,
  address: string,
): Promise<Allowed> {
  if (user.role !== 'admin') throw new AppError('forbidden', 'Only an admin of the account installs integrations.')
  return allowIntegration(deps, { accountId: account.id, userId: user.id, address }, { clientId: client.id }, null)
}
