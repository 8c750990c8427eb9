import {
  type Board,
  type CardPage,
  type ChatId,
  type Lead,
  type LeadCard,
  type LeadId,
  MANAGER_RIGHTS,
  type Pipeline,
  type Rights,
  type StageCount,
} from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import {
  type AppClient,
  aNewMessage,
  aSender,
  startTestWorld,
  type TestAccount,
  type TestChannel,
  type TestUser,
  type TestWorld,
  waitUntil,
} from '@parley/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

let world: TestWorld
let channel: TestChannel
let admin: AppClient
let main: Pipeline

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())
beforeEach(async () => {
  channel = await world.aChannel()
  admin = await channel.account.asAdmin()
  main = (await admin.listPipelines()).items[0]!
})

const stageId = (name: string) => main.stages.find((one) => one.name === name)!.id

async function anIncomingLead(more: Record<string, unknown> = {}): Promise<Lead> {
  const { conversation_id } = await channel.send(aNewMessage(more))
  return (await admin.getChat(conversation_id as ChatId)).lead!
}

const make = (fields: Record<string, unknown> = {}, client = admin) =>
  client.post<Lead>('/leads', {
    title: 'Two bikes',
    pipelineId: main.id,
    contact: { name: 'Iris Vale' },
    ...fields,
  })

const board = (query = '', client = admin) => client.get<Board>(`/pipelines/${main.id}/board${query}`)
const countsOf = ({ counts }: { counts: StageCount[] }) =>
  Object.fromEntries(
    counts.map(({ stageId: id, leads, total }) => [main.stages.find((one) => one.id === id)?.name, [leads, total]]),
  )
const titlesIn = ({ stages }: Board, name: string) =>
  stages.find((stage) => stage.stageId === stageId(name))!.items.map(({ lead }) => lead.title)

async function giveRole(account: TestAccount, user: TestUser, rights: Rights): Promise<AppClient> {
  const { rows } = await sql<{ id: number }>`insert into role (account_id, name, rights)
    values (${account.id}, 'Test', ${JSON.stringify(rights)}) returning id`.execute(world.deps.db)
  await sql`update account_user set role_id = ${rows[0]!.id} where account_id = ${account.id} and id = ${user.id}`.execute(
    world.deps.db,
  )
  return user.logIn()
}

const ownOnly: Rights = {
  ...MANAGER_RIGHTS,
  incoming: false,
  leads: { view: 'own', edit: 'own', delete: 'none', export: 'none' },
}

