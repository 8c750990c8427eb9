import type { BulkJob, Chat, ChatAction, ChatId, InboxCounts, LeadId, Note } from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import {
  type AppClient,
  aNewMessage,
  aSender,
  giveRole,
  OWN_ONLY,
  startTestWorld,
  type TestChannel,
  type TestWorld,
  waitUntil,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aChat, aTag, leadOf } from './inbox-world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

const HOUR_MS = 3_600_000
const inAnHour = () => world.clock.now().getTime() + HOUR_MS

const act = (client: AppClient, chatId: ChatId, action: ChatAction) =>
  client.post<{ job: BulkJob; chat: Chat }>(`/chats/${chatId}/actions`, action)
const bulk = async (client: AppClient, body: unknown) => (await client.post<{ job: BulkJob }>('/chats/bulk', body)).job
const undo = async (client: AppClient, { id }: BulkJob) => (await client.post<{ job: BulkJob }>(`/bulk/${id}/undo`)).job
const untilOver = (client: AppClient, { id }: BulkJob) =>
  waitUntil('the end of the job', async () => {
    const { job } = await client.get<{ job: BulkJob }>(`/bulk/${id}`)
    return (job.phase === 'done' || job.phase === 'undone') && job
  })

/** A chat with a lead that is the manager's. */
async function aTakenChat(channel?: TestChannel) {
  const own = channel ?? (await world.aChannel())
  const client = await own.account.asManager()
  const overrides = { conversation_id: `c-${crypto.randomUUID()}`, sender: aSender() }
  const chatId = await aChat(own, overrides)
  const leadId = await leadOf(client, chatId)
  await client.acceptLead(leadId)
  const write = (more = {}) => own.send(aNewMessage({ ...overrides, ...more }))
  const get = async () => (await client.getChat(chatId)).chat
  return { channel: own, account: own.account, client, chatId, leadId, write, get }
}

