import { randomUUID } from 'node:crypto'
import {
  type ChatId,
  type ContactDetails,
  type ContactId,
  type ContactRow,
  type CustomField,
  type Lead,
  MANAGER_RIGHTS,
  type MergedContact,
  type Tag,
  type Task,
  type UndoneMerge,
} from '@parley/protocol/model'
import {
  type AppClient,
  aNewMessage,
  aSender,
  giveRole,
  startTestWorld,
  type TestChannel,
  type TestWorld,
  waitUntil,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

interface Person {
  id: ContactId
  chatId: ChatId
  lead: Lead
  write: (text?: string) => Promise<unknown>
}

async function aPerson(channel: TestChannel, admin: AppClient, name: string, phone?: string): Promise<Person> {
  const sender = aSender({ id: randomUUID(), name, ...(phone && { profile: { phone } }) })
  const conversation = randomUUID()
  const write = (text = 'Hello') =>
    channel.send(aNewMessage({ sender, conversation_id: conversation, msgid: randomUUID(), text }))
  const ids = await write()
  const chatId = ids.conversation_id as ChatId
  const lead = await admin.acceptLead((await admin.getChat(chatId)).lead!.id)
  return { id: lead.contact!.id, chatId, lead, write }
}

async function twoPeople() {
  const channel = await world.aChannel()
  const admin = await channel.account.asAdmin()
  const mine = await aPerson(channel, admin, 'Nora Lind', '+46 70 000 00 55')
  const other = await aPerson(channel, admin, 'N. Lind', '+46 70 111 11 11')
  for (const { id } of [mine, other]) {
    await waitUntil('when they last wrote', async () => (await details(admin, id)).activityAt !== null)
  }
  return { channel, account: channel.account, admin, mine, other }
}

const details = (admin: AppClient, id: ContactId) => admin.get<ContactDetails>(`/contacts/${id}`)
const merge = (admin: AppClient, id: ContactId, otherId: ContactId, choose = {}) =>
  admin.post<MergedContact>(`/contacts/${id}/merge`, { otherId, choose })
const undo = (admin: AppClient, id: ContactId, mergeId: number) =>
  admin.post<UndoneMerge>(`/contacts/${id}/merges/${mergeId}/undo`)
const leadIds = async (admin: AppClient, id: ContactId) =>
  (await admin.get<{ items: Lead[] }>(`/contacts/${id}/leads`)).items.map((lead) => lead.id).sort()

describe('merging', () => {
  test('keeps the chosen values, and everything of both', async () => {
    const { admin, mine, other } = await twoPeople()
    const [size, city] = await Promise.all(
      ['Size', 'City'].map((name) => admin.post<CustomField>('/fields', { entity: 'contact', type: 'text', name })),
    )
    const [vip, cold] = await Promise.all(['VIP', 'Cold'].map((name) => admin.post<Tag>('/tags', { name })))
    await admin.patch(`/contacts/${mine.id}`, { addTagIds: [vip!.id], fields: { [size!.id]: 'M', [city!.id]: 'Lund' } })
    await admin.patch(`/contacts/${other.id}`, {
      company: 'North Pier',
      addTagIds: [vip!.id, cold!.id],
      fields: { [size!.id]: 'L' },
      points: [
        { kind: 'phone', value: '0046700000055', label: 'again' },
        { kind: 'phone', value: '+46 70 111 11 11', label: 'work' },
        { kind: 'email', value: 'n@example.net', label: null },
      ],
    })
    const task = await admin.post<Task>('/tasks', { text: 'Call', dueOn: '2099-01-01', contactId: other.id })
    const choose = { name: 'theirs', fields: { [size!.id]: 'theirs', [city!.id]: 'theirs' } }
    const { contact } = await merge(admin, mine.id, other.id, choose)
    expect(contact).toMatchObject({ id: mine.id, name: 'N. Lind', company: 'North Pier', email: 'n@example.net' })
    expect(contact.points.map(({ value }) => value)).toEqual(['+46 70 000 00 55', '+46 70 111 11 11', 'n@example.net'])
    expect(contact.fields).toEqual({ [size!.id]: 'L', [city!.id]: 'Lund' })
    expect(contact.tags.map(({ name }) => name)).toEqual(['Cold', 'VIP'])
    expect(await leadIds(admin, mine.id)).toEqual([mine.lead.id, other.lead.id].sort())
    expect((await admin.getChat(other.chatId)).lead?.contact?.id).toBe(mine.id)
    const { identities } = await details(admin, mine.id)
    expect(identities.map(({ chatId }) => chatId).sort()).toEqual([mine.chatId, other.chatId].sort())
    expect(await admin.get<Task>(`/tasks/${task.id}`)).toMatchObject({ contact: { id: mine.id } })
  })

  test('leads whoever has the other one’s link to the one who stays', async () => {
    const { admin, mine, other } = await twoPeople()
    await merge(admin, mine.id, other.id)
    const third = await admin.post<ContactRow>('/contacts', { name: 'Third' })
    await merge(admin, third.id, mine.id)
    expect((await details(admin, other.id)).id).toBe(third.id)
    await expect(admin.patch(`/contacts/${other.id}`, { name: 'Ghost' })).rejects.toMatchObject({ status: 404 })
  })

  test('is told to every open screen', async () => {
    const { account, admin, mine, other } = await twoPeople()
    const stream = await (await account.asAdmin()).openStream()
    await merge(admin, mine.id, other.id)
    // What made the lead may still be on its way.
    await stream.waitForEvent(({ lead }) => lead?.id === other.lead.id && lead.contact?.id === mine.id)
    await stream.waitForEvent(({ removedContactId }) => removedContactId === other.id)
    await stream.waitForEvent(({ contact }) => contact?.id === mine.id)
    stream.close()
  })

  test('is written down, and no longer a duplicate', async () => {
    const { admin, mine } = await twoPeople()
    const twin = await admin.post<ContactRow>('/contacts', { name: 'nora  lind' })
    const evidence = () => admin.get<{ items: unknown[] }>(`/contacts/${mine.id}/duplicates`).then(({ items }) => items)
    await waitUntil('the hint', async () => (await evidence()).length === 1)
    expect(await evidence()).toMatchObject([{ contact: { id: twin.id }, evidence: [{ kind: 'name' }] }])
    await merge(admin, mine.id, twin.id)
    await waitUntil('no hint', async () => (await evidence()).length === 0)
    const audit = await admin.get<{ items: { action: string }[] }>('/audit?limit=1')
    expect(audit.items).toMatchObject([{ action: 'contact.merged', details: { other: { name: 'nora  lind' } } }])
  })

  test('needs the right to change both and to delete the one who goes', async () => {
    const { account, admin, mine, other } = await twoPeople()
    const tom = await account.aUser({ name: 'Tom' })
    await giveRole(world, account, tom, MANAGER_RIGHTS)
    await admin.patch(`/contacts/${other.id}`, { responsibleUserId: admin.me.user.id })
    const client = await tom.logIn()
    await expect(merge(client, mine.id, other.id)).rejects.toMatchObject({ code: 'forbidden' })
    await admin.patch(`/contacts/${other.id}`, { responsibleUserId: tom.id })
    expect((await merge(client, mine.id, other.id)).contact.id).toBe(mine.id)
  })

  test('a contact with itself, or with one of another account, is refused', async () => {
    const { admin, mine } = await twoPeople()
    const stranger = await twoPeople()
    await expect(merge(admin, mine.id, mine.id)).rejects.toMatchObject({ code: 'invalid_request' })
    await expect(merge(admin, mine.id, stranger.mine.id)).rejects.toMatchObject({ status: 404 })
  })
})

describe('an undo', () => {
  test('makes both what they were', async () => {
    const { admin, mine, other } = await twoPeople()
    await admin.post(`/leads/${other.lead.id}/contacts`, { contactId: mine.id })
    await admin.post(`/leads/${mine.lead.id}/contacts`, { contactId: other.id })
    const state = async () => {
      const both = await Promise.all([mine.id, other.id].map((id) => details(admin, id)))
      const leads = await Promise.all([mine.id, other.id].map((id) => leadIds(admin, id)))
      const people = await Promise.all(
        [mine, other].map(({ lead }) => admin.get<{ contacts: ContactRow[] }>(`/leads/${lead.id}/card`)),
      )
      return {
        contacts: both.map(({ updatedAt, ...rest }) => rest),
        leads,
        people: people.map(({ contacts }) => contacts.map(({ id }) => id)),
      }
    }
    const before = await state()
    const { mergeId } = await merge(admin, mine.id, other.id, { name: 'theirs' })
    expect((await details(admin, mine.id)).merges).toMatchObject([{ id: mergeId, other: { name: 'N. Lind' } }])
    expect(await undo(admin, mine.id, mergeId)).toMatchObject({ contact: { id: mine.id }, other: { id: other.id } })
    expect(await state()).toEqual(before)
    await expect(undo(admin, mine.id, mergeId)).rejects.toMatchObject({ status: 404 })
  })

  test('gives the other one what his people wrote meanwhile, and the lead it opened', async () => {
    const { admin, mine, other } = await twoPeople()
    const lost = { pipelineId: other.lead.pipeline.id, stageId: 143 }
    for (const person of [mine, other]) await admin.patch(`/leads/${person.lead.id}`, lost)
    for (const person of [mine, other]) await admin.post(`/chats/${person.chatId}/actions`, { type: 'close' })
    const { mergeId } = await merge(admin, mine.id, other.id)
    await other.write('Me again')
    const opened = (await admin.getChat(other.chatId)).lead!
    expect(opened.contact?.id).toBe(mine.id)
    await undo(admin, mine.id, mergeId)
    expect(await leadIds(admin, other.id)).toEqual([other.lead.id, opened.id].sort())
    expect(await leadIds(admin, mine.id)).toEqual([mine.lead.id])
    expect((await admin.getChat(other.chatId)).lead?.contact?.id).toBe(other.id)
  })

  test('that would lose a later change is refused, and says which', async () => {
    const { admin, mine, other } = await twoPeople()
    const { mergeId } = await merge(admin, mine.id, other.id)
    await admin.patch(`/contacts/${mine.id}`, { name: 'Nora Lind-Berg' })
    const refused = { code: 'conflict', details: { reason: 'changed', fields: ['name'] } }
    await expect(undo(admin, mine.id, mergeId)).rejects.toMatchObject(refused)
    await admin.patch(`/contacts/${mine.id}`, { name: 'Nora Lind' })
    await undo(admin, mine.id, mergeId)
  })

  test('is refused while a conversation of one goes on in a lead of the other', async () => {
    const { admin, mine, other } = await twoPeople()
    await admin.patch(`/leads/${other.lead.id}`, { pipelineId: other.lead.pipeline.id, stageId: 143 })
    await admin.post(`/chats/${other.chatId}/actions`, { type: 'close' })
    const { mergeId } = await merge(admin, mine.id, other.id)
    await other.write('Me again')
    expect((await admin.getChat(other.chatId)).lead?.id).toBe(mine.lead.id)
    const refused = { code: 'conflict', details: { reason: 'moved', leadId: mine.lead.id } }
    await expect(undo(admin, mine.id, mergeId)).rejects.toMatchObject(refused)
  })

  test('goes back through later merges one by one, and not after a month', async () => {
    const { account, admin, mine, other } = await twoPeople()
    const third = await admin.post<ContactRow>('/contacts', { name: 'Third' })
    const first = await merge(admin, mine.id, other.id)
    const second = await merge(admin, mine.id, third.id)
    const newer = { details: { reason: 'newer', mergeId: second.mergeId } }
    await expect(undo(admin, mine.id, first.mergeId)).rejects.toMatchObject(newer)
    await undo(admin, mine.id, second.mergeId)
    await world.deps.db
      .updateTable('contact_merge')
      .set({ merged_at: new Date(world.clock.now().getTime() - 31 * 24 * 3_600_000) })
      .where('account_id', '=', account.id)
      .execute()
    await expect(undo(admin, mine.id, first.mergeId)).rejects.toMatchObject({ details: { reason: 'late' } })
    expect((await details(admin, mine.id)).merges).toEqual([])
  })
})

describe('at the same time', () => {
  test('two merges of one contact: one is done, nothing is lost', async () => {
    const { admin, mine, other } = await twoPeople()
    const third = await admin.post<ContactRow>('/contacts', { name: 'Third' })
    const done = await Promise.allSettled([merge(admin, mine.id, other.id), merge(admin, third.id, other.id)])
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(done.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } })
    const into = (await details(admin, other.id)).id
    expect(await leadIds(admin, into)).toContain(other.lead.id)
  })

  test('each into the other: one is done', async () => {
    const { admin, mine, other } = await twoPeople()
    const done = await Promise.allSettled([merge(admin, mine.id, other.id), merge(admin, other.id, mine.id)])
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const stays = (await details(admin, other.id)).id
    expect((await details(admin, mine.id)).id).toBe(stays)
    expect(await leadIds(admin, stays)).toEqual([mine.lead.id, other.lead.id].sort())
  })

  test('a client writes, opens a lead, is linked to: all of it is with the one who stays', async () => {
    const { channel, admin, mine, other } = await twoPeople()
    await admin.patch(`/leads/${other.lead.id}`, { pipelineId: other.lead.pipeline.id, stageId: 143 })
    await admin.post(`/chats/${other.chatId}/actions`, { type: 'close' })
    const newcomer = await channel.send(aNewMessage({ sender: aSender({ id: randomUUID(), name: 'New' }) }))
    const incoming = (await admin.getChat(newcomer.conversation_id as ChatId)).lead!
    const done = await Promise.allSettled([
      merge(admin, mine.id, other.id),
      ...Array.from({ length: 5 }, (_, n) => other.write(`Line ${n}`)),
      admin.post(`/leads/${incoming.id}/link`, { contactId: other.id }),
      admin.post('/tasks', { text: 'Call', dueOn: '2099-01-01', contactId: other.id }),
    ])
    expect(done.slice(0, 6).every(({ status }) => status === 'fulfilled')).toBe(true)
    expect((await admin.getChat(other.chatId)).lead?.contact?.id).toBe(mine.id)
    const { db } = world.deps
    for (const table of ['lead', 'talk', 'chat_state', 'participant', 'task'] as const) {
      const left = await db
        .selectFrom(table)
        .select('contact_id')
        .where('account_id', '=', admin.me.account.id)
        .where('contact_id', '=', other.id)
        .execute()
      expect([table, left]).toEqual([table, []])
    }
  })

  test('what was decided about a lead is taken back: its people are who they are now', async () => {
    const { channel, admin, mine, other } = await twoPeople()
    const ids = await channel.send(aNewMessage({ sender: aSender({ id: randomUUID(), name: 'New' }) }))
    const incoming = (await admin.getChat(ids.conversation_id as ChatId)).lead!
    await admin.post(`/leads/${incoming.id}/link`, { contactId: other.id })
    const declined = (await admin.getChat(ids.conversation_id as ChatId)).lead!
    await admin.delete(`/leads/${declined.id}`)
    await merge(admin, mine.id, other.id)
    await admin.post(`/leads/${declined.id}/restore`)
    expect((await admin.getChat(ids.conversation_id as ChatId)).lead?.contact?.id).toBe(mine.id)
  })
})
