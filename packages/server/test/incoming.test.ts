import {
  type ChatId,
  type DecidedLeads,
  type Duplicate,
  type IncomingPage,
  type Lead,
  type LeadId,
  type LinkTarget,
  MANAGER_RIGHTS,
  type Pipeline,
} from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import {
  type AppClient,
  aNewMessage,
  aSender,
  startTestWorld,
  type TestChannel,
  type TestWorld,
  waitUntil,
} from '@parley/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

let world: TestWorld
let channel: TestChannel
let admin: AppClient
let manager: AppClient

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())
beforeEach(async () => {
  channel = await world.aChannel()
  admin = await channel.account.asAdmin()
  manager = await channel.account.asManager()
})

interface Incoming {
  lead: Lead
  chatId: ChatId
  /** Writes again, in the same conversation. */
  write(text: string, from?: TestChannel): Promise<unknown>
}

let count = 0

async function anIncomingLead(
  { id, name, phone, email }: { id?: string; name?: string; phone?: string; email?: string } = {},
  through = channel,
): Promise<Incoming> {
  count += 1
  const sender = aSender({
    id: id ?? `client-${count}`,
    name: name ?? `Client ${count}`,
    profile: { ...(phone && { phone }), ...(email && { email }) },
  })
  const conversation = { conversation_id: `conversation-${count}`, sender }
  const { conversation_id } = await through.send(aNewMessage({ text: 'Is it still there?', ...conversation }))
  const chatId = conversation_id as ChatId
  const { lead } = await admin.getChat(chatId)
  return {
    lead: lead!,
    chatId,
    write: (text, from = through) => from.send(aNewMessage({ text, ...conversation })),
  }
}

const accepted = async (who: Parameters<typeof anIncomingLead>[0] = {}) => {
  const incoming = await anIncomingLead(who)
  return { ...incoming, lead: await admin.acceptLead(incoming.lead.id) }
}
const incomingList = (query = '', client = manager) => client.get<IncomingPage>(`/leads/incoming${query}`)
const restore = (id: LeadId, client = manager) => client.post<Lead>(`/leads/${id}/restore`)
const leadOf = async (chatId: ChatId) => (await admin.getChat(chatId)).lead
const link = (id: LeadId, to: { leadId?: number; contactId?: number }) => manager.post<Lead>(`/leads/${id}/link`, to)
const openTalks = async (leadId: LeadId) =>
  (
    await sql`select id from talk where account_id = ${channel.account.id} and lead_id = ${leadId}
      and closed_at is null`.execute(world.deps.db)
  ).rows.length

describe('the list of incoming leads', () => {
  test('has what each began with, how long it waits, and how many there are by source', async () => {
    const other = await world.aChannel({ account: channel.account })
    const first = await anIncomingLead()
    await first.write('Hello?')
    const second = await anIncomingLead({}, other)
    await accepted()
    const page = await incomingList()
    expect(page.items).toMatchObject([
      { lead: { id: second.lead.id } },
      {
        lead: { id: first.lead.id },
        firstMessage: { text: 'Is it still there?', kind: 'text' },
        chats: [{ waitingSince: expect.any(Number), unread: 2, lastMessage: { text: 'Hello?' } }],
        duplicate: null,
      },
    ])
    expect(page.counts.map(({ channelId, source, leads }) => [channelId, source, leads]).toSorted()).toEqual(
      [
        [channel.id, null, 1],
        [other.id, null, 1],
      ].toSorted(),
    )
    const ids = ({ items }: IncomingPage) => items.map(({ lead }) => lead.id)
    expect(ids(await incomingList(`?channel=${other.id}`))).toEqual([second.lead.id])
    const oldest = await incomingList('?sort=oldest&limit=1')
    expect(ids(oldest)).toEqual([first.lead.id])
    expect(ids(await incomingList(`?sort=oldest&limit=1&after=${oldest.next}`))).toEqual([second.lead.id])
  })
})