describe('closing', () => {
  test('ends its talk and all that waits in it; the next message opens it again, with a talk of its own', async () => {
    const { client, chatId, leadId, write, get, account } = await aTakenChat()
    const stream = await client.openStream()
    const { chat } = await act(client, chatId, { type: 'close' })
    expect(chat).toMatchObject({ state: 'closed', unread: 0, waitingSince: null, lead: { id: leadId } })
    const told = await stream.waitForEvent('chat.closed')
    expect(told).toMatchObject({ actorId: account.manager.id, chat: { id: chatId, state: 'closed' } })
    expect((await client.listChats('?view=open')).total).toBe(0)

    // By the same clock: nothing may depend on a message being later than the closing.
    await write()
    expect(await get()).toMatchObject({ state: 'open', unread: 1, lead: { id: leadId } })
    expect((await client.listChats('?view=open')).total).toBe(1)
    const { rows } = await sql<{ n: number; open: number }>`
      select count(*)::int as n, (count(*) filter (where closed_at is null))::int as open from talk
      where account_id = ${account.id} and chat_id = ${chatId}::uuid`.execute(world.deps.db)
    expect(rows).toEqual([{ n: 2, open: 1 }])
    await client.readChat(chatId)
    expect((await get()).state).toBe('open')
    stream.close()
  })

  test('of a chat whose lead was lost: the next message makes a new incoming lead', async () => {
    const { client, chatId, leadId, write, get } = await aTakenChat()
    await client.patch(`/leads/${leadId}`, { stageId: 143 })
    await act(client, chatId, { type: 'close' })
    await write()
    const { lead, state } = await get()
    expect(state).toBe('open')
    expect(lead).toMatchObject({ isIncoming: true })
    expect(lead!.id).not.toBe(leadId)
  })

  test('ends the talks of posts, too, and a comment opens the chat again', async () => {
    const channel = await world.aChannel()
    const client = await channel.account.asManager()
    const comment = {
      conversation_id: 'c-1',
      sender: aSender({ id: 'u-1' }),
      message: { type: 'text', text: 'Nice', post: { id: 'post-1', url: 'https://example.net/p/1' } },
    }
    const chatId = await aChat(channel, comment)
    expect((await act(client, chatId, { type: 'close' })).chat.state).toBe('closed')
    await channel.send(aNewMessage(comment))
    expect((await client.getChat(chatId)).chat.state).toBe('open')
  })

  test('is taken back, and everything is as it was', async () => {
    const { client, chatId, get } = await aTakenChat()
    const before = await get()
    const { job } = await act(client, chatId, { type: 'close' })
    expect(job).toMatchObject({ phase: 'done', total: 1, changed: 1 })
    expect(job.undoableUntil).toBeGreaterThan(world.clock.now().getTime())
    expect(await undo(client, job)).toMatchObject({ phase: 'undone', restored: 1 })
    expect(await get()).toEqual(before)
    // Twice is once.
    expect(await undo(client, job)).toMatchObject({ phase: 'undone', restored: 1 })
  })

  test('is not taken back where something has happened since', async () => {
    const { client, chatId, write, get } = await aTakenChat()
    const { job } = await act(client, chatId, { type: 'close' })
    await write()
    expect(await undo(client, job)).toMatchObject({ phase: 'undone', restored: 0 })
    expect(await get()).toMatchObject({ state: 'open', unread: 1 })
  })

  test('too long ago is not taken back, nor what somebody else did', async () => {
    const { client, chatId, account } = await aTakenChat()
    const { job } = await act(client, chatId, { type: 'close' })
    await expect(undo(await account.asAdmin(), job)).rejects.toMatchObject({ status: 404 })
    await world.clock.jump(HOUR_MS)
    await expect(undo(client, job)).rejects.toMatchObject({ status: 409 })
  })

  test('by hand it is opened again with the talk it had', async () => {
    const { client, chatId, account } = await aTakenChat()
    await act(client, chatId, { type: 'close' })
    expect((await act(client, chatId, { type: 'reopen' })).chat.state).toBe('open')
    const { rows } = await sql`select 1 from talk where account_id = ${account.id} and chat_id = ${chatId}::uuid
      and closed_at is null`.execute(world.deps.db)
    expect(rows).toHaveLength(1)
    expect((await act(client, chatId, { type: 'reopen' })).job).toMatchObject({ changed: 0, handled: 1 })
  })
})

describe('snoozing', () => {
  test('rests until its time, then comes to the top, unread, and everybody is told', async () => {
    const { channel, client, chatId, get } = await aTakenChat()
    await client.readChat(chatId)
    const until = inAnHour()
    expect((await act(client, chatId, { type: 'snooze', until })).chat).toMatchObject({
      state: 'snoozed',
      snoozedUntil: until,
    })
    expect((await client.listChats('?view=open')).total).toBe(0)
    expect((await client.listChats('?state=snoozed')).items.map((chat) => chat.id)).toEqual([chatId])
    await aChat(channel)
    const stream = await client.openStream()
    const woken = stream.waitForEvent('chat.woken', 10_000)
    // Minute by minute, every loop of the server would walk through the hour.
    await world.clock.jump(HOUR_MS)
    await world.clock.advanceUntil(woken)
    expect(await get()).toMatchObject({ state: 'open', snoozedUntil: null, unread: 1 })
    expect((await client.listChats('?view=open')).items[0]?.id).toBe(chatId)
    stream.close()
  })

  test("a client's message wakes it at once, an imported one does not", async () => {
    const { client, chatId, write, get } = await aTakenChat()
    await act(client, chatId, { type: 'snooze', until: inAnHour() })
    // One that was unread before goes on being so, and asleep.
    expect(await get()).toMatchObject({ state: 'snoozed', unread: 1 })
    await client.readChat(chatId)
    expect(await get()).toMatchObject({ state: 'snoozed', unread: 0 })
    await write({ silent: true })
    expect(await get()).toMatchObject({ state: 'snoozed', unread: 0 })
    await write()
    expect(await get()).toMatchObject({ state: 'open', unread: 1 })
    await client.readChat(chatId)
    expect(await get()).toMatchObject({ state: 'open', snoozedUntil: null })
  })

  test('is woken by hand, and that is taken back', async () => {
    const { client, chatId, get } = await aTakenChat()
    const until = inAnHour()
    await act(client, chatId, { type: 'snooze', until })
    const { job, chat } = await act(client, chatId, { type: 'wake' })
    expect(chat.state).toBe('open')
    await undo(client, job)
    expect(await get()).toMatchObject({ state: 'snoozed', snoozedUntil: until })
  })

  test.each([0, -1, 400 * 24 * HOUR_MS])('for %s ms is refused', async (ms) => {
    const { client, chatId } = await aTakenChat()
    const answer = act(client, chatId, { type: 'snooze', until: world.clock.now().getTime() + ms })
    await expect(answer).rejects.toMatchObject({ status: 400, details: { field: 'action.until' } })
  })
})

