import { createHmac } from 'node:crypto'
import type { AccountId, IntegrationId } from '@parley/protocol/model'

/** An integration's address with what the hook *integration disabled* says and its signature (spec 02 C1). */
export function uninstallAddress(
  address: string,
  { id, accountId, secret }: { id: IntegrationId; accountId: AccountId; secret: string },
): string {
  const url = new URL(address)
  url.searchParams.set('account_id', String(accountId))
  url.searchParams.set('client_uuid', id)
  url.searchParams.set('client_id', id)
  url.searchParams.set('signature', createHmac('sha256', secret).update(`${id}${accountId}`).digest('hex'))
  return url.href
}