describe('the board', () => {
  test('has every stage’s first cards, with chat, unread and last line, and counts with sums', async () => {
    await anIncomingLead({ text: 'Do you have it in red?', sender: aSender({ name: 'Omar Reyes' }) })
    const accepted = await admin.acceptLead((await anIncomingLead()).id)
    await admin.patch(`/leads/${accepted.id}`, { price: 900 })
    await make({ price: 300 })
    const now = await board()
    expect(countsOf(now)).toEqual({ 'Incoming leads': [1, 0], 'First contact': [2, 1200] })
    expect(titlesIn(now, 'First contact')).toEqual(['Two bikes', 'Nora Lind'])
    expect(now.stages.map((stage) => stage.stageId)).toEqual(main.stages.map((stage) => stage.id))
    const [card] = now.stages[0]!.items
    expect(card).toMatchObject({
      lead: { title: 'Omar Reyes', isIncoming: true },
      chats: [{ unread: 1, lastMessage: { text: 'Do you have it in red?' }, channel: { code: channel.code } }],
    })
    expect(now.stages[1]!.items[0]!.chats).toEqual([])
  })

  test('counts follow at once, also before the counters do, and end the same', async () => {
    const lead = await make({ price: 500 })
    await admin.patch(`/leads/${lead.id}`, { stageId: stageId('Decision'), price: 700 })
    expect(countsOf(await board())).toEqual({ Decision: [1, 700] })
    const counters = async () =>
      (
        await sql<{ stage_id: number; leads: number; total: string }>`select stage_id, leads, total from lead_count
          where account_id = ${channel.account.id} and leads <> 0`.execute(world.deps.db)
      ).rows
    await waitUntil('the counters', async () => {
      const rows = await counters()
      return rows.length === 1 && rows[0]!.stage_id === stageId('Decision')
    })
    expect(await counters()).toEqual([{ stage_id: stageId('Decision'), leads: 1, total: '700' }])
    expect(countsOf(await board())).toEqual({ Decision: [1, 700] })
    await admin.delete(`/leads/${lead.id}`)
    expect(countsOf(await board())).toEqual({})
    await waitUntil('the counters', async () => (await counters()).length === 0)
  })

  test('a stage is paged by key: nothing twice, nothing missing', async () => {
    for (let index = 0; index < 7; index += 1) await make({ title: `Lead ${index}` })
    const first = await board('?limit=3')
    const page = first.stages.find((stage) => stage.stageId === stageId('First contact'))!
    const titles = page.items.map(({ lead }) => lead.title)
    for (let key = page.next; key !== null; ) {
      const next = await admin.get<CardPage>(
        `/pipelines/${main.id}/stages/${stageId('First contact')}/leads?limit=3&after=${key}`,
      )
      titles.push(...next.items.map(({ lead }) => lead.title))
      key = next.next
    }
    expect(titles).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `Lead ${index}`))
    const path = `/pipelines/${main.id}/stages/${stageId('First contact')}/leads`
    await expect(admin.get(`${path}?after=nonsense`)).rejects.toMatchObject({ status: 400 })
  })

  test('a card lands where it is dropped, a hundred times at the same place', async () => {
    const [bottom, middle, top] = [await make({ title: 'c' }), await make({ title: 'b' }), await make({ title: 'a' })]
    const order = async () => titlesIn(await board(), 'First contact')
    const drop = (lead: Lead, place: object) => admin.patch<Lead>(`/leads/${lead.id}`, { place })
    await drop(bottom!, { below: top!.id })
    expect(await order()).toEqual(['a', 'c', 'b'])
    await drop(bottom!, { above: top!.id })
    expect(await order()).toEqual(['c', 'a', 'b'])
    const { rank } = await drop(top!, { below: middle!.id })
    expect(await order()).toEqual(['c', 'b', 'a'])
    await drop(top!, { rank: rank + 10_000_000_000 })
    expect(await order()).toEqual(['a', 'c', 'b'])
    for (let index = 0; index < 100; index += 1) await drop(index % 2 === 0 ? middle! : bottom!, { below: top!.id })
    expect(await order()).toEqual(['a', 'c', 'b'])
    const moved = await admin.patch<Lead>(`/leads/${top!.id}`, { stageId: stageId('Decision') })
    await admin.patch(`/leads/${bottom!.id}`, { stageId: stageId('Decision'), place: { below: moved.id } })
    expect(titlesIn(await board(), 'Decision')).toEqual(['a', 'c'])
  })

  test('filters', async () => {
    const { rows } = await sql<{
      id: number
    }>`insert into tag (account_id, name) values (${channel.account.id}, 'VIP') returning id`.execute(world.deps.db)
    await anIncomingLead()
    const cheap = await make({ title: 'Cheap', price: 10, responsibleUserId: null })
    const dear = await make({ title: 'Dear', price: 9000, contact: { name: 'Omar Reyes', phone: '+46 70 123 45 67' } })
    await admin.patch(`/leads/${dear.id}`, { addTagIds: [rows[0]!.id] })
    const shown = async (query: string) => {
      const now = await board(query)
      return [now.stages.flatMap((stage) => stage.items.map(({ lead }) => lead.title)).sort(), countsOf(now)]
    }
    expect(await shown(`?tag=${rows[0]!.id}`)).toEqual([['Dear'], { 'First contact': [1, 9000] }])
    expect(await shown('?priceFrom=5&priceTo=100')).toEqual([['Cheap'], { 'First contact': [1, 10] }])
    expect(await shown(`?responsible=${admin.me.user.id}`)).toEqual([['Dear'], { 'First contact': [1, 9000] }])
    expect(await shown('?responsible=none')).toEqual([
      ['Cheap', 'Nora Lind'],
      { 'Incoming leads': [1, 0], 'First contact': [1, 10] },
    ])
    expect(await shown(`?channel=${channel.id}`)).toEqual([['Nora Lind'], { 'Incoming leads': [1, 0] }])
    await admin.post('/tasks', { text: 'Call', dueOn: '2030-01-01', leadId: dear.id })
    expect(await shown('?noTask=true&priceFrom=1')).toEqual([['Cheap'], { 'First contact': [1, 10] }])
    expect(await shown('?q=omar')).toEqual([['Dear'], { 'First contact': [1, 9000] }])
    expect(await shown('?q=0701234567'.replace('070', '46701'))).toEqual([[], {}])
    expect(await shown('?q=701234567')).toEqual([['Dear'], { 'First contact': [1, 9000] }])
    expect(await shown(`?stage=${stageId('Decision')}`)).toEqual([[], {}])
    expect(await shown(`?createdTo=${cheap.createdAt - 86_400_000}`)).toEqual([[], {}])
    await expect(admin.get(`/pipelines/${main.id}/board?responsible=me`)).rejects.toMatchObject({ status: 400 })
  })

  test('the list is sorted and paged by what one likes', async () => {
    for (const [title, price] of [
      ['Beta', 20],
      ['alpha', 20],
      ['Gamma', 5],
      ['delta', 90],
    ] as const)
      await make({ title, price })
    const walk = async (query: string) => {
      const titles: string[] = []
      for (let after = ''; ; ) {
        const page = await admin.get<CardPage>(`/pipelines/${main.id}/leads?limit=2${query}${after}`)
        titles.push(...page.items.map(({ lead }) => lead.title))
        if (page.next === null) return titles
        after = `&after=${page.next}`
      }
    }
    expect(await walk('')).toEqual(['delta', 'Gamma', 'alpha', 'Beta'])
    expect(await walk('&sort=title&dir=asc')).toEqual(['alpha', 'Beta', 'delta', 'Gamma'])
    expect(await walk('&sort=price&dir=desc')).toEqual(['delta', 'alpha', 'Beta', 'Gamma'])
    expect(await walk('&sort=price&dir=asc&priceFrom=6')).toEqual(['Beta', 'alpha', 'delta'])
    for (const sort of ['updated', 'stageSince', 'contact', 'responsible', 'stage'])
      expect((await walk(`&sort=${sort}`)).toSorted()).toEqual(['Beta', 'Gamma', 'alpha', 'delta'])
    const { next } = await admin.get<CardPage>(`/pipelines/${main.id}/leads?limit=2&sort=title`)
    await expect(admin.get(`/pipelines/${main.id}/leads?sort=price&after=${next}`)).rejects.toMatchObject({
      status: 400,
    })
  })

  test('shows and counts nobody what his role does not show him', async () => {
    const user = await channel.account.aUser()
    const client = await giveRole(channel.account, user, ownOnly)
    await anIncomingLead()
    const foreign = await make({ price: 100 })
    await make({ title: 'Mine', price: 50, responsibleUserId: user.id })
    const seen = await board('', client)
    expect(countsOf(seen)).toEqual({ 'First contact': [1, 50] })
    expect(seen.stages.flatMap((stage) => stage.items.map(({ lead }) => lead.title))).toEqual(['Mine'])
    const list = await client.get<CardPage>(`/pipelines/${main.id}/leads`)
    expect(list.items.map(({ lead }) => lead.title)).toEqual(['Mine'])
    expect(countsOf(await board(`?responsible=${admin.me.user.id}`, client))).toEqual({})
    await expect(client.patch(`/leads/${foreign.id}`, { place: {} })).rejects.toMatchObject({ status: 404 })
    await expect(make({ responsibleUserId: admin.me.user.id }, client)).rejects.toMatchObject({ status: 403 })
    const incoming = await client.get<CardPage>('/leads/incoming')
    expect(incoming.items).toEqual([])
    const asked = [foreign.id, seen.stages[1]!.items[0]!.lead.id, 1].join(',')
    const cards = await client.get<{ items: LeadCard[] }>(`/leads/cards?ids=${asked}`)
    expect(cards.items.map(({ lead }) => lead.title)).toEqual(['Mine'])
  })
})

