import { sql } from '@parley/server/internals'
import type { TestAccount, TestChannel, TestUser, TestWorld } from '@parley/testkit'

interface Company {
  account: TestAccount
  channels: readonly TestChannel[]
  users: Record<'admin' | 'manager' | 'tom', TestUser>
}

/**
 * What two months before today left in the rollups: more messages on workdays, in the daytime; answers that got quicker.
 * Early in the day the sample's own messages are of yesterday, and counted already.
 */
export async function makeDemoFigures(world: TestWorld, { account, channels, users }: Company): Promise<void> {
  const { db } = world.deps
  const places = sql`
    with place as (
      select date_trunc('day', now() at time zone 'UTC') - make_interval(days => d) + make_interval(hours => h) as hour, d, h, c, u,
        1 + (d * 7 + h * 5 + c * 3 + u::int) % 5 as luck,
        (array[${channels[0]!.id}, ${channels[1]!.id}, ${channels[2]!.id}]::uuid[])[c] as channel_id, u as user_id
      from generate_series(1, 60) d, generate_series(8, 19) h, generate_series(1, 3) c,
        unnest(array[${users.admin.id}, ${users.manager.id}, ${users.tom.id}]::bigint[]) u
      where extract(isodow from now() at time zone 'UTC' - make_interval(days => d)) < 6 or (h between 10 and 13 and c = 1))`
  await sql`${places}
    insert into figure_message select ${account.id}, hour, channel_id, 0, sum(luck + 6 - abs(h - 13) / 2), 0 from place
    group by hour, channel_id
    on conflict do nothing`.execute(db)
  await sql`${places}
    insert into figure_message select ${account.id}, hour, channel_id, user_id, 0, luck + 1 from place
    on conflict do nothing`.execute(db)
  await sql`${places}
    insert into figure_answer
    select ${account.id}, hour, channel_id, user_id, k, w, 22 + luck * 3 + d / 8 + case w when 'clock' then 4 else 0 end, 1
    from place cross join unnest(array['first', 'each']) k cross join unnest(array['clock', 'working']) w
    where luck > 2
    on conflict do nothing`.execute(db)
  await sql`${places}
    insert into figure_lead
    select ${account.id}, 'created', hour, channel_id, user_id, p.id, s.id,
      case s.kind when 'won' then 'won' when 'incoming' then 'declined' else 'open' end, 0, 1, 300 + luck * 40
    from place
    join pipeline p on p.account_id = ${account.id} and p.is_main
    join lateral (
      select id, kind from stage where account_id = ${account.id} and pipeline_id = p.id and kind <> 'lost'
      order by position offset (d + h + c + user_id) % 6 limit 1) s on true
    where h in (9, 11, 15) and luck > 2
    on conflict do nothing`.execute(db)
  await sql`
    insert into figure_lead
    select account_id, 'closed', hour, channel_id, user_id, pipeline_id, stage_id, outcome, 0, leads, price
    from figure_lead where account_id = ${account.id} and kind = 'created' and outcome = 'won'
    on conflict do nothing`.execute(db)
  await sql`
    insert into figure_lead
    select account_id, 'closed', hour, channel_id, user_id, pipeline_id, stage_id, 'lost',
      (select min(id) + (extract(day from hour)::int % 3) from loss_reason where account_id = ${account.id}), leads, price
    from figure_lead where account_id = ${account.id} and kind = 'created' and outcome = 'open' and extract(day from hour)::int % 2 = 0
    on conflict do nothing`.execute(db)
}