describe('reading and unreading', () => {
  test('marked unread it is counted, and read again it is not', async () => {
    const { client, chatId, get } = await aTakenChat()
    await client.readChat(chatId)
    const { job } = await act(client, chatId, { type: 'unread' })
    expect((await get()).unread).toBe(1)
    await expect.poll(async () => (await client.get<InboxCounts>('/views/counts')).views.unread).toBe(1)
    await undo(client, job)
    expect((await get()).unread).toBe(0)
  })

  test('a closed chat that is marked unread stays closed', async () => {
    const { client, chatId, get, write } = await aTakenChat()
    await act(client, chatId, { type: 'close' })
    await act(client, chatId, { type: 'unread' })
    expect(await get()).toMatchObject({ state: 'closed', unread: 1 })
    await write()
    expect(await get()).toMatchObject({ state: 'open', unread: 2 })
  })

  test('what is read in bulk is read in the bell, too', async () => {
    const { client, chatId } = await aTakenChat()
    expect((await client.listNotifications()).unread).toBeGreaterThan(0)
    await act(client, chatId, { type: 'read' })
    expect((await client.listNotifications()).unread).toBe(0)
  })
})

describe('handing over and tagging', () => {
  test('the lead is somebody else’s, and an undo gives it back', async () => {
    const { client, chatId, account, get } = await aTakenChat()
    const { job, chat } = await act(client, chatId, { type: 'assign', userId: account.admin.id })
    expect(chat.responsible?.id).toBe(account.admin.id)
    expect((await client.listChats('?view=mine')).total).toBe(0)
    await undo(client, job)
    expect((await get()).responsible?.id).toBe(account.manager.id)
    expect((await act(client, chatId, { type: 'assign', userId: null })).chat.responsible).toBeNull()
  })

  test('with a note for whoever takes over, which an undo takes back', async () => {
    const { client, chatId, account } = await aTakenChat()
    const notes = async () => (await client.get<{ notes: Note[] }>(`/chats/${chatId}/messages`)).notes
    const { job } = await act(client, chatId, {
      type: 'assign',
      userId: account.admin.id,
      note: 'She likes the blue one',
    })
    expect(await notes()).toMatchObject([
      { text: 'She likes the blue one', author: { name: 'Max Berg' }, isDeleted: false },
    ])
    await undo(client, job)
    expect(await notes()).toMatchObject([{ text: '', isDeleted: true }])
  })

  test('an undo leaves it to whoever has taken it since', async () => {
    const { client, chatId, leadId, account, get } = await aTakenChat()
    const { job } = await act(client, chatId, { type: 'assign', userId: account.admin.id })
    const third = await account.aUser()
    await client.patch(`/leads/${leadId}`, { responsibleUserId: third.id })
    expect(await undo(client, job)).toMatchObject({ restored: 0 })
    expect((await get()).responsible?.id).toBe(third.id)
  })

  test('to nobody who is there is refused', async () => {
    const { client, chatId } = await aTakenChat()
    await expect(act(client, chatId, { type: 'assign', userId: 999 })).rejects.toMatchObject({ status: 400 })
  })

  test('tags that were there already stay after an undo', async () => {
    const { client, chatId, leadId, account, get } = await aTakenChat()
    const [vip, late] = [await aTag(world, account), await aTag(world, account, 'Late')]
    await client.patch(`/leads/${leadId}`, { addTagIds: [vip] })
    const { job } = await act(client, chatId, { type: 'tag', tagIds: [vip, late] })
    expect((await get()).lead?.tagIds).toEqual([vip, late])
    await undo(client, job)
    expect((await get()).lead?.tagIds).toEqual([vip])
    await act(client, chatId, { type: 'untag', tagIds: [vip] })
    expect((await get()).lead?.tagIds).toEqual([])
  })
})

