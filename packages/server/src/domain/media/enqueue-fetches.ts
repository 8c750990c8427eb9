import type { AccountId, MessageId, ParticipantId } from '@parley/protocol/model'
import type { MediaSlot } from '../../db/schema.ts'
import { plainColumn, type Runner, run, statementsOf } from '../../db/statement.ts'

/** Something that a message or a participant links to and that is to be copied. */
export type NewFetch = {
  accountId: AccountId
  slot: MediaSlot
  /** Absolute, http or https. */
  url: string
  /** More than this is not copied. */
  maxBytes: number
  /** When to begin, milliseconds since 1970. */
  dueAtMs: number
} & ({ ownerKind: 'message'; ownerId: MessageId } | { ownerKind: 'participant'; ownerId: ParticipantId })

/** Begins anew what was tried before: the link is another one, or somebody gave it again. */
const insertFetches = statementsOf('media')(
  'enqueue_fetches',
  `insert into media_fetch (account_id, id, owner_kind, owner_id, slot, url, max_bytes, due_at)
   select account_id, gen_random_uuid(), owner_kind, owner_id, slot, url, max_bytes, to_timestamp(due_ms / 1000.0)
   from unnest($1::int[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::float8[])
     as k (account_id, owner_kind, owner_id, slot, url, max_bytes, due_ms)
   on conflict (account_id, owner_id, slot) do update set url = excluded.url, max_bytes = excluded.max_bytes,
     attempts = 0, due_at = excluded.due_at, leased_until = null, failure = null`,
)

/**
 * Writes down what is to be copied, in the transaction of whatever links to it; of several for one place the last counts.
 * After the commit the caller must call `deps.nudgeMedia()`.
 *
 * Locks:  rows of media_fetch, by owner and slot: after everything else but account_seq.
 */
export async function enqueueFetches(client: Runner, fetches: readonly NewFetch[]): Promise<void> {
  if (fetches.length === 0) return
  const byPlace = new Map(fetches.map((fetch) => [`${fetch.accountId}/${fetch.ownerId}/${fetch.slot}`, fetch]))
  const rows = [...byPlace].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fetch]) => fetch)
  await run(client, insertFetches, [
    plainColumn(rows, (row) => row.accountId),
    plainColumn(rows, (row) => row.ownerKind),
    plainColumn(rows, (row) => row.ownerId),
    plainColumn(rows, (row) => row.slot),
    rows.map((row) => row.url),
    plainColumn(rows, (row) => row.maxBytes),
    plainColumn(rows, (row) => row.dueAtMs),
  ])
}
