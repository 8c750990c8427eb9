import type { AccountId, ChatId, UserId } from '@parley/protocol/model'
import { appendEvents } from '../../events/append-events.ts'
import type { Deps } from '../deps.ts'

interface Reader {
  accountId: AccountId
  chatId: ChatId
  userId: UserId
}

/**
 * A user has the chat's newest messages before his eyes: nothing in it is unread for anybody, and its notifications are
 * read for him. Safe to repeat; a chat that was all read changes nothing. An unknown chat is as read as can be.
 */
export async function markChatRead(
  deps: Pick<Deps, 'db' | 'nudge'>,
  { accountId, chatId, userId }: Reader,
): Promise<void> {
  const hasChanged = await deps.db.transaction().execute(async (tx) => {
    const state = await tx
      .updateTable('chat_state')
      .set({ unread: 0 })
      .where('account_id', '=', accountId)
      .where('chat_id', '=', chatId)
      .where('unread', '>', 0)
      .returning('chat_id')
      .executeTakeFirst()
    const notices = await tx
      .insertInto('notification_read')
      .columns(['account_id', 'user_id', 'notification_id'])
      .expression((eb) =>
        eb
          .selectFrom('notification as n')
          .innerJoin('account_user as u', (join) =>
            join.onRef('u.account_id', '=', 'n.account_id').on('u.id', '=', userId),
          )
          .select((select) => ['n.account_id', 'u.id as user_id', select.ref('n.id').as('notification_id')])
          .where('n.account_id', '=', accountId)
          .where('n.chat_id', '=', chatId)
          .whereRef('n.id', '>', 'u.notifications_read_to')
          .where((or) => or.or([or('n.target_user_id', 'is', null), or('n.target_user_id', '=', userId)])),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning('notification_id')
      .execute()
    await appendEvents(tx, accountId, [
      ...(state ? [{ type: 'chat.read' as const, chatId }] : []),
      ...(notices.length > 0 ? [{ type: 'notification.read' as const, userId }] : []),
    ])
    return state !== undefined || notices.length > 0
  })
  if (hasChanged) deps.nudge(accountId)
}
