import type { AccountId, LeadId } from '@parley/protocol/model'
import { run, statementsOf } from '../../db/statement.ts'
import type { Follower } from '../../events/follow-events.ts'
import type { StoredEvent } from '../../events/list-events.ts'
import { COUNTED_NOW } from './counted.ts'

export const LEAD_COUNTS = 'lead-counts'

/**
 * Moves the counts of what became of these leads: from how each stood when it was counted last to how it stands now. What
 * happened in between, and how often, does not matter.
 */
const recount = statementsOf('board')(
  'recount',
  `with now as (${COUNTED_NOW}),
   old as (select * from lead_counted where account_id = $1 and lead_id = any ($2::bigint[])),
   moved as (
     select pipeline_id, stage_id, responsible_user_id, channel_id, source_external_id, sum(n)::int as leads, sum(n * price) as total
     from (select 1 as n, now.* from now union all select -1 as n, old.* from old) each
     group by 1, 2, 3, 4, 5),
   gone as (
     delete from lead_counted c using old
     where c.account_id = $1 and c.lead_id = old.lead_id and old.lead_id not in (select lead_id from now)),
   kept as (
     insert into lead_counted select * from now
     on conflict (account_id, lead_id) do update set pipeline_id = excluded.pipeline_id, stage_id = excluded.stage_id,
       responsible_user_id = excluded.responsible_user_id, channel_id = excluded.channel_id,
       source_external_id = excluded.source_external_id, price = excluded.price)
   insert into lead_count as t (account_id, pipeline_id, stage_id, responsible_user_id, channel_id, source_external_id, leads, total)
   select $1, pipeline_id, stage_id, responsible_user_id, channel_id, source_external_id, leads, total
   from moved where leads <> 0 or total <> 0
   order by pipeline_id, stage_id, responsible_user_id, channel_id, source_external_id
   on conflict (account_id, pipeline_id, stage_id, responsible_user_id, channel_id, source_external_id) do update
   set leads = t.leads + excluded.leads, total = t.total + excluded.total`,
)

/** Keeps the counts and sums of the board. */
export const followLeads: Follower = {
  name: LEAD_COUNTS,
  restMs: 50,
  async handle(client, accountId: AccountId, events) {
    const ids = listLeads(events)
    if (ids.length > 0) await run(client, recount, [accountId, ids])
  },
}

function listLeads(events: readonly StoredEvent[]): LeadId[] {
  const ids = new Set<LeadId>()
  for (const { type, lead_id } of events) if (lead_id !== null && type.startsWith('lead.')) ids.add(lead_id)
  return [...ids].sort((a, b) => a - b)
}
