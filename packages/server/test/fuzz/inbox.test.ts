import type { ChatAction, ChatId, ChatPage, InboxCounts, InboxMarks, LeadId, TagId } from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import {
  type AppClient,
  aNewMessage,
  aSender,
  fuzz,
  fuzzTimeoutMs,
  giveRole,
  OWN_ONLY,
  startTestWorld,
  type TestWorld,
} from '@parley/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aTag } from '../inbox-world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

const CHATS = 5
const chat = fc.nat({ max: CHATS - 1 })
const user = fc.nat({ max: 2 })
const tag = fc.nat({ max: 1 })

/** What can happen in an inbox; who and what by number. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('write' as const), chat, channel: fc.nat({ max: 1 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('answer' as const), chat }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('read' as const), chat }) },
  fc.record({ do: fc.constant('accept' as const), chat, user }),
  fc.record({ do: fc.constant('decline' as const), chat }),
  fc.record({ do: fc.constant('stage' as const), chat, stage: fc.nat({ max: 6 }) }),
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('act' as const),
      chats: fc.uniqueArray(chat, { minLength: 1, maxLength: 3 }),
      action: fc.oneof(
        fc.constantFrom('close', 'close', 'reopen', 'wake', 'read', 'unread').map((type) => ({ type })),
        fc.record({ type: fc.constant('snooze'), minutes: fc.integer({ min: 1, max: 5 }) }),
        fc.record({ type: fc.constant('assign'), user: fc.option(user) }),
        fc.record({ type: fc.constantFrom('tag', 'untag'), tag }),
      ),
      isUndone: fc.boolean(),
    }),
  },
  fc.record({ do: fc.constant('bulk' as const), type: fc.constantFrom('close', 'unread'), isUndone: fc.boolean() }),
  fc.record({ do: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 3 }) }),
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

const filters = fc.record(
  {
    state: fc.constantFrom('open', 'closed', 'snoozed', 'all'),
    responsible: fc.constantFrom('me', 'none', '@0', '@1'),
    unread: fc.constant('1'),
    waiting: fc.constant('1'),
    channel: fc.nat({ max: 1 }),
    source: fc.constantFrom('line-0', 'line-1'),
    stage: fc.nat({ max: 6 }),
    tag,
    sort: fc.constantFrom('newest', 'waiting'),
  },
  { requiredKeys: [] },
)

async function anInbox() {
  const channels = [await world.aChannel()]
  const account = channels[0]!.account
  channels.push(await world.aChannel({ account }))
  const own = await account.aUser()
  await giveRole(world, account, own, OWN_ONLY)
  const clients = [await account.manager.logIn(), await account.admin.logIn(), await own.logIn()]
  const tags = [await aTag(world, account), await aTag(world, account, 'Late')]
  const stages = (await clients[0]!.listPipelines()).items[0]!.stages
  return { account, channels, clients, tags, stages, chats: new Map<number, ChatId>() }
}
type Inbox = Awaited<ReturnType<typeof anInbox>>

/** A refusal is an answer like another: what matters is that lists and numbers follow what is. */
async function play(inbox: Inbox, one: Step): Promise<void> {
  const { account, channels, clients, tags, stages, chats } = inbox
  const admin = clients[1]!
  const idOf = (nth: number) => chats.get(nth) ?? (crypto.randomUUID() as ChatId)
  const leadOf = async (nth: number) =>
    (
      await admin
        .request('GET', `/chats/${idOf(nth)}`)
        .then((answer) => answer.json() as Promise<{ lead?: { id: LeadId } }>)
    ).lead?.id ?? 1
  switch (one.do) {
    case 'write': {
      const nth = one.chat
      const channel = channels[nth % 2]!
      const source = nth % 3 === 0 ? {} : { source: { external_id: `line-${one.channel}` } }
      const sender = aSender({ id: `client-${nth % 4}` })
      const ids = await channel.send(aNewMessage({ conversation_id: `chat-${nth}`, sender, ...source }))
      chats.set(nth, ids.conversation_id as ChatId)
      return
    }
    case 'answer':
      await admin.request('POST', `/chats/${idOf(one.chat)}/messages`, { id: crypto.randomUUID(), text: 'Yes' })
      return
    case 'read':
      await admin.request('POST', `/chats/${idOf(one.chat)}/read`)
      return
    case 'accept':
      await clients[one.user]!.request('POST', `/leads/${await leadOf(one.chat)}/accept`, {})
      return
    case 'decline':
      await admin.request('POST', `/leads/${await leadOf(one.chat)}/decline`)
      return
    case 'stage':
      await admin.request('PATCH', `/leads/${await leadOf(one.chat)}`, { stageId: stages[one.stage]!.id })
      return
    case 'act': {
      const action = toAction(one.action, inbox)
      const answer = await admin.request('POST', '/chats/bulk', { action, ids: one.chats.map(idOf) })
      const { job } = (await answer.json()) as { job: { id: string } }
      if (one.isUndone) await admin.post(`/bulk/${job.id}/undo`)
      return
    }
    case 'bulk': {
      const { job } = await admin.post<{ job: { id: string } }>('/chats/bulk', {
        action: { type: one.type },
        filters: { waiting: true },
      })
      if (one.isUndone) await admin.post(`/bulk/${job.id}/undo`)
      await overOf(admin, job.id)
      return
    }
    case 'pass':
      await world.clock.advance(one.minutes * 60_000)
      // What rested until now is woken by a job of its own, with an event like any other change.
      await untilNobodyIsDue(account.id)
      return
  }

  function toAction(given: { type: string; minutes?: number; user?: number | null; tag?: number }, _inbox: Inbox) {
    if (given.type === 'snooze')
      return { type: 'snooze', until: world.clock.now().getTime() + (given.minutes ?? 1) * 60_000 }
    if (given.type === 'assign')
      return { type: 'assign', userId: given.user == null ? null : clients[given.user]!.me.user.id }
    if (given.tag !== undefined) return { type: given.type, tagIds: [tags[given.tag] as TagId] }
    return given as ChatAction
  }
}

