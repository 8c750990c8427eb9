import type { ChatId, ChatPage, InboxCounts, InboxFilters, InboxMarks, InboxView } from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import { aNewMessage, giveRole, OWN_ONLY, startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aChat, aTag, CASES, leadOf, query, theCases } from './inbox-world.ts'

let world: TestWorld
let cases: Awaited<ReturnType<typeof theCases>>

beforeAll(async () => {
  world = await startTestWorld()
  cases = await theCases(world)
})
afterAll(() => world.stop())

const namesOf = ({ items }: ChatPage) => items.map((chat) => cases.nameOf.get(chat.id))

describe('a list holds what fits its filters, in both ways it is looked for, and its number is the same', () => {
  test.each(CASES.cases.map((one) => [JSON.stringify(one.filters), one.sort ?? 'newest', one] as const))(
    '%s, %s first',
    async (_text, sort, { filters, fits }) => {
      const { me, resolve } = cases
      const page = await me.listChats(query({ state: 'open', ...resolve(filters) } as InboxFilters, { sort }))
      // Every chat came a second after the one before it.
      expect(namesOf(page)).toEqual(sort === 'newest' ? [...fits].reverse().sort(byActivity) : fits)
      expect(page.total).toBe(fits.length)
      const { current } = await me.get<InboxCounts>(
        `/views/counts${query({ state: 'open', ...resolve(filters) } as InboxFilters, { sort })}`,
      )
      expect(current).toBe(fits.length)
      const marks = await me.get<InboxMarks>(
        `/chats/marks${query({ state: 'open', ...resolve(filters) } as InboxFilters, { sort })}`,
      )
      expect(marks.blocks.reduce((sum, block) => sum + block.count, 0)).toBe(fits.length)
    },
  )

  const order = Object.keys(CASES.chats)
  const byActivity = (a: string, b: string) => order.indexOf(b) - order.indexOf(a)
})

test.each([
  ['open', ['won', 'hers', 'mine', 'answered', 'fresh']],
  ['unread', ['mine', 'fresh']],
  ['unassigned', ['fresh']],
  ['mine', ['mine', 'answered']],
  ['all', ['won', 'over', 'resting', 'hers', 'mine', 'answered', 'fresh']],
])('the view %s', async (view, names) => {
  const { me } = cases
  expect(namesOf(await me.listChats(`?view=${view}`))).toEqual(names)
  await expect.poll(async () => (await me.get<InboxCounts>('/views/counts')).views[view!]).toBe(names.length)
})

test.each([
  '?state=gone',
  '?responsible=me&unread=perhaps',
  '?channelId=1',
  '?stageId=-1',
  '?view=nonsense',
  '?from=x',
])('%s is refused', async (text) => {
  expect((await cases.me.request('GET', `/chats${text}`)).status).toBe(400)
})

test('a row says what it is filtered by', async () => {
  const { me } = cases
  const { items } = await me.listChats('?view=all')
  const row = (name: string) => items.find((chat) => cases.nameOf.get(chat.id) === name)!
  expect(row('mine')).toMatchObject({ state: 'open', unread: 1, responsible: { name: 'Max Berg' } })
  expect(row('mine').lead?.tagIds).toHaveLength(1)
  expect(row('resting')).toMatchObject({ state: 'snoozed', snoozedUntil: expect.any(Number) })
  expect(row('over')).toMatchObject({ state: 'closed', snoozedUntil: null, unread: 0, waitingSince: null })
})

