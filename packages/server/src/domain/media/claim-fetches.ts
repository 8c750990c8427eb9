import type { AccountId, MessageId, MessageKind, ParticipantId } from '@parley/protocol/model'
import type { MediaSlot } from '../../db/schema.ts'
import { plainColumn, run, statementsOf } from '../../db/statement.ts'
import type { Deps } from '../deps.ts'

export type FetchDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'nudge'>

/** Something to be copied, in the hands of who claimed it. */
export type ClaimedFetch = {
  accountId: AccountId
  id: string
  slot: MediaSlot
  url: string
  /** As the claim knows it: hosts take turns. */
  host: string
  maxBytes: number
  /** With this one, from 1. Names the claim, too: what another claim or a new link has raised or reset is not ours. */
  attempts: number
} & (
  | { ownerKind: 'message'; ownerId: MessageId; messageKind: MessageKind | null }
  | { ownerKind: 'participant'; ownerId: ParticipantId; messageKind: null }
)

export interface FetchClaim {
  /** In all. */
  limit: number
  /** Of one host… */
  hostLimit: number
  /** …and of those that something is in hand of: how many more. */
  free: ReadonlyMap<string, number>
  /** What this node has in hand, however long that takes. A new link has no lease, and need not wait for the old one. */
  inHand: readonly string[]
  leaseMs: number
}

interface FetchRow {
  account_id: AccountId
  id: string
  owner_kind: 'message' | 'participant'
  owner_id: string
  slot: MediaSlot
  url: string
  host: string
  max_bytes: number
  attempts: number
  message_kind: MessageKind | null
}

const statement = statementsOf('media')

/**
 * Goes from host to host in the index, so a host with a hundred thousand links that hangs costs one look. Each gives what it
 * has longest due, and the first of each comes before the second of any.
 */
const claim = statement(
  'claim_fetches',
  `with recursive hosts as (
     (select host from media_fetch where due_at is not null order by host limit 1)
     union all
     select (select f.host from media_fetch f where f.due_at is not null and f.host > hosts.host order by f.host limit 1)
     from hosts where hosts.host is not null),
   busy as (select * from unnest($1::text[], $2::int[]) as b (host, places)),
   due as (
     select d.account_id, d.id from hosts left join busy using (host)
     cross join lateral (
       select account_id, id, due_at, row_number() over (order by due_at) as turn
       from (
         select account_id, id, due_at from media_fetch f
         where f.host = hosts.host and f.due_at <= $4
           and (f.leased_until is null or (f.leased_until <= $4 and f.id <> all ($5::uuid[])))
         order by f.due_at limit coalesce(busy.places, $3)) longest) d
     where hosts.host is not null
     order by d.turn, d.due_at limit $6),
   picked as materialized (
     select f.account_id, f.id from media_fetch f join due using (account_id, id)
     where f.due_at <= $4 and (f.leased_until is null or f.leased_until <= $4)
     for update of f skip locked)
   update media_fetch f set leased_until = $7, attempts = f.attempts + 1
   from picked where f.account_id = picked.account_id and f.id = picked.id
   returning f.account_id, f.id, f.owner_kind, f.owner_id, f.slot, f.url, f.host, f.max_bytes, f.attempts,
     (select m.kind from message m
      where f.owner_kind = 'message' and m.account_id = f.account_id and m.id = f.owner_id) as message_kind`,
)

/** Takes what is due and leases it; a lease that ran out was a dead worker's, and its links are due again. */
export async function claimFetches({ hotPool, clock }: FetchDeps, request: FetchClaim): Promise<ClaimedFetch[]> {
  const now = clock.now()
  const rows = await run<FetchRow>(hotPool, claim, [
    [...request.free.keys()],
    [...request.free.values()],
    request.hostLimit,
    now,
    request.inHand,
    request.limit,
    new Date(now.getTime() + request.leaseMs),
  ])
  return rows.map(toFetch)
}

function toFetch(row: FetchRow): ClaimedFetch {
  const { account_id: accountId, id, slot, url, host, max_bytes: maxBytes, attempts } = row
  const common = { accountId, id, slot, url, host, maxBytes, attempts }
  return row.owner_kind === 'message'
    ? { ...common, ownerKind: 'message', ownerId: row.owner_id as MessageId, messageKind: row.message_kind }
    : { ...common, ownerKind: 'participant', ownerId: row.owner_id as ParticipantId, messageKind: null }
}

const renew = statement(
  'renew_fetches',
  `update media_fetch f set leased_until = $4
   from unnest($1::int[], $2::uuid[], $3::int[]) as k (account_id, id, attempts)
   where f.account_id = k.account_id and f.id = k.id and f.attempts = k.attempts and f.due_at is not null`,
)

/** Says that these are still being worked on. */
export async function renewFetches(
  { hotPool, clock }: FetchDeps,
  fetches: readonly ClaimedFetch[],
  leaseMs: number,
): Promise<void> {
  if (fetches.length === 0) return
  await run(hotPool, renew, [
    plainColumn(fetches, (fetch) => fetch.accountId),
    plainColumn(fetches, (fetch) => fetch.id),
    plainColumn(fetches, (fetch) => fetch.attempts),
    new Date(clock.now().getTime() + leaseMs),
  ])
}

/**
 * Gives everything back at once. Only for the start of a node that is alone on its database (the embedded one): what is
 * leased then was in the hands of this server's earlier life.
 */
export async function releaseFetches({ db }: Pick<Deps, 'db'>): Promise<void> {
  await db.updateTable('media_fetch').set({ leased_until: null }).where('leased_until', 'is not', null).execute()
}