async function overOf(client: AppClient, id: string): Promise<void> {
  for (;;) {
    const { job } = await client.get<{ job: { phase: string } }>(`/bulk/${id}`)
    if (job.phase === 'done' || job.phase === 'undone') return
    await world.clock.advance(0)
  }
}

async function untilNobodyIsDue(accountId: number): Promise<void> {
  for (;;) {
    const { rows } = await sql`select 1 from chat_state where account_id = ${accountId} and activity_minute is not null
      and snoozed_until <= ${world.clock.now()} and unread <= rest_unread and closed_at is null`.execute(world.deps.db)
    if (rows.length === 0) return
    await world.clock.advance(1000)
  }
}

interface Truth {
  id: ChatId
  state: string
  owner: number | null
  unread: number
  waiting: Date | null
  activity: Date
  channel: string
  source: string | null
  stage: number | null
  tags: number[]
}

/** What there is, told from the tables that are true, in words of its own. */
async function truthOf(accountId: number): Promise<Truth[]> {
  const { rows } = await sql<Truth>`
    select s.chat_id as id, s.unread, s.waiting_since as waiting, s.activity_at as activity, c.channel_id as channel,
      c.source_external_id as source, l.responsible_user_id as owner, l.stage_id as stage,
      case when s.unread > s.rest_unread then 'open' when s.closed_at is not null and s.talk_id is null then 'closed'
        when s.snoozed_until is not null then 'snoozed' else 'open' end as state,
      array(select tag_id::float8 from lead_tag t where t.account_id = l.account_id and t.lead_id = l.id) as tags
    from chat_state s join chat c on c.account_id = s.account_id and c.id = s.chat_id
    left join lead l on l.account_id = s.account_id and l.id = s.lead_id and l.deleted_at is null
    where s.account_id = ${accountId} and s.last_message_id is not null`.execute(world.deps.db)
  return rows
}

test(
  'whatever happens, every list holds what a recount finds, for everybody, and every number is a recount',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 30, maxLength: 40 }),
        fc.array(filters, { minLength: 6, maxLength: 6 }),
        async (steps, asked) => {
          const inbox = await anInbox()
          const first = Array.from({ length: CHATS }, (_, nth): Step => ({ do: 'write', chat: nth, channel: nth % 2 }))
          for (const [nth, one] of [...first, ...steps].entries()) {
            await play(inbox, one)
            if (nth % 4 === 0) await expectListsToFollow(inbox)
          }
          await expectListsToFollow(inbox)
          await expectCountersToBeRecounts(inbox.account.id)
          const truth = await truthOf(inbox.account.id)
          for (const [index, client] of inbox.clients.entries())
            for (const one of asked) await expectRecount(inbox, client, truth, one, index === 2)
        },
      ),
      fuzz(5),
    )
  },
  fuzzTimeoutMs(90_000),
)

