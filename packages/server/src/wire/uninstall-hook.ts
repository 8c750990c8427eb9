import { createHmac } from 'node:crypto'
import type { AccountId, IntegrationId } from '@parley/protocol/model'
import { withQuery } from '../lib/with-query.ts'

/** An integration's address with what the hook *integration disabled* says and its signature (spec 02 C1). */
export function uninstallAddress(
  address: string,
  { id, accountId, secret }: { id: IntegrationId; accountId: AccountId; secret: string },
): string {
  return withQuery(address, {
    account_id: String(accountId),
    client_uuid: id,
    client_id: id,
    signature: createHmac('sha256', secret).update(`${id}${accountId}`).digest('hex'),
  })
}
