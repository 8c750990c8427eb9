import type { AccountId, ChatId, ContactId, LeadId, UserId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { NewEvent } from '../../events/append-events.ts'

/** Nobody has more leads of one person before his eyes. */
const MOST_LEADS = 200

/**
 * What tells of changed contacts: one event each, and one for every chat of their leads, whose rows and cards show them.
 */
export async function contactEvents(
  tx: Tx,
  accountId: AccountId,
  contactIds: readonly ContactId[],
  actorId: UserId | null,
): Promise<NewEvent[]> {
  if (contactIds.length === 0) return []
  const { rows } = await sql<{ lead_id: LeadId; chat_id: ChatId | null }>`
    select distinct l.id as lead_id, t.chat_id
    from (select account_id, id from lead where account_id = ${accountId} and contact_id = any (${contactIds}::bigint[])
            and deleted_at is null order by updated_at desc limit ${MOST_LEADS}) l
    left join talk t on t.account_id = l.account_id and t.lead_id = l.id
    order by lead_id, chat_id`.execute(tx)
  return [
    ...contactIds.map((contactId): NewEvent => ({ type: 'contact.updated', contactId, actorId })),
    ...rows.map(
      ({ lead_id, chat_id }): NewEvent => ({ type: 'lead.updated', leadId: lead_id, chatId: chat_id, actorId }),
    ),
  ]
}