describe('accepting', () => {
  test('is taken back: incoming again, in its place, nobody’s', async () => {
    const { lead } = await anIncomingLead()
    const before = await admin.get<Lead>(`/leads/${lead.id}`)
    await manager.acceptLead(lead.id)
    const restored = await restore(lead.id)
    expect({ ...restored, updatedAt: 0 }).toEqual({ ...before, updatedAt: 0 })
  })

  test('who is slower is told who was faster', async () => {
    const { lead } = await anIncomingLead()
    await manager.acceptLead(lead.id)
    await expect(admin.acceptLead(lead.id)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Max Berg accepted it a moment ago.'),
      details: { decision: 'accepted', by: { name: 'Max Berg' } },
    })
    await expect(admin.declineLead(lead.id)).rejects.toMatchObject({ code: 'conflict' })
    const other = await anIncomingLead()
    await manager.declineLead(other.lead.id)
    await world.clock.advance(5 * 60_000)
    await expect(admin.acceptLead(other.lead.id)).rejects.toMatchObject({
      message: expect.stringContaining('Max Berg declined it 5 min ago.'),
    })
  })
})

describe('declining', () => {
  test('is taken back: lead, contact, chat and talk are as they were', async () => {
    const { lead, chatId } = await anIncomingLead()
    await manager.declineLead(lead.id)
    expect((await incomingList()).items).toEqual([])
    expect(await leadOf(chatId)).toBeNull()
    const stream = await admin.openStream()
    const restored = await restore(lead.id)
    expect({ ...restored, updatedAt: 0 }).toEqual({ ...lead, updatedAt: 0 })
    expect((await leadOf(chatId))?.contact).toEqual(lead.contact)
    expect(await openTalks(lead.id)).toBe(1)
    expect(await stream.waitForEvent('lead.restored')).toMatchObject({ chat: { id: chatId, lead: { id: lead.id } } })
    stream.close()
    await expect(restore(lead.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('is taken back with what the client wrote meanwhile, and makes no second lead of it', async () => {
    const { lead, chatId, write } = await anIncomingLead()
    await manager.declineLead(lead.id)
    await write('Anybody there?')
    const newer = await leadOf(chatId)
    expect(newer!.id).not.toBe(lead.id)
    await restore(lead.id)
    expect((await leadOf(chatId))?.id).toBe(lead.id)
    await expect(admin.get(`/leads/${newer!.id}`)).rejects.toMatchObject({ status: 404 })
    expect(await openTalks(lead.id)).toBe(1)
    await write('Hello?')
    expect((await leadOf(chatId))?.id).toBe(lead.id)
    expect((await incomingList()).items).toHaveLength(1)
  })

  test('is not taken back once somebody works on the newer lead', async () => {
    const { lead, chatId, write } = await anIncomingLead()
    await manager.declineLead(lead.id)
    await write('Anybody there?')
    const newer = await leadOf(chatId)
    await admin.acceptLead(newer!.id)
    await expect(restore(lead.id)).rejects.toMatchObject({ code: 'conflict', details: { leadId: newer!.id } })
  })

  test('leaves nothing once it cannot be taken back', async () => {
    const { lead, chatId } = await anIncomingLead()
    await manager.patch(`/leads/${lead.id}`, { title: 'Spam' })
    await manager.post('/tasks', { text: 'Look at it', dueOn: '2030-01-01', leadId: lead.id })
    await manager.declineLead(lead.id)
    const rowsOf = async () => {
      const { rows } = await sql<{ rows: number }>`select
        (select count(*)::int from lead where account_id = ${channel.account.id} and id = ${lead.id})
        + (select count(*)::int from contact where account_id = ${channel.account.id} and id = ${lead.contact!.id})
        + (select count(*)::int from talk where account_id = ${channel.account.id} and lead_id = ${lead.id})
        + (select count(*)::int from lead_change where account_id = ${channel.account.id} and lead_id = ${lead.id})
        + (select count(*)::int from task where account_id = ${channel.account.id} and lead_id = ${lead.id})
        + (select count(*)::int from lead_undo where account_id = ${channel.account.id} and lead_id = ${lead.id}) as rows`.execute(
        world.deps.db,
      )
      return rows[0]!.rows
    }
    expect(await rowsOf()).toBe(6)
    // An hour, in which everything that looks around every second would look three thousand times.
    await world.clock.jump(3_660_000)
    await world.clock.advanceUntil(waitUntil('the purge', async () => (await rowsOf()) === 0, 12_000))
    await expect(restore(lead.id)).rejects.toMatchObject({ status: 404 })
    expect((await admin.getChat(chatId)).chat).toMatchObject({ id: chatId, lead: null })
  })

  test('spares a contact that was known before', async () => {
    const known = await accepted({ id: 'client-known' })
    await admin.patch(`/leads/${known.lead.id}`, { stageId: 142 })
    const again = await anIncomingLead({ id: 'client-known' })
    expect(again.lead.contact!.id).toBe(known.lead.contact!.id)
    await manager.declineLead(again.lead.id)
    expect((await admin.get<Lead>(`/leads/${known.lead.id}`)).contact).not.toBeNull()
  })
})

describe('linking', () => {
  test('to a lead: its chats and talk go there, the incoming lead and its contact vanish, and the person stays known', async () => {
    const known = await accepted()
    const other = await world.aChannel({ account: channel.account })
    const { lead, chatId, write } = await anIncomingLead({ id: 'traveller' }, other)
    const stream = await admin.openStream()
    expect((await link(lead.id, { leadId: known.lead.id })).id).toBe(known.lead.id)
    expect(await stream.waitForEvent('lead.linked')).toMatchObject({ removedLeadId: lead.id })
    expect(await leadOf(chatId)).toMatchObject({ id: known.lead.id, contact: known.lead.contact })
    expect(await openTalks(known.lead.id)).toBe(2)
    expect((await incomingList()).items).toEqual([])
    await write('Me again')
    expect((await leadOf(chatId))?.id).toBe(known.lead.id)
    const another = await other.send(aNewMessage({ sender: aSender({ id: 'traveller' }) }))
    expect((await leadOf(another.conversation_id as ChatId))?.id).toBe(known.lead.id)
    expect((await incomingList()).items).toEqual([])
    stream.close()
  })

  test('is taken back: everything is apart again', async () => {
    const known = await accepted()
    const { lead, chatId } = await anIncomingLead()
    await link(lead.id, { leadId: known.lead.id })
    const restored = await restore(lead.id)
    expect({ ...restored, updatedAt: 0 }).toEqual({ ...lead, updatedAt: 0 })
    expect((await leadOf(chatId))?.id).toBe(lead.id)
    expect((await leadOf(known.chatId))?.id).toBe(known.lead.id)
    expect([await openTalks(lead.id), await openTalks(known.lead.id)]).toEqual([1, 1])
  })

  test('takes what is to be done along, and brings it back', async () => {
    const known = await accepted()
    const { lead } = await anIncomingLead()
    const task = await manager.post<{ id: number }>('/tasks', {
      text: 'Call back',
      dueOn: '2030-01-01',
      leadId: lead.id,
    })
    const nextOf = async (id: LeadId) => (await admin.get<Lead>(`/leads/${id}`)).nextTask?.id
    await link(lead.id, { leadId: known.lead.id })
    expect(await nextOf(known.lead.id)).toBe(task.id)
    await restore(lead.id)
    expect([await nextOf(lead.id), await nextOf(known.lead.id)]).toEqual([task.id, undefined])
  })

  test('to a contact: its open lead gets the chats; without one the incoming lead is the contact’s', async () => {
    const known = await accepted()
    const first = await anIncomingLead()
    expect((await link(first.lead.id, { contactId: known.lead.contact!.id })).id).toBe(known.lead.id)
    await admin.patch(`/leads/${known.lead.id}`, { stageId: 142 })
    const second = await anIncomingLead()
    expect(await link(second.lead.id, { contactId: known.lead.contact!.id })).toMatchObject({
      id: second.lead.id,
      isIncoming: true,
      contact: known.lead.contact,
    })
    expect((await restore(second.lead.id)).contact).toEqual(second.lead.contact)
  })

  test.each([
    ['itself', (lead: Lead) => ({ leadId: lead.id }), 400],
    ['nothing', () => ({}), 400],
    ['both', (lead: Lead) => ({ leadId: lead.id, contactId: lead.contact!.id }), 400],
    ['a lead of nowhere', () => ({ leadId: 1 }), 404],
    ['a contact of nowhere', () => ({ contactId: 1 }), 404],
  ])('to %s is refused', async (_, to, status) => {
    const { lead } = await anIncomingLead()
    await expect(link(lead.id, to(lead))).rejects.toMatchObject({ status })
    expect((await incomingList()).items).toHaveLength(1)
  })
})

describe('duplicates', () => {
  test('are found by number however it is written, by address, by messenger and by name, with what speaks for each', async () => {
    const other = await world.aChannel({ account: channel.account })
    const byPhone = await accepted({ name: 'Nora Lind', phone: '+7 912 345-67-89' })
    const byEmail = await accepted({ name: 'N. L.', email: 'Nora@Example.net' })
    const byName = await accepted({ name: 'nora lind' })
    const byMessenger = await accepted({ id: 'telegram-4711', name: 'Traveller' })
    await accepted({ name: 'Somebody else', phone: '+7 912 345-67-80' })
    const { lead } = await anIncomingLead(
      { id: 'telegram-4711', name: 'Nora Lind', phone: '8 (912) 345 67 89', email: 'nora@example.net' },
      other,
    )
    const { items } = await manager.get<{ items: Duplicate[] }>(`/leads/${lead.id}/duplicates`)
    expect(items.map(({ contact, evidence }) => [contact.id, evidence.map(({ kind }) => kind)])).toEqual([
      [byPhone.lead.contact!.id, ['phone', 'name']],
      [byEmail.lead.contact!.id, ['email']],
      [byMessenger.lead.contact!.id, ['messenger']],
      [byName.lead.contact!.id, ['name']],
    ])
    expect(items[0]).toMatchObject({
      evidence: [{ value: '+7 912 345-67-89' }, { value: 'Nora Lind' }],
      leads: [{ id: byPhone.lead.id, stage: { name: 'First contact' } }],
    })
    const [card] = (await incomingList()).items
    expect(card?.duplicate).toEqual({
      contactId: byPhone.lead.contact!.id,
      name: 'Nora Lind',
      evidence: 'phone',
      others: 3,
    })
  })

  test('what the role does not show is none', async () => {
    await accepted({ name: 'Nora Lind', phone: '+46 70 123 45 67' })
    const user = await channel.account.aUser()
    const rights = {
      ...MANAGER_RIGHTS,
      contacts: { view: 'none', edit: 'none', delete: 'none', export: 'none' },
      leads: { view: 'own', edit: 'own', delete: 'none', export: 'none' },
    }
    const { rows } = await sql<{ id: number }>`insert into role (account_id, name, rights)
      values (${channel.account.id}, 'New', ${JSON.stringify(rights)}) returning id`.execute(world.deps.db)
    await sql`update account_user set role_id = ${rows[0]!.id} where account_id = ${channel.account.id} and id = ${user.id}`.execute(
      world.deps.db,
    )
    await sql`update contact set responsible_user_id = ${admin.me.user.id}
      where account_id = ${channel.account.id}`.execute(world.deps.db)
    const client = await user.logIn()
    const { lead } = await anIncomingLead({ name: 'Nora Lind', phone: '0701234567' })
    expect((await incomingList('', client)).items).toMatchObject([{ lead: { id: lead.id }, duplicate: null }])
    expect(await client.get(`/leads/${lead.id}/duplicates`)).toEqual({ items: [] })
    expect(await client.get('/leads/link-targets?q=nora')).toEqual({ items: [] })
    expect((await incomingList()).items[0]?.duplicate).toMatchObject({ name: 'Nora Lind' })
  })

  test('and anybody else can be searched for', async () => {
    const known = await accepted({ name: 'Omar Reyes', phone: '+34 612 345 678' })
    await admin.patch(`/leads/${known.lead.id}`, { title: 'Cargo bike' })
    const { lead } = await anIncomingLead({ name: 'Omar' })
    const search = async (q: string) =>
      (
        await manager.get<{ items: LinkTarget[] }>(`/leads/link-targets?besides=${lead.id}&q=${encodeURIComponent(q)}`)
      ).items.map(({ contact, leads }) => [contact.name, leads.map(({ title }) => title)])
    const found = [['Omar Reyes', ['Cargo bike']]]
    expect(await search('omar')).toEqual(found)
    expect(await search('612 345')).toEqual(found)
    expect(await search('cargo')).toEqual(found)
    expect(await search('100%')).toEqual([])
  })
})

describe('many at once', () => {
  test('are decided, each for itself, and taken back', async () => {
    const leads = await Promise.all(Array.from({ length: 6 }, () => anIncomingLead()))
    const ids = leads.map(({ lead }) => lead.id)
    await admin.acceptLead(ids[0]!)
    const [pipeline] = (await manager.get<{ items: Pipeline[] }>('/pipelines')).items
    const stageId = pipeline!.stages[3]!.id
    const decide = (body: object) => manager.post<DecidedLeads>('/leads/decide', body)
    const result = await decide({ decision: 'accept', leadIds: [...ids.slice(0, 4), 1], stageId })
    expect(result.done.toSorted()).toEqual(ids.slice(1, 4).toSorted())
    expect(result.failed.toSorted((a, b) => a.leadId - b.leadId)).toMatchObject([
      { leadId: 1, code: 'not_found' },
      { leadId: ids[0], code: 'conflict', reason: 'Ana Silva accepted it a moment ago.' },
    ])
    expect((await admin.get<Lead>(`/leads/${ids[1]}`)).stage.id).toBe(stageId)
    expect((await decide({ decision: 'decline', leadIds: ids.slice(4) })).done).toHaveLength(2)
    expect((await incomingList()).items).toEqual([])
    const undone = await manager.post<DecidedLeads>('/leads/restore', { leadIds: ids.slice(1) })
    expect(undone.failed).toEqual([])
    const { items, counts } = await incomingList()
    expect(items.map(({ lead }) => lead.id).toSorted()).toEqual(ids.slice(1).toSorted())
    expect(counts).toMatchObject([{ leads: 5 }])
    await expect(decide({ decision: 'accept', leadIds: [] })).rejects.toMatchObject({ status: 400 })
  })
})

test('strangers, and who may not see what is nobody’s, decide nothing', async () => {
  const { lead } = await anIncomingLead()
  const stranger = await (await world.anAccount()).asAdmin()
  const user = await channel.account.aUser()
  const rights = { ...MANAGER_RIGHTS, incoming: false, leads: { ...MANAGER_RIGHTS.leads, view: 'own', edit: 'own' } }
  const { rows } = await sql<{ id: number }>`insert into role (account_id, name, rights)
    values (${channel.account.id}, 'Own', ${JSON.stringify(rights)}) returning id`.execute(world.deps.db)
  await sql`update account_user set role_id = ${rows[0]!.id} where account_id = ${channel.account.id} and id = ${user.id}`.execute(
    world.deps.db,
  )
  for (const client of [stranger, await user.logIn()]) {
    for (const path of ['accept', 'decline', 'link', 'restore'])
      await expect(client.post(`/leads/${lead.id}/${path}`, { contactId: 1 })).rejects.toMatchObject({ status: 404 })
    await expect(client.get(`/leads/${lead.id}/duplicates`)).rejects.toMatchObject({ status: 404 })
    const decided = await client.post<DecidedLeads>('/leads/decide', { decision: 'decline', leadIds: [lead.id] })
    expect(decided).toMatchObject({ done: [], failed: [{ code: 'not_found' }] })
    expect((await client.post<DecidedLeads>('/leads/restore', { leadIds: [lead.id] })).done).toEqual([])
    expect((await client.get<IncomingPage>('/leads/incoming')).counts).toEqual([])
  }
  expect((await incomingList()).items).toHaveLength(1)
})