test('muting is a matter between a user and his chats', async () => {
  const { client, chatId, account } = await aTakenChat()
  const [own, others] = [await client.openStream(), await (await account.asAdmin()).openStream()]
  await act(client, chatId, { type: 'mute' })
  await own.waitForEvent((event) => event.topic === 'mutes')
  expect(await client.get('/muted-chats')).toEqual({ ids: [chatId] })
  expect(await (await account.asAdmin()).get('/muted-chats')).toEqual({ ids: [] })
  await act(client, chatId, { type: 'unmute' })
  expect(await client.get('/muted-chats')).toEqual({ ids: [] })
  expect(others.events.filter((event) => event.topic === 'mutes')).toEqual([])
  own.close()
  others.close()
})

describe('in bulk', () => {
  async function manyChats(count: number) {
    const channel = await world.aChannel()
    const client = await channel.account.asManager()
    const chatIds = await Promise.all(Array.from({ length: count }, () => aChat(channel)))
    return { channel, client, chatIds }
  }

  test('all that match but some, in the background, with its progress told, and taken back', async () => {
    const { client, chatIds } = await manyChats(60)
    const stream = await client.openStream()
    const [spared] = chatIds
    const job = await bulk(client, { action: { type: 'close' }, filters: { unread: true }, exceptIds: [spared] })
    expect(job).toMatchObject({ phase: 'collecting', userId: client.me.user.id })
    await stream.waitForBulk(({ phase }) => phase === 'done')
    await stream.waitForEvent((event) => event.topic === 'bulk')
    expect(await untilOver(client, job)).toMatchObject({ phase: 'done', total: 59, handled: 59, changed: 59 })
    expect((await client.listChats('?view=open')).items.map((chat) => chat.id)).toEqual([spared])
    expect((await client.listChats('?state=closed')).total).toBe(59)
    await undo(client, job)
    expect(await untilOver(client, job)).toMatchObject({ phase: 'undone', restored: 59 })
    expect((await client.listChats('?view=unread')).total).toBe(60)
    stream.close()
  })

  test('these: at once; what is no chat, or so already, is passed over', async () => {
    const { client, chatIds } = await manyChats(3)
    await act(client, chatIds[0]!, { type: 'close' })
    const job = await bulk(client, { action: { type: 'close' }, ids: [...chatIds, crypto.randomUUID()] })
    expect(job).toMatchObject({ phase: 'done', total: 4, handled: 4, changed: 2 })
  })

  test('goes on after a restart, and does nothing twice', async () => {
    const { client, chatIds } = await manyChats(55)
    // As it stands when the process dies in the middle: some are done with, and the lease is still held.
    const job = await bulk(client, { action: { type: 'close' }, ids: chatIds.slice(0, 51) })
    await untilOver(client, job)
    await sql`update bulk_job set phase = 'running', finished_at = null, due_at = ${new Date(inAnHour())}
      where id = ${job.id}::uuid`.execute(world.deps.db)
    await sql`insert into bulk_item (account_id, job_id, chat_id)
      select account_id, id, unnest(${chatIds.slice(51)}::uuid[]) from bulk_job where id = ${job.id}::uuid`.execute(
      world.deps.db,
    )
    await world.restart()
    expect((await client.listChats('?view=open')).total).toBe(4)
    await world.clock.jump(HOUR_MS)
    await world.clock.advanceUntil(untilOver(client, job))
    expect((await client.listChats('?view=open')).total).toBe(0)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from event
      where type = 'chat.closed' and chat_id = any (${chatIds}::uuid[])`.execute(world.deps.db)
    expect(rows).toEqual([{ n: 55 }])
  })

  test('hands over two chats of one lead, and gives both back', async () => {
    const channel = await world.aChannel()
    const client = await channel.account.asManager()
    const sender = aSender({ id: 'u-1' })
    const first = await aChat(channel, { conversation_id: 'c-1', sender })
    const second = await aChat(channel, { conversation_id: 'c-2', sender })
    expect(await leadOf(client, first)).toBe(await leadOf(client, second))
    const job = await bulk(client, {
      action: { type: 'assign', userId: channel.account.admin.id },
      ids: [first, second],
    })
    expect(job).toMatchObject({ changed: 2 })
    expect(await undo(client, job)).toMatchObject({ restored: 2 })
    expect((await client.getChat(second)).chat.responsible).toBeNull()
  })

  test.each([
    ['nothing', {}],
    ['no chats', { action: { type: 'close' }, ids: [] }],
    ['both ways', { action: { type: 'close' }, ids: [crypto.randomUUID()], filters: {} }],
    ['an unknown action', { action: { type: 'burn' }, ids: [crypto.randomUUID()] }],
    ['an id that is none', { action: { type: 'close' }, ids: ['x'] }],
    ['unknown filters', { action: { type: 'close' }, filters: { colour: 'red' } }],
  ])('%s is refused', async (_, body) => {
    const client = await (await world.anAccount()).asManager()
    expect((await client.request('POST', '/chats/bulk', body)).status).toBe(400)
  })
})

describe('who may see only what is his', () => {
  async function aStranger() {
    const taken = await aTakenChat()
    const user = await taken.account.aUser()
    await giveRole(world, taken.account, user, OWN_ONLY)
    return { ...taken, user, stranger: await user.logIn() }
  }

  test('does nothing to what is not, one by one or in bulk', async () => {
    const { stranger, chatId, get } = await aStranger()
    const before = await get()
    await expect(act(stranger, chatId, { type: 'close' })).rejects.toMatchObject({ status: 404 })
    for (const action of [{ type: 'close' }, { type: 'mute' }, { type: 'assign', userId: stranger.me.user.id }]) {
      expect(await bulk(stranger, { action, ids: [chatId] })).toMatchObject({ changed: 0 })
    }
    const all = await bulk(stranger, { action: { type: 'close' }, filters: { state: 'all' } })
    expect(await untilOver(stranger, all)).toMatchObject({ total: 0, changed: 0 })
    expect(await get()).toEqual(before)
    expect(await stranger.get('/muted-chats')).toEqual({ ids: [] })
  })

  test('may take back what he has handed away', async () => {
    const { stranger, user, client, leadId, chatId, account, get } = await aStranger()
    await client.patch(`/leads/${leadId as LeadId}`, { responsibleUserId: user.id })
    const job = await bulk(stranger, { action: { type: 'assign', userId: account.admin.id }, ids: [chatId] })
    expect(job).toMatchObject({ changed: 1 })
    await expect(stranger.getChat(chatId)).rejects.toMatchObject({ status: 404 })
    expect(await undo(stranger, job)).toMatchObject({ restored: 1 })
    expect((await get()).responsible?.id).toBe(user.id)
  })

  test('sees, but may not change: closing is allowed, handing over is not', async () => {
    const { account, user, stranger, chatId } = await aStranger()
    await giveRole(world, account, user, { ...OWN_ONLY, leads: { ...OWN_ONLY.leads, view: 'all' } })
    expect(await bulk(stranger, { action: { type: 'assign', userId: user.id }, ids: [chatId] })).toMatchObject({
      changed: 0,
    })
    expect(await bulk(stranger, { action: { type: 'close' }, ids: [chatId] })).toMatchObject({ changed: 1 })
  })
})
