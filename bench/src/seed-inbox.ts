import { type Database, openDatabase, sql } from '@parley/server/internals'
import { sleep } from './figures.ts'
import { RawConnection } from './raw-client.ts'
import { messageRequest, type Sample, type SampleAccount, TEXT } from './sample.ts'
import type { ServerProcess } from './server-process.ts'

export const MANAGERS = 20
const SOURCES = 12
const TAGS = 10
const DAYS = 730

export interface SeededInbox {
  chats: number
  /** What a client of this account is told apart by in filters. */
  stageIds: number[]
  pipelineId: number
  tagIds: number[]
  managerIds: number[]
  /** From the first message after the rows were there until lists showed them all. */
  derivedInMs: number
}

/**
 * Fills an account as years of use would: most chats closed, the recent ones open, each with a lead, many with a tag. The
 * lists are then made by the server itself, as after an update of an installation that had none.
 */
export async function seedInbox(
  server: ServerProcess,
  sample: Sample,
  { chats }: { chats: number },
): Promise<SeededInbox> {
  const account = sample.accounts[0] as SampleAccount
  const database = openDatabase(server.database)
  try {
    const people = await insertPeople(database, account.id)
    await insertChats(database, { account, channelId: sample.channel.id, chats, ...people })
    const derivedInMs = await deriveLists(server, database, sample, chats)
    await sql`vacuum analyze inbox_chat, inbox_tag, inbox_count, inbox_tag_count, chat_state, chat, lead, message`.execute(
      database.db,
    )
    return { chats, derivedInMs, ...people }
  } finally {
    await database.close()
  }
}

/** The lists of the sample's first account are made anew by the server itself; answers what that took, in ms. */
export async function deriveLists(
  server: ServerProcess,
  database: Database,
  { channel, accounts }: Sample,
  chats: number,
): Promise<number> {
  const account = accounts[0] as SampleAccount
  await sql`delete from event_cursor where account_id = ${account.id} and follower = 'inbox'`.execute(database.db)
  const startedAt = performance.now()
  const connection = await RawConnection.open(server.port)
  const message = { msgid: 'after', chat: 'after', client: 'after', text: TEXT }
  await connection.send(messageRequest(channel, account, message))
  connection.close()
  await untilDerived(database, account.id, chats)
  return Math.round(performance.now() - startedAt)
}

async function untilDerived({ db }: Database, accountId: number, chats: number): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ n: number }>`
      select coalesce(sum(n), 0)::int as n from inbox_count where account_id = ${accountId}`.execute(db)
    if ((rows[0]?.n ?? 0) > chats) return
    await sleep(50)
  }
}

interface People {
  managerIds: number[]
  tagIds: number[]
  pipelineId: number
  stageIds: number[]
}

async function insertPeople({ db }: Database, accountId: number): Promise<People> {
  const managers = await sql<{ id: number }>`
    insert into account_user (account_id, amojo_id, email, name, role, password_hash)
    select ${accountId}::int, gen_random_uuid(), 'manager-' || n || '@example.test', 'Manager ' || n, 'manager', '-'
    from generate_series(1, ${MANAGERS}::int) n returning id`.execute(db)
  const tags = await sql<{ id: number }>`
    insert into tag (account_id, name, hue) select ${accountId}::int, 'Tag ' || n, n % 8
    from generate_series(1, ${TAGS}::int) n returning id`.execute(db)
  const stages = await sql<{ id: number; pipeline_id: number }>`
    select id, pipeline_id from stage where account_id = ${accountId} order by position, id`.execute(db)
  const owner = await sql<{ id: number }>`
    select min(id) as id from account_user where account_id = ${accountId}`.execute(db)
  return {
    managerIds: [...owner.rows, ...managers.rows].map((row) => row.id),
    tagIds: tags.rows.map((row) => row.id),
    pipelineId: stages.rows[0]?.pipeline_id ?? 0,
    stageIds: stages.rows.map((row) => row.id),
  }
}

