import type { AccountId, LeadId } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import type { StoredEvent } from '../../events/list-events.ts'

/** What stands for "nobody" and "through no channel" in the keys of the rollups. */
export const NOBODY = 0
export const NO_CHANNEL = '00000000-0000-0000-0000-000000000000'

/** The deepest stage of its pipeline a lead has been in; an incoming one has come no further than it is. */
const DEEPEST = `case when s.kind in ('incoming', 'won') then l.stage_id else coalesce((
  select d.id from stage d
  where d.account_id = l.account_id and d.pipeline_id = l.pipeline_id and d.kind in ('incoming', 'open')
    and (d.id = l.stage_id or d.id in (
      select (v.value #>> '{}')::bigint from lead_change h cross join lateral (values (h.before), (h.after)) v (value)
      where h.account_id = l.account_id and h.lead_id = l.id and h.field = 'stage_id'))
  order by d.position desc, d.id limit 1), 0) end`

/**
 * How the leads $2 of account $1 count now, by the clock of zone $3. Deleted and linked ones count nowhere; a declined one ($4
 * names those that are said to be) counts as such also after it is gone for good.
 */
const FIGURED_NOW = `
  select l.account_id, l.id as lead_id,
    date_trunc('hour', l.created_at at time zone $3) as created_hour,
    case when s.kind in ('won', 'lost') and l.deleted_at is null
      then date_trunc('hour', l.stage_since at time zone $3) end as closed_hour,
    coalesce(c.channel_id, '${NO_CHANNEL}') as channel_id, coalesce(l.responsible_user_id, ${NOBODY}) as user_id,
    l.pipeline_id, ${DEEPEST} as stage_id,
    case when l.deleted_at is not null then 'declined' when s.kind in ('incoming', 'won', 'lost') then s.kind else 'open' end as outcome,
    coalesce(l.loss_reason_id, 0) as loss_reason_id, l.price
  from lead l
  join stage s on s.account_id = l.account_id and s.pipeline_id = l.pipeline_id and s.id = l.stage_id
  left join chat c on c.account_id = l.account_id and c.id = l.chat_id
  where l.account_id = $1 and l.id = any ($2::bigint[]) and (l.deleted_at is null or (
    select u.kind from lead_undo u where u.account_id = l.account_id and u.lead_id = l.id order by u.id desc limit 1) = 'declined')
  union all
  select o.account_id, o.lead_id, o.created_hour, null, o.channel_id, o.user_id, o.pipeline_id, o.stage_id, 'declined',
    o.loss_reason_id, o.price
  from lead_figured o
  where o.account_id = $1 and o.lead_id = any ($2::bigint[]) and (o.outcome = 'declined' or o.lead_id = any ($4::bigint[]))
    and not exists (select from lead l where l.account_id = o.account_id and l.id = o.lead_id)`

const FACT = 'channel_id, user_id, pipeline_id, stage_id, outcome, loss_reason_id'

/** Takes each lead out of the cells it was counted in and puts it into those it belongs in now. */
const recount = statementsOf('figures')(
  'recount_leads',
  `with now as (${FIGURED_NOW}),
   old as (select * from lead_figured where account_id = $1 and lead_id = any ($2::bigint[])),
   each as (select 1 as n, now.* from now union all select -1 as n, old.* from old),
   moved as (
     select kind, hour, ${FACT}, sum(n)::int as leads, sum(n * price) as price
     from each cross join lateral (values ('created', created_hour), ('closed', closed_hour)) h (kind, hour)
     where hour is not null
     group by kind, hour, ${FACT}),
   gone as (
     delete from lead_figured f using old
     where f.account_id = $1 and f.lead_id = old.lead_id and old.lead_id not in (select lead_id from now)),
   kept as (
     insert into lead_figured select * from now
     on conflict (account_id, lead_id) do update set created_hour = excluded.created_hour, closed_hour = excluded.closed_hour,
       channel_id = excluded.channel_id, user_id = excluded.user_id, pipeline_id = excluded.pipeline_id,
       stage_id = excluded.stage_id, outcome = excluded.outcome, loss_reason_id = excluded.loss_reason_id, price = excluded.price)
   insert into figure_lead as t (account_id, kind, hour, ${FACT}, leads, price)
   select $1, kind, hour, ${FACT}, leads, price from moved where leads <> 0 or price <> 0
   on conflict (account_id, kind, hour, ${FACT}) do update
   set leads = t.leads + excluded.leads, price = t.price + excluded.price`,
)

/** Brings the figures of the leads that these events tell of up to how they stand now, however often they changed. */
export async function countLeads(
  client: Runner,
  accountId: AccountId,
  timeZone: string,
  events: readonly StoredEvent[],
): Promise<void> {
  const ids = new Set<LeadId>()
  const declined = new Set<LeadId>()
  for (const { type, lead_id: id } of events) {
    if (id === null || !type.startsWith('lead.')) continue
    ids.add(id)
    if (type === 'lead.declined') declined.add(id)
    if (type === 'lead.restored') declined.delete(id)
  }
  if (ids.size > 0) await run(client, recount, [accountId, [...ids], timeZone, [...declined]])
}
