import type { AccountId } from '@parley/protocol/model'
import type pg from 'pg'
import { commit, inOneWrite, plainColumn, run, statementsOf } from '../db/statement.ts'
import type { NewEvent } from './append-events.ts'

/** An event of one of many accounts. */
export interface BatchEvent extends NewEvent {
  accountId: AccountId
}

const statement = statementsOf('events')

/** Takes a range of numbers per account; the row locks hold until the commit, so numbers come in commit order. */
const takeNumbers = statement(
  'take_numbers',
  `with locked as materialized (
     select account_id from account_seq where account_id = any ($1::int[]) order by account_id for update)
   update account_seq s set last_seq = s.last_seq + k.n
   from unnest($1::int[], $2::int[]) as k (account_id, n), locked
   where s.account_id = k.account_id and locked.account_id = k.account_id
   returning s.account_id, s.last_seq`,
)

const insertEvents = statement(
  'insert',
  `insert into event (account_id, seq, type, chat_id, message_id, lead_id, notification_id, user_id)
   select * from unnest($1::int[], $2::bigint[], $3::text[], $4::uuid[], $5::uuid[], $6::bigint[], $7::bigint[], $8::bigint[])`,
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
  const counts = new Map<AccountId, number>()
  for (const { accountId } of events) counts.set(accountId, (counts.get(accountId) ?? 0) + 1)
  const accounts = [...counts.keys()]
  const taken = await run<{ account_id: AccountId; last_seq: number }>(client, takeNumbers, [
    accounts,
    [...counts.values()],
  ])
  const next = new Map(taken.map((row) => [row.account_id, row.last_seq - (counts.get(row.account_id) ?? 0) + 1]))
  const values = [
    plainColumn(events, (event) => event.accountId),
    plainColumn(events, (event) => takeNext(next, event.accountId)),
    plainColumn(events, (event) => event.type),
    plainColumn(events, (event) => event.chatId ?? null),
    plainColumn(events, (event) => event.messageId ?? null),
    plainColumn(events, (event) => event.leadId ?? null),
    plainColumn(events, (event) => event.notificationId ?? null),
    plainColumn(events, (event) => event.userId ?? null),
  ]
  // Together: when the insert fails, the commit that follows it on the wire ends in a rollback.
  await inOneWrite(client, () => Promise.all([run(client, insertEvents, values), commit(client)]))
  return accounts
}

function takeNext(next: Map<AccountId, number>, accountId: AccountId): number {
  const seq = next.get(accountId)
  if (seq === undefined) throw new Error(`Account ${accountId} has no event counter.`)
  next.set(accountId, seq + 1)
  return seq
}
