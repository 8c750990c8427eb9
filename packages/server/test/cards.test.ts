import { randomUUID } from 'node:crypto'
import type {
  ChatId,
  ContactDetails,
  ContactRow,
  CustomField,
  DuplicateGroup,
  FeedPage,
  Lead,
  LeadDetails,
  Page,
  Tag,
  Task,
} from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import { aNewMessage, aSender, giveRole, OWN_ONLY, startTestWorld, type TestWorld, waitUntil } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld({ clock: 'system' })
})
afterAll(() => world.stop())

async function aLead(name = 'Nora Lind') {
  const channel = await world.aChannel()
  const sender = aSender({ id: randomUUID(), name, phone: '+46 70 000 00 55' })
  const ids = await channel.send(aNewMessage({ sender }))
  const admin = await channel.account.asAdmin()
  const chatId = ids.conversation_id as ChatId
  const { lead } = await admin.getChat(chatId)
  return { channel, account: channel.account, admin, chatId, lead: await admin.acceptLead(lead!.id) }
}

describe('a contact', () => {
  test('has several phones and e-mails, the first ones being those the lists show', async () => {
    const { admin } = await aLead()
    const points = [
      { kind: 'phone', value: '+351 912 345 678', label: 'work' },
      { kind: 'phone', value: '+351 911 111 111', label: null },
      { kind: 'email', value: 'Ana@Example.net', label: null },
    ]
    const made = await admin.post<ContactRow>('/contacts', { name: 'Ana', company: 'North Pier', points })
    expect(made).toMatchObject({ name: 'Ana', company: 'North Pier', phone: '+351 912 345 678' })
    expect(made.points).toHaveLength(3)
    const changed = await admin.patch<ContactRow>(`/contacts/${made.id}`, { points: [points[1]], name: 'Ana Reis' })
    expect(changed).toMatchObject({ name: 'Ana Reis', phone: '+351 911 111 111', email: null })
  })

  test.each([
    ['a phone without digits', { points: [{ kind: 'phone', value: 'none' }] }],
    ['an e-mail that is none', { points: [{ kind: 'email', value: 'ana' }] }],
    ['an empty name', { name: ' ' }],
    ['a responsible user of nowhere', { responsibleUserId: 99 }],
  ])('is not changed by %s', async (_, patch) => {
    const { admin, lead } = await aLead()
    const before = await admin.get<ContactDetails>(`/contacts/${lead.contact!.id}`)
    await expect(admin.patch(`/contacts/${before.id}`, patch)).rejects.toMatchObject({ code: 'invalid_request' })
    // Who wrote last is known a moment later.
    const after = await admin.get<ContactDetails>(`/contacts/${before.id}`)
    expect({ ...after, activityAt: null }).toEqual({ ...before, activityAt: null })
  })

  test('that somebody else has changed meanwhile is not overwritten', async () => {
    const { admin, lead } = await aLead()
    await admin.patch(`/contacts/${lead.contact!.id}`, { name: 'Somebody else' })
    const late = { name: 'Mine', was: { name: 'Nora Lind' } }
    await expect(admin.patch(`/contacts/${lead.contact!.id}`, late)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('is listed by name, page by page, nothing twice', async () => {
    const { admin } = await aLead('Anna')
    for (const name of ['Clara', 'bea', 'Dora']) await admin.post('/contacts', { name })
    const names: string[] = []
    let after: string | null = ''
    while (after !== null) {
      const page: Page<ContactRow> = await admin.get(`/contacts?sort=name&limit=2${after && `&after=${after}`}`)
      names.push(...page.items.map((item) => item.name))
      after = page.next
    }
    expect(names).toEqual(['Anna', 'bea', 'Clara', 'Dora'])
  })

  test('knows who it is in the messenger, and its conversation', async () => {
    const { admin, lead, chatId } = await aLead()
    const details = await admin.get<ContactDetails>(`/contacts/${lead.contact!.id}`)
    expect(details.identities).toMatchObject([{ name: 'Nora Lind', chatId }])
    expect(await admin.get(`/contacts/${lead.contact!.id}/chats`)).toMatchObject({ items: [{ id: chatId }] })
  })

  test('that shares a number with another is pointed out, with what they share', async () => {
    const { admin, lead } = await aLead()
    await admin.patch(`/contacts/${lead.contact!.id}`, { points: [{ kind: 'phone', value: '+351 912 345 678' }] })
    await admin.post('/contacts', { name: 'The same', points: [{ kind: 'phone', value: '00351912345678' }] })
    const group = await waitUntil('the duplicates', async () => {
      const { items } = await admin.get<Page<DuplicateGroup>>('/contacts/duplicates')
      return items.find((item) => item.kind === 'phone')
    })
    expect(group.contacts.map(({ name }) => name).sort()).toEqual(['Nora Lind', 'The same'])
  })

  test('is deleted and comes back', async () => {
    const { admin } = await aLead()
    const made = await admin.post<ContactRow>('/contacts', { name: 'Gone' })
    await admin.delete(`/contacts/${made.id}`)
    await expect(admin.get(`/contacts/${made.id}`)).rejects.toMatchObject({ status: 404 })
    expect(await admin.post<ContactRow>(`/contacts/${made.id}/restore`)).toMatchObject({ name: 'Gone' })
  })
})

describe('a field of the account’s own', () => {
  test('holds what its type allows, and says why it does not hold the rest', async () => {
    const { admin, lead } = await aLead()
    const number = await admin.post<CustomField>('/fields', { entity: 'lead', type: 'number', name: 'Frame' })
    const select = await admin.post<CustomField>('/fields', {
      entity: 'lead',
      type: 'select',
      name: 'Size',
      options: [{ name: 'M' }, { name: 'L' }],
    })
    const values = { [number.id]: 54.5, [select.id]: select.options[1]!.id }
    expect((await admin.patch<Lead>(`/leads/${lead.id}/fields`, { values })).fields).toEqual(values)
    for (const wrong of [{ [number.id]: 'much' }, { [select.id]: 99 }, { 9999999: 'x' }])
      await expect(admin.patch(`/leads/${lead.id}/fields`, { values: wrong })).rejects.toMatchObject({
        code: 'invalid_request',
      })
    expect((await admin.get<Lead>(`/leads/${lead.id}`)).fields).toEqual(values)
  })

  test('is hidden first, with its values, and gone the second time', async () => {
    const { admin, lead } = await aLead()
    const field = await admin.post<CustomField>('/fields', { entity: 'lead', type: 'text', name: 'Colour' })
    await admin.patch(`/leads/${lead.id}/fields`, { values: { [field.id]: 'blue' } })
    expect(await admin.delete(`/fields/${field.id}`)).toMatchObject({ field: { isHidden: true } })
    await admin.patch(`/fields/${field.id}`, { isHidden: false })
    expect((await admin.get<Lead>(`/leads/${lead.id}`)).fields).toEqual({ [field.id]: 'blue' })
    await admin.delete(`/fields/${field.id}`)
    expect(await admin.delete(`/fields/${field.id}`)).toEqual({ field: null })
    expect((await admin.get<Lead>(`/leads/${lead.id}`)).fields).toEqual({})
  })
})

test('tags are made by whoever needs one, renamed and merged by admins', async () => {
  const { account, admin, lead } = await aLead()
  const manager = await account.asManager()
  const vip = await manager.post<Tag>('/tags', { name: 'VIP' })
  const big = await manager.post<Tag>('/tags', { name: 'Big' })
  await admin.patch(`/leads/${lead.id}`, { addTagIds: [vip.id, big.id] })
  await expect(manager.patch(`/tags/${vip.id}`, { name: 'Mine' })).rejects.toMatchObject({ code: 'forbidden' })
  await admin.post(`/tags/${big.id}/merge`, { intoId: vip.id })
  expect((await admin.get<Lead>(`/leads/${lead.id}`)).tags).toMatchObject([{ name: 'VIP' }])
})

describe('a task', () => {
  test('stands on its lead, goes live to the other screen, and is done', async () => {
    const { account, admin, lead } = await aLead()
    const manager = await account.asManager()
    const stream = await manager.openStream()
    const dueAt = Date.now() + 3_600_000
    const task = await admin.post<Task>('/tasks', { kind: 'call', text: 'Call Nora', dueAt, leadId: lead.id })
    expect(await stream.waitForEvent((event) => event.task?.id === task.id)).toMatchObject({ type: 'task.changed' })
    expect((await admin.get<Lead>(`/leads/${lead.id}`)).nextTask).toMatchObject({ id: task.id, dueAt })
    expect(await admin.get('/tasks?when=today')).toBeDefined()
    await admin.post(`/tasks/${task.id}/done`, { result: 'She comes on Saturday' })
    expect((await admin.get<Lead>(`/leads/${lead.id}`)).nextTask).toBeNull()
    expect(await admin.get('/tasks?when=done')).toMatchObject({
      items: [{ id: task.id, result: 'She comes on Saturday' }],
    })
    stream.close()
  })

  test.each([
    ['without a time', { text: 'Call' }],
    ['with two times', { text: 'Call', dueAt: 1, dueOn: '2026-11-30' }],
    ['without words', { text: ' ', dueAt: 1 }],
    ['on a day there is none', { text: 'Call', dueOn: '2026-02-30' }],
  ])('%s is refused', async (_, body) => {
    const { admin } = await aLead()
    await expect(admin.post('/tasks', body)).rejects.toMatchObject({ code: 'invalid_request' })
  })
})

test('the card of a lead has its people, chats and tasks; its feed everything in order, with both clocks', async () => {
  const { channel, admin, lead, chatId } = await aLead()
  const sender = aSender({ id: randomUUID(), name: 'Nora Lind' })
  const at = new Date(Date.now() - 60_000)
  await channel.send(aNewMessage({ text: 'An older one', at, sender }))
  await admin.patch(`/leads/${lead.id}`, { title: 'Blue bike', price: 890 })
  await admin.post('/tasks', { text: 'Call', dueOn: '2099-01-01', leadId: lead.id })
  const second = await admin.post<ContactRow>('/contacts', { name: 'Her brother' })
  const card = await admin.post<LeadDetails>(`/leads/${lead.id}/contacts`, { contactId: second.id })
  expect(card).toMatchObject({
    title: 'Blue bike',
    contacts: [{ name: 'Nora Lind' }, { name: 'Her brother' }],
    chats: [{ id: chatId }],
    openTasks: [{ text: 'Call' }],
  })
  const items: FeedPage['items'] = []
  let before: string | null = ''
  while (before !== null) {
    const page: FeedPage = await admin.get(`/leads/${lead.id}/feed?limit=2${before && `&before=${before}`}`)
    items.push(...page.items)
    before = page.next
  }
  expect(new Set(items.map(({ key }) => key)).size).toBe(items.length)
  expect(items.map(({ at: time }) => time)).toEqual(items.map(({ at: time }) => time).sort((a, b) => b - a))
  expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(['message', 'task', 'change']))
  const message = items.find((item) => item.kind === 'message')
  expect(message?.kind === 'message' && message.message.receivedAt).toBeGreaterThan(0)
  const only = await admin.get<FeedPage>(`/leads/${lead.id}/feed?kinds=change`)
  expect(only.items.every(({ kind }) => kind === 'change')).toBe(true)
})

test('notes stand in the feed: of the lead itself and of its chats, as far as one may see those', async () => {
  const { account, admin, lead, chatId } = await aLead()
  const [own, ofChat] = [randomUUID(), randomUUID()]
  await admin.post(`/leads/${lead.id}/notes`, { id: own, text: 'Wants it before Easter' })
  await admin.post(`/chats/${chatId}/notes`, { id: ofChat, text: 'Answers in the evening' })
  await admin.delete(`/notes/${own}`)
  const feed = async (client = admin, page = '') =>
    client.get<FeedPage>(`/leads/${lead.id}/feed?kinds=note&limit=1${page}`)
  const first = await feed()
  expect(first.items).toMatchObject([{ kind: 'note', note: { id: ofChat, text: 'Answers in the evening' } }])
  const second = await feed(admin, `&before=${first.next}`)
  // What is deleted leaves a stone.
  expect(second).toMatchObject({ items: [{ kind: 'note', note: { id: own, text: '', isDeleted: true } }], next: null })

  // Its chat goes on to somebody else's lead; the chat's notes go with it.
  await admin.patch(`/leads/${lead.id}`, { responsibleUserId: account.manager.id })
  await giveRole(world, account, account.manager, OWN_ONLY)
  const manager = await account.asManager()
  expect((await feed(manager)).items).toMatchObject([{ note: { id: ofChat } }])
  const contact = { name: 'Somebody else' }
  const other = await admin.post<Lead>('/leads', { title: 'Another', pipelineId: lead.pipeline.id, contact })
  await sql`update chat_state set lead_id = ${other.id} where account_id = ${account.id} and chat_id = ${chatId}::uuid`.execute(
    world.deps.db,
  )
  expect((await feed(manager)).items).toMatchObject([{ note: { id: own } }])
})
