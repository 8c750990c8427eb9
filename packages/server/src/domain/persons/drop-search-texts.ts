import type { AccountId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { ErasureScope } from '../../db/schema.ts'
import { chatFact } from '../search/facts.ts'
import { anyOf } from '../search/to-tsquery.ts'

/** Takes out of the index what was said in these chats, and what was noted about these leads and contacts. */
export async function dropSearchTexts(tx: Tx, accountId: AccountId, scope: ErasureScope): Promise<void> {
  const { chatIds, leadIds, contactIds } = scope
  if (chatIds.length > 0)
    await sql`delete from search_text where account_id = ${accountId}
      and vector @@ ${anyOf(chatIds.map(chatFact))}::tsquery and chat_id = any (${chatIds}::uuid[])`.execute(tx)
  await sql`delete from search_text where account_id = ${accountId} and id in (
    select id from note where account_id = ${accountId} and (
      lead_id = any (${leadIds}::bigint[]) or contact_id = any (${contactIds}::bigint[])))`.execute(tx)
}
