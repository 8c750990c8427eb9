import type { AccountId, ChatId, UserId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import type { Deps } from '../deps.ts'
import { stateSql } from './chat-state.ts'

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
    const isRead = await readChat(tx, accountId, chatId)
    const hasNotices = await readNotices(tx, { accountId, userId, chatIds: [chatId] })
    await appendEvents(tx, accountId, [
      ...(isRead ? [{ type: 'chat.read' as const, chatId, actorId: userId }] : []),
      ...(hasNotices ? [{ type: 'notification.read' as const, userId }] : []),
    ])
    return isRead || hasNotices
  })
  if (hasChanged) deps.nudge(accountId)
}

/** A chat that a message has opened stays open: what it was closed or put to rest with is forgotten (see `stateSql`). */
async function readChat(tx: Tx, accountId: AccountId, chatId: ChatId): Promise<boolean> {
  const { rows } = await sql`
    update chat_state s set unread = 0, rest_unread = 0,
      closed_at = case when ${sql.raw(stateSql('s'))} = 2 then s.closed_at end,
      snoozed_until = case when ${sql.raw(stateSql('s'))} = 1 then s.snoozed_until end
    where s.account_id = ${accountId} and s.chat_id = ${chatId}::uuid and s.unread > 0
    returning s.chat_id`.execute(tx)
  return rows.length > 0
}

/** Notifications of these chats are read for the user; false when they were. */
export async function readNotices(
  tx: Tx,
  { accountId, userId, chatIds }: Omit<Reader, 'chatId'> & { chatIds: readonly ChatId[] },
): Promise<boolean> {
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
        .where('n.chat_id', 'in', chatIds)
        .whereRef('n.id', '>', 'u.notifications_read_to')
        .where((or) => or.or([or('n.target_user_id', 'is', null), or('n.target_user_id', '=', userId)])),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('notification_id')
    .execute()
  return notices.length > 0
}