describe('a lead by hand', () => {
  test('with a new contact or one that is there', async () => {
    const stream = await admin.openStream()
    const lead = await make({ stageId: stageId('Decision'), contact: { name: 'Iris Vale', phone: '+46 70 1' } })
    expect(lead).toMatchObject({
      stage: { name: 'Decision' },
      isIncoming: false,
      responsible: { id: admin.me.user.id },
      contact: { name: 'Iris Vale', phone: '+46 70 1' },
      source: null,
    })
    expect(await stream.waitForEvent('lead.created')).toMatchObject({ lead: { id: lead.id } })
    const second = await make({ contact: undefined, contactId: lead.contact!.id })
    expect(second.contact).toEqual(lead.contact)
    stream.close()
  })

  test.each([
    [{ contact: undefined }, undefined],
    [{ contactId: 1, contact: undefined }, 'contactId'],
    [{ stageId: 1 }, 'stageId'],
    [{ pipelineId: 1 }, 'pipelineId'],
    [{ title: '' }, 'title'],
    [{ responsibleUserId: 1 }, 'responsibleUserId'],
  ])('with %j is refused', async (fields, field) => {
    await expect(make(fields)).rejects.toMatchObject({ status: 400, ...(field && { details: { field } }) })
  })

  test('is deleted by who may, and comes back with its chats', async () => {
    const lead = await admin.acceptLead((await anIncomingLead({ conversation_id: 'c-1' })).id)
    const chatId = (await admin.listChats()).items[0]!.id
    const manager = await channel.account.asManager()
    await expect(manager.delete(`/leads/${lead.id}`)).rejects.toMatchObject({ code: 'forbidden' })
    await admin.delete(`/leads/${lead.id}`)
    expect((await admin.getChat(chatId)).chat.lead).toBeNull()
    await expect(admin.get(`/leads/${lead.id}`)).rejects.toMatchObject({ status: 404 })
    await expect(manager.post(`/leads/${lead.id}/restore`)).rejects.toMatchObject({ code: 'forbidden' })
    const restored = await admin.post<Lead>(`/leads/${lead.id}/restore`)
    expect({ ...restored, updatedAt: 0 }).toEqual({ ...lead, updatedAt: 0 })
    expect((await admin.getChat(chatId)).chat.lead?.id).toBe(lead.id)
    await expect(admin.post(`/leads/${lead.id as LeadId}/restore`)).resolves.toMatchObject({ isIncoming: true })
  })
})
