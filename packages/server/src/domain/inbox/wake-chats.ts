import type { AccountId, ChatId } from '@parley/protocol/model'
import { sql } from 'kysely'
import { appendEvents } from '../../events/append-events.ts'
import type { Deps } from '../deps.ts'

const AT_ONCE = 200

/**
 * Wakes chats whose rest is over: they come to the top of their lists, unread, so that nobody overlooks them. Answers how many;
 * call it again while there are any. Any number of nodes may do it.
 */
export async function wakeDueChats({ db, clock, nudge }: Pick<Deps, 'db' | 'clock' | 'nudge'>): Promise<number> {
  const now = clock.now()
  // Across tenants, by the index of the lists: it is a moment behind at most.
  const due = await db
    .selectFrom('inbox_chat')
    .select(['account_id', 'chat_id'])
    .where('snoozed_until', '<=', now)
    .orderBy('snoozed_until')
    .limit(AT_ONCE)
    .execute()
  let woken = 0
  for (const accountId of new Set(due.map((row) => row.account_id))) {
    const chatIds = due.filter((row) => row.account_id === accountId).map((row) => row.chat_id)
    woken += await wake({ db, nudge }, accountId, chatIds, now)
  }
  return woken
}

/** The true row decides: somebody may have snoozed it anew, or the client has woken it. */
async function wake(
  { db, nudge }: Pick<Deps, 'db' | 'nudge'>,
  accountId: AccountId,
  chatIds: readonly ChatId[],
  now: Date,
): Promise<number> {
  const woken = await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ chat_id: ChatId }>`
      with due as materialized (
        select chat_id from chat_state
        where account_id = ${accountId} and chat_id = any (${chatIds}::uuid[]) and snoozed_until <= ${now}
        order by chat_id for update)
      update chat_state s set snoozed_until = null, rest_unread = 0, unread = greatest(s.unread, 1),
        activity_at = greatest(s.activity_at, ${now}::timestamptz),
        activity_minute = floor(extract(epoch from greatest(s.activity_at, ${now}::timestamptz)) / 60)::int
      from due where s.account_id = ${accountId} and s.chat_id = due.chat_id
      returning s.chat_id`.execute(tx)
    await appendEvents(
      tx,
      accountId,
      rows.map(({ chat_id }) => ({ type: 'chat.woken', chatId: chat_id })),
    )
    return rows.length
  })
  if (woken > 0) nudge(accountId)
  return woken
}
