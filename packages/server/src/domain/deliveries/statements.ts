import { statementsOf } from '../../db/statement.ts'

/**
 * The SQL of the delivery path: set-based, named (parsed and planned once per connection), one bind parameter per column.
 * Locks are taken in this order: delivery_lane, delivery, message, account_seq.
 */
const statement = statementsOf('delivery')

/**
 * Takes the lanes longest due, at most so many of a channel. Channels are asked one by one, so a channel at its limit
 * is passed over however much it has waiting. Lanes another worker is taking now are skipped, not waited for.
 * Of a channel that is switched off only what a disconnect has ended (due since the epoch) is taken: to be given up.
 * The claim does not wait for the disk: one that a crash of the database forgets is a lane that is claimed again, and whoever
 * had it can settle nothing any more.
 */
export const claimLanes = statement(
  'claim_lanes',
  `with haste as materialized (select set_config('synchronous_commit', 'off', true)),
   due as materialized (
     select l.account_id, l.chat_id, l.channel_id, h.failing_since
     from haste cross join channel c
     left join channel_health h on h.channel_id = c.id
     left join unnest($1::uuid[], $2::int[]) as busy (channel_id, free) on busy.channel_id = c.id
     cross join lateral (
       select account_id, chat_id, channel_id, due_at from delivery_lane
       where channel_id = c.id and due_at <= case when h.switched_off_at is null then $4::timestamptz else 'epoch' end
         and (leased_until is null or leased_until <= $4)
       order by due_at
       limit coalesce(busy.free, $3::int)
       for update skip locked) l
     order by l.due_at
     limit $5)
   update delivery_lane l set leased_until = $6, leased_by = $7
   from due
   join channel c on c.id = due.channel_id
   join account a on a.id = due.account_id
   left join connection n on n.account_id = due.account_id and n.channel_id = due.channel_id
   where l.account_id = due.account_id and l.chat_id = due.chat_id
   returning l.account_id, l.chat_id, l.channel_id, l.settled_turn, l.failures, coalesce(n.title, c.name) as title, a.amojo_id,
     n.connected_at is not null and n.disconnected_at is null as is_connected, c.disabled_at is not null as is_disabled,
     -- Of the account that registered the channel, and of no other.
     coalesce(c.simulated_until > $4 and c.owner_account_id = due.account_id, false) as is_simulated,
     c.webhook_url_v1, c.webhook_url_v2, c.hook_retry,
     case when c.previous_secret_until > $4 and not c.secret_used then c.previous_secret_sealed else c.secret_sealed end
       as secret_sealed, due.failing_since`,
)

/** After the claim and apart from it: what was enqueued while the lane's lock was waited for is seen here. */
export const loadDeliveries = statement(
  'load',
  `select d.account_id, d.chat_id, d.id, d.turn, d.message_id, d.hook_version, d.body, d.attempts
   from unnest($1::int[], $2::uuid[], $3::int[], $4::int[]) as k (account_id, chat_id, settled_turn, n)
   cross join lateral (
     select * from delivery
     where account_id = k.account_id and chat_id = k.chat_id and turn > k.settled_turn
     order by turn
     limit k.n) d
   order by d.account_id, d.chat_id, d.turn`,
)

/** The soonest that is not due yet, of channels that are not switched off. */
export const findNextDue = statement(
  'next_due',
  `select min(l.due_at) as due_at from channel c
   left join channel_health h on h.channel_id = c.id
   cross join lateral (
     select due_at from delivery_lane where channel_id = c.id and due_at > $1 order by due_at limit 1) l
   where h.switched_off_at is null`,
)

/** Only lanes still held under the lease they were claimed with: the others are not answered. */
export const settleLanes = statement(
  'settle_lanes',
  `update delivery_lane l set
     settled_turn = greatest(l.settled_turn, k.settled_turn),
     failures = k.failures,
     due_at = case
       when l.last_turn <= greatest(l.settled_turn, k.settled_turn) then null
       when k.next_try_at is not null then k.next_try_at
       when k.leased_until is null and l.due_at > 'epoch' then $8::timestamptz
       else l.due_at end,
     leased_until = k.leased_until,
     leased_by = case when k.leased_until is null then null else l.leased_by end
   from unnest($1::int[], $2::uuid[], $3::uuid[], $4::int[], $5::int[], $6::timestamptz[], $7::timestamptz[])
     as k (account_id, chat_id, lease, settled_turn, failures, next_try_at, leased_until)
   where l.account_id = k.account_id and l.chat_id = k.chat_id and l.leased_by = k.lease
   returning l.account_id, l.chat_id, l.last_turn > l.settled_turn as has_more`,
)

export const settleDeliveries = statement(
  'settle_deliveries',
  `update delivery d set state = k.state, attempts = k.attempts, last_error = k.failure,
     settled_at = case when k.state = 'waiting' then null else $6::timestamptz end,
     given_up_at = case when k.state = 'given_up' then $6::timestamptz end
   from unnest($1::int[], $2::uuid[], $3::text[], $4::int[], $5::text[]) as k (account_id, id, state, attempts, failure)
   where d.account_id = k.account_id and d.id = k.id`,
)

/** Another worker's row of the same try stands: then the lane is its, too, and this settlement will be undone. */
export const insertAttempts = statement(
  'insert_attempts',
  `insert into delivery_attempt (account_id, delivery_id, attempt, url, started_at, duration_ms, status, error, reply)
   select * from unnest($1::int[], $2::uuid[], $3::int[], $4::text[], $5::timestamptz[], $6::int[], $7::int[], $8::text[], $9::text[])
   on conflict do nothing`,
)

/** A message whose channel has already told more (delivered, read, failed) stays as it is. */
export const settleMessages = statement(
  'settle_messages',
  `with locked as materialized (
     select m.account_id, m.id, k.status, k.failure, k.next_try_at
     from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[])
       as k (account_id, id, status, failure, next_try_at)
     join message m on m.account_id = k.account_id and m.id = k.id
     where m.status = 'queued'
     order by m.account_id, m.id
     for update of m)
   update message m set status = k.status, failure = k.failure, next_try_at = k.next_try_at
   from locked k
   where m.account_id = k.account_id and m.id = k.id
   returning m.account_id, m.id, m.chat_id, m.status`,
)

export const insertFailureNotices = statement(
  'insert_notices',
  `insert into notification (account_id, kind, chat_id, lead_id, message_id)
   select k.account_id, 'delivery_failed', k.chat_id, s.lead_id, k.message_id
   from unnest($1::int[], $2::uuid[], $3::uuid[]) as k (account_id, chat_id, message_id)
   left join chat_state s on s.account_id = k.account_id and s.chat_id = k.chat_id
   returning account_id, id, chat_id, message_id, lead_id`,
)
