import type { AccountId, ChatId, EarlierText, MessageId } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'

/**
 * What a message said before its edits.
 *
 * Shape:  empty for one that was never edited; what it says now is not among them.
 * Order:  oldest first: the first is what was sent.
 * Errors: `not_found` when the chat has no such message.
 */
export async function listEarlierTexts(
  db: Db,
  accountId: AccountId,
  { chatId, messageId }: { chatId: ChatId; messageId: MessageId },
): Promise<EarlierText[]> {
  const rows = await db
    .selectFrom('message as m')
    .leftJoin('message_edit as e', (join) =>
      join.onRef('e.account_id', '=', 'm.account_id').onRef('e.message_id', '=', 'm.id'),
    )
    .select(['e.kind', 'e.body', 'e.replaced_at'])
    .where('m.account_id', '=', accountId)
    .where('m.id', '=', messageId)
    .where('m.chat_id', '=', chatId)
    .orderBy('e.version')
    .execute()
  if (rows.length === 0) throw new AppError('not_found', 'There is no such message in this chat.')
  return rows.flatMap(({ kind, body, replaced_at }) =>
    kind === null ? [] : [{ kind, text: body ?? '', replacedAt: replaced_at?.getTime() ?? 0 }],
  )
}