/** What the lists are made from is what there is. */
async function expectListsToFollow({ account, clients }: Inbox): Promise<void> {
  await clients[1]!.listChats()
  const { rows } = await sql<Truth>`
    select chat_id as id, (array['open', 'snoozed', 'closed'])[state + 1] as state, nullif(responsible_user_id, 0) as owner,
      is_unread::int as unread, waiting_since as waiting, activity_at as activity, channel_id as channel,
      nullif(source, '') as source, nullif(stage_id, 0) as stage, tag_ids::float8[] as tags
    from inbox_chat where account_id = ${account.id} order by chat_id`.execute(world.deps.db)
  const truth = (await truthOf(account.id)).sort((a, b) => (a.id < b.id ? -1 : 1))
  expect(rows).toEqual(truth.map((one) => ({ ...one, unread: Math.min(one.unread, 1), tags: one.tags.sort() })))
}

async function expectRecount(
  { channels, clients, stages, tags }: Inbox,
  client: AppClient,
  truth: readonly Truth[],
  asked: typeof filters extends fc.Arbitrary<infer One> ? One : never,
  seesOnlyOwn: boolean,
): Promise<void> {
  const me = client.me.user.id as number
  const { channel, stage, tag: nth, responsible, ...plain } = asked
  const owner =
    responsible === 'me' ? me : responsible?.startsWith('@') ? clients[Number(responsible[1])]!.me.user.id : null
  const query = new URLSearchParams({
    ...(plain as Record<string, string>),
    ...(responsible !== undefined && { responsible: responsible.startsWith('@') ? String(owner) : responsible }),
    ...(channel !== undefined && { channelId: channels[channel]!.id }),
    ...(stage !== undefined && { stageId: String(stages[stage]!.id) }),
    ...(nth !== undefined && { tagId: String(tags[nth]) }),
  })
  const isByWait = asked.sort === 'waiting'
  const fits = truth.filter(
    (one) =>
      (!seesOnlyOwn || one.owner === me) &&
      (asked.state === undefined || asked.state === 'all' || one.state === asked.state) &&
      (responsible === undefined || one.owner === owner) &&
      (asked.unread === undefined || one.unread > 0) &&
      ((asked.waiting === undefined && !isByWait) || one.waiting !== null) &&
      (channel === undefined || one.channel === channels[channel]!.id) &&
      (asked.source === undefined || one.source === asked.source) &&
      (stage === undefined || one.stage === stages[stage]!.id) &&
      (nth === undefined || one.tags.includes(tags[nth]!)),
  )
  const key = (one: Truth) => (isByWait ? one.waiting! : one.activity).getTime()
  const sign = isByWait ? 1 : -1
  fits.sort((a, b) => sign * (key(a) - key(b)) || sign * (a.id < b.id ? -1 : 1))

  const seen: ChatId[] = []
  for (let after = ''; ; ) {
    const page: ChatPage = await client.listChats(`?limit=2&${query}${after}`)
    seen.push(...page.items.map((one) => one.id))
    expect([query.toString(), page.total]).toEqual([query.toString(), fits.length])
    if (page.next === null) break
    after = `&after=${page.next}`
  }
  expect([query.toString(), seen]).toEqual([query.toString(), fits.map((one) => one.id)])
  const { current } = await client.get<InboxCounts>(`/views/counts?${query.size > 0 ? query : 'state=all'}`)
  expect(current).toBe(fits.length)
  const { blocks } = await client.get<InboxMarks>(`/chats/marks?${query}`)
  expect(blocks.reduce((sum, block) => sum + block.count, 0)).toBe(fits.length)
}

async function expectCountersToBeRecounts(accountId: number): Promise<void> {
  const cell = sql.raw(`state, responsible_user_id, pipeline_id, stage_id, channel_id, source, is_unread`)
  const { rows } = await sql`
    (select null::bigint as tag_id, ${cell}, is_waiting, n from inbox_count where account_id = ${accountId} and n <> 0
     union all select tag_id, ${cell}, is_waiting, n from inbox_tag_count where account_id = ${accountId} and n <> 0)
    except all
    (select null, ${cell}, waiting_since is not null, count(*) from inbox_chat where account_id = ${accountId}
     group by ${cell}, waiting_since is not null
     union all select tag_id, ${cell}, waiting_since is not null, count(*)
     from inbox_chat, unnest(tag_ids) as t (tag_id) where account_id = ${accountId}
     group by tag_id, ${cell}, waiting_since is not null)`.execute(world.deps.db)
  expect(rows).toEqual([])
  const tagged = await sql`
    select tag_id, chat_id, state, activity_minute from inbox_tag where account_id = ${accountId}
    except all select tag_id, chat_id, state, activity_minute from inbox_chat, unnest(tag_ids) as t (tag_id)
    where account_id = ${accountId}`.execute(world.deps.db)
  expect(tagged.rows).toEqual([])
}
