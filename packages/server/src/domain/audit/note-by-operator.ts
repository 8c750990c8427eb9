import type { ChannelId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendAudit, type NewAuditEntry } from './append-audit.ts'

/** Writes what the operator did with a channel into the audit log of the account that registered it; where none did, nowhere. */
export async function noteByOperator(
  tx: Tx,
  channelId: ChannelId,
  entry: Pick<NewAuditEntry, 'at' | 'action' | 'details'>,
): Promise<void> {
  const channel = await tx
    .selectFrom('channel')
    .select(['name', 'owner_account_id'])
    .where('id', '=', channelId)
    .executeTakeFirst()
  if (!channel?.owner_account_id) return
  const operator = { accountId: channel.owner_account_id, userId: null, address: null }
  await appendAudit(tx, operator, { ...entry, target: { kind: 'channel', id: channelId, name: channel.name } })
}