describe('a long list', () => {
  async function aLongList() {
    const channel = await world.aChannel()
    const client = await channel.account.asManager()
    const chatIds: ChatId[] = []
    for (let count = 0; count < 24; count += 1) {
      chatIds.push(await aChat(channel))
      // Some share a minute, some do not.
      await world.clock.advance(count % 3 === 0 ? 61_000 : 500)
    }
    return { channel, client, chatIds }
  }

  test('is paged by key both ways, nothing twice and nothing missing', async () => {
    const { client, chatIds } = await aLongList()
    for (const [sort, expected] of [
      ['newest', [...chatIds].reverse()],
      ['waiting', chatIds],
    ] as const) {
      const seen: ChatId[] = []
      for (let after = ''; ; ) {
        const page = await client.listChats(`?view=open&sort=${sort}&limit=7${after}`)
        seen.push(...page.items.map((chat) => chat.id))
        expect(page.total).toBe(24)
        if (page.next === null) break
        after = `&after=${page.next}`
      }
      expect(seen).toEqual(expected)
    }
  })

  test('can be entered at any of its marks', async () => {
    const { client, chatIds } = await aLongList()
    const { blocks } = await client.get<InboxMarks>('/chats/marks?view=open')
    expect(blocks).toEqual([{ from: expect.any(Number), count: 24 }])
    const tenth = await client.getChat(chatIds[9]!)
    const page = await client.listChats(`?view=open&from=${tenth.chat.activityAt}&limit=100`)
    const minute = Math.floor(tenth.chat.activityAt / 60_000)
    for (const chat of page.items) expect(Math.floor(chat.activityAt / 60_000)).toBeLessThanOrEqual(minute)
    expect(page.items.map((chat) => chat.id)).toContain(chatIds[9])
    expect(page.items.at(-1)?.id).toBe(chatIds[0])
    expect(page.total).toBe(24)
  })
})

describe('who sees only what is his', () => {
  test('finds and counts only that, in every list', async () => {
    const { account, me, resolve } = cases
    const user = await account.aUser()
    await giveRole(world, account, user, OWN_ONLY)
    const client = await user.logIn()
    expect(await client.listChats('?view=all')).toMatchObject({ items: [], total: 0 })
    const hers = [...cases.nameOf].find(([, name]) => name === 'hers')![0]
    const leadId = await leadOf(me, hers)
    await me.patch(`/leads/${leadId}`, { responsibleUserId: user.id })
    expect(namesOf(await client.listChats('?view=all'))).toEqual(['hers'])
    expect(namesOf(await client.listChats(`?view=open&tagId=${resolve({ tagId: '@tag' }).tagId}`))).toEqual(['hers'])
    expect(await client.listChats('?view=unassigned')).toMatchObject({ items: [], total: 0 })
    expect(await client.listChats(`?responsible=${account.admin.id}`)).toMatchObject({ items: [], total: 0 })
    expect(await client.get<InboxMarks>('/chats/marks?view=unassigned')).toMatchObject({ blocks: [] })
    const counts = async () => (await client.get<InboxCounts>('/views/counts')).views
    await expect.poll(counts).toMatchObject({ open: 1, unread: 0, unassigned: 0, mine: 1, all: 1 })
    await me.patch(`/leads/${leadId}`, { responsibleUserId: account.admin.id })
    expect(await client.listChats('?view=all')).toMatchObject({ items: [], total: 0 })
  })

  test('nothing of another account', async () => {
    const stranger = await (await world.anAccount()).asAdmin()
    expect(await stranger.listChats('?view=all')).toMatchObject({ items: [], total: 0 })
    expect(await stranger.listChats(query(cases.resolve({ tagId: '@tag' })))).toMatchObject({ items: [], total: 0 })
  })
})

