import type { AccountId } from '@parley/protocol/model'
import type pg from 'pg'
import { commit, inOneWrite, plainColumn, type Runner, run, statementsOf } from '../db/statement.ts'
import type { NewEvent } from './append-events.ts'

/** An event of one of many accounts. */
export interface BatchEvent extends NewEvent {
  accountId: AccountId
}

const statement = statementsOf('events')

/**
 * Takes a range of numbers per account and writes the events under them. The row locks hold until the commit, so numbers
 * come in commit order.
 */
const writeEvents = statement(
  'write',
  `with locked as materialized (
     select account_id from account_seq where account_id = any ($1::int[]) order by account_id for update),
   taken as (
     update account_seq s set last_seq = s.last_seq + k.n
     from unnest($1::int[], $2::int[]) as k (account_id, n), locked
     where s.account_id = k.account_id and locked.account_id = k.account_id
     returning s.account_id, s.last_seq - k.n as before)
   insert into event (account_id, seq, type, chat_id, message_id, lead_id, notification_id, user_id)
   select e.account_id, taken.before + e.nth, e.type, e.chat_id, e.message_id, e.lead_id, e.notification_id, e.user_id
   from unnest($3::int[], $4::int[], $5::text[], $6::uuid[], $7::uuid[], $8::bigint[], $9::bigint[], $10::bigint[])
     as e (account_id, nth, type, chat_id, message_id, lead_id, notification_id, user_id)
   join taken using (account_id)`,
)

/**
 * `appendEvents` for many accounts at once, set-based, as the last thing of a transaction that it also commits.
 * Answers the accounts to nudge.
 *
 * Order:  events of an account are numbered in the order given.
 * Locks:  the accounts' counters, in account order, until the commit.
 */
export async function commitWithEvents(client: pg.ClientBase, events: readonly BatchEvent[]): Promise<AccountId[]> {
  if (events.length === 0) {
    await commit(client)
    return []
  }
  // Together: when the events cannot be written, the commit that follows them on the wire ends in a rollback.
  await inOneWrite(client, () => Promise.all([appendBatch(client, events), commit(client)]))
  return [...new Set(events.map(({ accountId }) => accountId))]
}

/** The same without the commit, for a transaction that has more to write. Locks as there. */
export async function appendBatch(client: Runner, events: readonly BatchEvent[]): Promise<void> {
  if (events.length === 0) return
  const counts = new Map<AccountId, number>()
  const nth = events.map(({ accountId }) => {
    const count = (counts.get(accountId) ?? 0) + 1
    counts.set(accountId, count)
    return count
  })
  await run(client, writeEvents, [
    plainColumn([...counts.keys()], (accountId) => accountId),
    plainColumn([...counts.values()], (count) => count),
    plainColumn(events, (event) => event.accountId),
    plainColumn(nth, (number) => number),
    plainColumn(events, (event) => event.type),
    plainColumn(events, (event) => event.chatId ?? null),
    plainColumn(events, (event) => event.messageId ?? null),
    plainColumn(events, (event) => event.leadId ?? null),
    plainColumn(events, (event) => event.notificationId ?? null),
    plainColumn(events, (event) => event.userId ?? null),
  ])
}