interface ChatsAsked extends People {
  account: SampleAccount
  channelId: string
  chats: number
}

/** Chance decides, the same in every run: who has it, where it came from, how long ago, what is left to do. */
async function insertChats({ db }: Database, asked: ChatsAsked): Promise<void> {
  const { account, channelId, chats, managerIds, stageIds, tagIds, pipelineId } = asked
  await db.transaction().execute(async (tx) => {
    await sql`select setseed(0.5)`.execute(tx)
    await sql`
      create temporary table seed on commit drop as
      select n, uuidv7() as participant_id, uuidv7() as chat_id, uuidv7() as message_id,
        9000000 + n::bigint as contact_id, 9000000 + n::bigint as lead_id, 9000000 + n::bigint as talk_id,
        now() - ${DAYS} * power(random(), 3) * interval '1 day' as at, random() as r1, random() as r2, random() as r3,
        case when random() < 0.03 then null
          else (${managerIds}::bigint[])[1 + floor(random() * ${managerIds.length})] end as responsible,
        (${stageIds}::bigint[])[1 + floor(random() * ${stageIds.length})] as stage_id,
        case when random() < 0.3 then (${tagIds}::bigint[])[1 + floor(power(random(), 2) * ${tagIds.length})] end as tag_id,
        'line-' || floor(random() * ${SOURCES}) as source
      from generate_series(1, ${chats}::int) n`.execute(tx)
    const accountId = sql`${account.id}::int`
    const channel = sql`${channelId}::uuid`
    for (const statement of [
      sql`insert into contact (account_id, id, name) select ${accountId}, contact_id, 'Client ' || n from seed`,
      sql`insert into participant (account_id, id, channel_id, client_id, name, contact_id)
        select ${accountId}, participant_id, ${channel}, 'seed-' || n, 'Client ' || n, contact_id from seed`,
      sql`insert into chat (account_id, id, channel_id, client_id, participant_id, source_external_id)
        select ${accountId}, chat_id, ${channel}, 'seed-' || n, participant_id, source from seed`,
      sql`insert into lead (account_id, id, title, price, pipeline_id, stage_id, is_incoming, responsible_user_id, contact_id, chat_id)
        select ${accountId}, lead_id, 'Bike ' || n, (r1 * 5000)::bigint, ${pipelineId}::bigint, stage_id, false, responsible,
          contact_id, chat_id from seed`,
      sql`insert into lead_tag (account_id, lead_id, tag_id) select ${accountId}, lead_id, tag_id from seed where tag_id is not null`,
      sql`insert into talk (account_id, id, chat_id, lead_id, contact_id, closed_at)
        select ${accountId}, talk_id, chat_id, lead_id, contact_id, case when r1 < 0.85 then at end from seed`,
      sql`insert into message (account_id, id, chat_id, msgid, direction, author_kind, author_id, kind, body, sent_at, received_at, status)
        select ${accountId}, message_id, chat_id, 'seed-' || n, 'in', 'client', participant_id, 'text', ${TEXT} || ' ' || n, at, at,
          'received' from seed`,
      sql`insert into chat_state (account_id, chat_id, contact_id, lead_id, talk_id, unread, last_message_id, last_message_at,
          activity_at, activity_minute, waiting_since, last_client_at, closed_at, snoozed_until)
        select ${accountId}, chat_id, contact_id, lead_id, case when r1 >= 0.85 then talk_id end,
          case when r1 >= 0.85 and r2 < 0.2 then 1 else 0 end, message_id, at, at, floor(extract(epoch from at) / 60)::int,
          case when r1 >= 0.85 and r2 < 0.3 then at end, at, case when r1 < 0.85 then at end,
          case when r1 >= 0.98 and r2 >= 0.3 then now() + interval '30 days' end
        from seed`,
    ])
      await statement.execute(tx)
  })
}
