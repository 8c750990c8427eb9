import type { ChannelId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

const KEPT_MS = 7 * 24 * 60 * 60_000
/** However long ago: a channel that is called without pause must not fill the disk. */
const MOST_KEPT = 200_000
const AT_ONCE = 5000

/** Takes away what is older than a week, and of a channel what is more than its share. Answers how many; 0: there is nothing. */
export async function purgeRequests({ db, clock }: Pick<Deps, 'db' | 'clock'>, mostKept = MOST_KEPT): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_MS)
  let purged = 0
  for (const channelId of await channelsWithRequests(db)) {
    const { rows } = await sql<{ n: number }>`
      with old as (
        (select id from channel_request where channel_id = ${channelId} and at < ${before} order by at limit ${AT_ONCE})
        union
        (select id from (
           select id from channel_request where channel_id = ${channelId} order by id desc offset ${mostKept}) more
         limit ${AT_ONCE})),
      gone as (
        delete from channel_request r using old where r.channel_id = ${channelId} and r.id = old.id returning 1)
      select count(*)::int as n from gone`.execute(db)
    purged += rows[0]?.n ?? 0
  }
  return purged
}

/** From index entry to index entry: as quick with millions of rows. */
async function channelsWithRequests(db: Deps['db']): Promise<ChannelId[]> {
  const { rows } = await sql<{ channel_id: ChannelId }>`
    with recursive each as (
      (select channel_id from channel_request order by channel_id limit 1)
      union all
      select (select r.channel_id from channel_request r where r.channel_id > each.channel_id order by r.channel_id limit 1)
      from each where each.channel_id is not null)
    select channel_id from each where channel_id is not null`.execute(db)
  return rows.map((row) => row.channel_id)
}