describe('views', () => {
  test('are saved, shared, changed and deleted; everybody with the tab is told', async () => {
    const account = await world.anAccount()
    const [admin, manager] = [await account.asAdmin(), await account.asManager()]
    const tagId = await aTag(world, account)
    const stream = await manager.openStream()
    const shared = await admin.post<InboxView>('/views', {
      name: '  Hot ',
      filters: { tagId, unread: true },
      isShared: true,
    })
    expect(shared).toMatchObject({ name: 'Hot', sort: 'newest', isShared: true, canEdit: true })
    await stream.waitForEvent((event) => event.topic === 'views')
    const own = await manager.post<InboxView>('/views', {
      name: 'Late',
      filters: { responsible: 'me' },
      sort: 'waiting',
    })
    const list = async (client: typeof admin) => (await client.get<{ items: InboxView[] }>('/views')).items
    expect((await list(manager)).map((view) => [view.name, view.canEdit])).toEqual([
      ['Hot', false],
      ['Late', true],
    ])
    expect((await list(admin)).map((view) => view.name)).toEqual(['Hot'])
    await manager.patch(`/views/${own.id}`, { position: 0, name: 'Latest' })
    expect((await list(manager)).map((view) => view.name)).toEqual(['Latest', 'Hot'])
    await expect(manager.patch(`/views/${shared.id}`, { name: 'Mine' })).rejects.toMatchObject({ status: 403 })
    await expect(admin.patch(`/views/${own.id}`, { name: 'Mine' })).rejects.toMatchObject({ status: 404 })
    await expect(admin.listChats(`?view=${own.id}`)).rejects.toMatchObject({ status: 404 })
    await expect(manager.post('/views', { name: '', filters: {} })).rejects.toMatchObject({ status: 400 })
    await expect(manager.post('/views', { name: 'X', filters: { colour: 'red' } })).rejects.toMatchObject({
      status: 400,
    })
    await admin.delete(`/views/${shared.id}`)
    expect((await list(manager)).map((view) => view.name)).toEqual(['Latest'])
    stream.close()
  })

  test('are counted live: who shows numbers is told that they have changed', async () => {
    const channel = await world.aChannel()
    const client = await channel.account.asManager()
    const view = await client.post<InboxView>('/views', { name: 'Waiting', filters: { waiting: true } })
    const count = async () => (await client.get<InboxCounts>('/views/counts')).views[view.id]
    expect(await count()).toBe(0)
    const stream = await client.openStream()
    const told = stream.countsTold
    const chatId = await aChat(channel)
    await stream.waitForCounts(told)
    await expect.poll(count, { timeout: 5000 }).toBe(1)
    expect((await client.listChats(`?view=${view.id}`)).total).toBe(1)
    const before = stream.countsTold
    await client.sendText(chatId, 'Here you are')
    await stream.waitForCounts(before)
    await expect.poll(count, { timeout: 5000 }).toBe(0)
    stream.close()
  })
})

test('an account that is older than its lists gets them as it is', async () => {
  const channel = await world.aChannel()
  const client = await channel.account.asManager()
  const chatId = await aChat(channel)
  const tagId = await aTag(world, channel.account)
  await client.patch(`/leads/${await leadOf(client, chatId)}`, { addTagIds: [tagId] })
  await aChat(channel)
  expect((await client.listChats()).total).toBe(2)
  // As after an update of an installation that had no lists before.
  await world.deps.db.deleteFrom('event_cursor').where('account_id', '=', channel.account.id).execute()
  await channel.send(aNewMessage())
  expect((await client.listChats()).total).toBe(3)
  expect((await client.listChats(`?tagId=${tagId}`)).items.map((chat) => chat.id)).toEqual([chatId])
})

test('a tag that is merged into another takes its chats along', async () => {
  const channel = await world.aChannel()
  const client = await channel.account.asManager()
  const chatId = await aChat(channel)
  const [old, into] = [await aTag(world, channel.account, 'Old'), await aTag(world, channel.account, 'New')]
  await client.patch(`/leads/${await leadOf(client, chatId)}`, { addTagIds: [old] })
  expect((await client.listChats(`?tagId=${old}`)).total).toBe(1)
  const { db, nudge } = world.deps
  await sql`update lead_tag set tag_id = ${into} where account_id = ${channel.account.id}`.execute(db)
  await sql`delete from tag where account_id = ${channel.account.id} and id = ${old}`.execute(db)
  await sql`with seq as (update account_seq set last_seq = last_seq + 1 where account_id = ${channel.account.id} returning last_seq)
    insert into event (account_id, seq, type, topic) select ${channel.account.id}, last_seq, 'settings.changed', 'tags' from seq`.execute(
    db,
  )
  nudge(channel.account.id)
  expect(await client.listChats(`?tagId=${into}`)).toMatchObject({ total: 1, items: [{ id: chatId }] })
  expect((await client.listChats(`?tagId=${old}`)).total).toBe(0)
})
