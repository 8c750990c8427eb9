import type { AccountId, ChangeLeadRequest, LeadId, TagId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'

/** Puts tags on a lead and takes others off. Answers what really came and went. */
export async function changeTags(
  tx: Tx,
  accountId: AccountId,
  leadId: LeadId,
  { addTagIds = [], removeTagIds = [] }: ChangeLeadRequest,
): Promise<{ added: TagId[]; removed: TagId[] }> {
  const added =
    addTagIds.length === 0
      ? []
      : await tx
          .insertInto('lead_tag')
          .columns(['account_id', 'lead_id', 'tag_id'])
          .expression((eb) =>
            eb
              .selectFrom('tag')
              .select((tag) => ['account_id', tag.val(leadId).as('lead_id'), 'id'])
              .where('account_id', '=', accountId)
              .where('id', 'in', addTagIds as TagId[]),
          )
          .onConflict((conflict) => conflict.doNothing())
          .returning('tag_id')
          .execute()
  const removed =
    removeTagIds.length === 0
      ? []
      : await tx
          .deleteFrom('lead_tag')
          .where('account_id', '=', accountId)
          .where('lead_id', '=', leadId)
          .where('tag_id', 'in', removeTagIds as TagId[])
          .returning('tag_id')
          .execute()
  return { added: added.map((row) => row.tag_id), removed: removed.map((row) => row.tag_id) }
}
