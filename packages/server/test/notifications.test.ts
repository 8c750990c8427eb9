import { randomUUID } from 'node:crypto'
import {
  type ChatId,
  type LeadId,
  MANAGER_RIGHTS,
  type NotificationPage,
  type NotificationSettingsAnswer,
  type NotificationSettingsChange,
  type RealtimeEvent,
  type Rights,
} from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import {
  type AppClient,
  aNewMessage,
  aSender,
  startTestWorld,
  type TestAccount,
  type TestUser,
  type TestWorld,
  waitUntil,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const HOUR_MS = 60 * 60_000

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

const listOf = (client: AppClient, query = '') => client.get<NotificationPage>(`/notifications${query}`)
const kindsOf = async (client: AppClient, query = '') => (await listOf(client, query)).items.map(({ kind }) => kind)
const change = (client: AppClient, settings: NotificationSettingsChange) =>
  client.patch<NotificationSettingsAnswer>('/notification-settings', settings)

async function giveRole(account: TestAccount, user: TestUser, rights: Rights): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    insert into role (account_id, name, rights) values (${account.id}, 'Test', ${JSON.stringify(rights)}) returning id
  `.execute(world.deps.db)
  await sql`update account_user set role_id = ${rows[0]!.id} where account_id = ${account.id} and id = ${user.id}`.execute(
    world.deps.db,
  )
}

const ownOnly: Rights = {
  ...MANAGER_RIGHTS,
  incoming: false,
  leads: { view: 'own', edit: 'own', delete: 'none', export: 'none' },
}

/** A chat whose lead a manager has taken, and a colleague beside him. */
async function aTakenChat() {
  const channel = await world.aChannel()
  const sender = aSender()
  const write = (text: string) => channel.send(aNewMessage({ text, sender, conversation_id: `of-${sender.id}` }))
  const ids = await write('First')
  const chatId = ids.conversation_id as ChatId
  const manager = await channel.account.asManager()
  const { lead } = await manager.getChat(chatId)
  await manager.acceptLead(lead!.id)
  await manager.readChat(chatId)
  const colleague = await channel.account.aUser()
  return { channel, chatId, leadId: lead!.id as LeadId, write, manager, colleague, other: await colleague.logIn() }
}

describe('whom a notification is for', () => {
  test('a lead nobody has taken is for everybody who may take it', async () => {
    const channel = await world.aChannel()
    const [manager, admin] = [await channel.account.asManager(), await channel.account.asAdmin()]
    const shut = await channel.account.aUser()
    await giveRole(channel.account, shut, ownOnly)
    await channel.send(aNewMessage({ text: 'Anybody there?' }))
    for (const client of [manager, admin])
      expect(await listOf(client)).toMatchObject({ unread: 1, items: [{ kind: 'incoming_lead', actor: null }] })
    expect(await listOf(await shut.logIn())).toMatchObject({ unread: 0, items: [] })
  })

  test('once it is taken it is his alone, until others ask for more', async () => {
    const { write, manager, other } = await aTakenChat()
    await write('A question')
    expect(await listOf(manager)).toMatchObject({ unread: 1 })
    expect(await kindsOf(manager, '?only=unread')).toEqual(['new_message'])
    expect(await listOf(other)).toMatchObject({ unread: 0, items: [] })
    await change(other, { scope: 'all' })
    expect(await kindsOf(other)).toEqual(['new_message', 'incoming_lead'])
  })

  test('what a role does not show is not told, whatever is asked for', async () => {
    const { write, channel, colleague } = await aTakenChat()
    await giveRole(channel.account, colleague, ownOnly)
    const client = await colleague.logIn()
    await change(client, { scope: 'all' })
    const stream = await client.openStream()
    await write('A secret')
    await stream.waitForEvent('hidden')
    expect(JSON.stringify([stream.events, await listOf(client)])).not.toContain('A secret')
    stream.close()
  })

  test('a kind that is switched off is neither listed nor counted', async () => {
    const { write, manager } = await aTakenChat()
    await change(manager, { kinds: { new_message: { inApp: false } } })
    await write('A question')
    expect(await listOf(manager, '?only=unread')).toMatchObject({ unread: 0, items: [] })
    await change(manager, { kinds: { new_message: { inApp: true } } })
    expect(await listOf(manager, '?only=unread')).toMatchObject({ unread: 1, items: [{ kind: 'new_message' }] })
  })

  test('a chat he has muted is silent for him, but what is addressed to him is not', async () => {
    const { write, chatId, manager, channel } = await aTakenChat()
    const admin = await channel.account.asAdmin()
    await change(admin, { scope: 'all' })
    await manager.post(`/chats/${chatId}/actions`, { type: 'mute' })
    const after = (await manager.listChats()).seq
    const stream = await manager.openStream({ after })
    await write('A question')
    expect((await stream.waitForEvent('notification.created')).notification).toBeUndefined()
    expect(await kindsOf(manager, '?only=unread')).toEqual([])
    expect(await kindsOf(admin, '?only=unread')).toContain('new_message')
    const id = randomUUID()
    const { name } = channel.account.manager
    await admin.post(`/chats/${chatId}/notes`, {
      id,
      text: `@${name} this one is yours`,
      mentions: [manager.me.user.id],
    })
    await stream.waitForEvent((event) => event.notification?.kind === 'mention')
    stream.close()
  })

  test('nobody is told of what he did himself', async () => {
    const channel = await world.aChannel()
    const { account } = channel
    const [manager, admin] = [await account.asManager(), await account.asAdmin()]
    const after = (await manager.listChats()).seq
    const [his, hers] = [await manager.openStream({ after }), await admin.openStream({ after })]
    await channel.send(
      aNewMessage({
        sender: { id: 'max', name: 'Max', ref_id: account.manager.amojoId },
        receiver: { id: 'nora', name: 'Nora' },
      }),
    )
    expect((await hers.waitForEvent('notification.created')).notification).toMatchObject({ kind: 'incoming_lead' })
    expect((await his.waitForEvent('notification.created')).notification).toBeUndefined()
    expect(await listOf(manager)).toMatchObject({ unread: 0, items: [] })
    expect(await listOf(admin)).toMatchObject({ unread: 1, items: [{ actor: { name: 'Max Berg' } }] })
    for (const stream of [his, hers]) stream.close()
  })

  test('frames say it only to those it is for, and the rest of the frame to all who may see it', async () => {
    const { write, manager, other } = await aTakenChat()
    const after = (await manager.listChats()).seq
    const [his, theirs] = [await manager.openStream({ after }), await other.openStream({ after })]
    await write('A question')
    const { seq } = await his.waitForEvent(({ notification }) => notification?.text === 'A question')
    const event = await theirs.waitForEvent((one) => one.seq === seq)
    expect(event.type).toBe('notification.created')
    expect(event.notification).toBeUndefined()
    expect(event.chat).toMatchObject({ unread: 1 })
    for (const stream of [his, theirs]) stream.close()
  })
})

describe('what happens without a message', () => {
  const isOfKind = (kind: string) => (event: RealtimeEvent) => event.notification?.kind === kind

  test('a lead given to somebody is told to him alone, with who did it; taken by himself it is not', async () => {
    const { leadId, manager, other, colleague } = await aTakenChat()
    const [his, theirs] = [await manager.openStream(), await other.openStream()]
    await manager.patch(`/leads/${leadId}`, { responsibleUserId: colleague.id })
    const { notification } = await theirs.waitForEvent(isOfKind('assigned'))
    expect(notification).toMatchObject({ leadId, isForMe: true, actor: { name: 'Max Berg' } })
    await manager.patch(`/leads/${leadId}`, { responsibleUserId: manager.me.user.id })
    await manager.patch(`/leads/${leadId}`, { title: 'Another title' })
    await his.waitForEvent((event) => event.lead?.title === 'Another title')
    await manager.patch(`/leads/${leadId}`, { responsibleUserId: colleague.id })
    await theirs.waitForEvent((event) => isOfKind('assigned')(event) && event.notification?.id !== notification?.id)
    expect(await kindsOf(manager, '?kind=assigned')).toEqual([])
    expect(await kindsOf(other, '?kind=assigned')).toEqual(['assigned', 'assigned'])
    for (const stream of [his, theirs]) stream.close()
  })

  test('a mention is told to who was named, once, and to nobody when its note is gone', async () => {
    const { chatId, manager, other, channel, colleague } = await aTakenChat()
    const admin = await channel.account.asAdmin()
    const stream = await other.openStream()
    const id = randomUUID()
    await manager.post(`/chats/${chatId}/notes`, {
      id,
      text: `@${colleague.name} look at this`,
      mentions: [colleague.id],
    })
    const { notification } = await stream.waitForEvent(isOfKind('mention'))
    expect(notification).toMatchObject({
      ...{ chatId, noteId: id, isForMe: true, title: 'Nora Lind', text: `@${colleague.name} look at this` },
      actor: { name: 'Max Berg' },
    })
    for (const client of [admin, manager]) expect(await kindsOf(client, '?kind=mention')).toEqual([])
    await manager.patch(`/notes/${id}`, { text: `@${colleague.name} look again`, mentions: [colleague.id] })
    await stream.waitForEvent('note.changed')
    expect((await listOf(other)).items).toMatchObject([{ text: `@${colleague.name} look again` }])
    await manager.delete(`/notes/${id}`)
    expect(await listOf(other)).toMatchObject({ unread: 0, items: [] })
    stream.close()
  })

  test('a move to another stage is told to those who ask for it', async () => {
    const { leadId, manager, channel, other } = await aTakenChat()
    const admin = await channel.account.asAdmin()
    await change(manager, { kinds: { lead_stage: { inApp: true } } })
    const stream = await manager.openStream()
    const [pipeline] = (await manager.listPipelines()).items
    const stage = pipeline!.stages.find(({ name }) => name === 'Decision')!
    await admin.patch(`/leads/${leadId}`, { stageId: stage.id })
    const { notification } = await stream.waitForEvent(isOfKind('lead_stage'))
    expect(notification).toMatchObject({ text: stage.name, actor: { name: 'Ana Silva' }, isForMe: false })
    expect(await kindsOf(other, '?kind=lead_stage')).toEqual([])
    expect(await kindsOf(admin, '?kind=lead_stage')).toEqual([])
    stream.close()
  })

  test('a channel that fails is told to admins, once each time', async () => {
    const channel = await world.aChannel()
    const [admin, manager] = [await channel.account.asAdmin(), await channel.account.asManager()]
    const stream = await admin.openStream()
    await sql`insert into channel_health (channel_id, failing_since, last_failed_at, last_failure, mailed_at)
      values (${channel.id}, now(), now(), 'connection refused', now())`.execute(world.deps.db)
    for (let nth = 0; nth < 2; nth += 1) {
      await sql`with taken as (update account_seq set last_seq = last_seq + 1 where account_id = ${channel.account.id}
          returning last_seq)
        insert into event (account_id, seq, type) select ${channel.account.id}, last_seq, 'connection.changed' from taken
        `.execute(world.deps.db)
      world.deps.nudge(channel.account.id)
    }
    expect((await stream.waitForEvent(isOfKind('channel_failing'))).notification).toMatchObject({
      text: 'connection refused',
      channelId: channel.id,
    })
    await channel.send(aNewMessage())
    await stream.waitForEvent(isOfKind('incoming_lead'))
    expect(await kindsOf(admin)).toEqual(['incoming_lead', 'channel_failing'])
    expect(await kindsOf(manager)).toEqual(['incoming_lead'])
    stream.close()
  })
})

describe('a list of notifications', () => {
  test('is paged, newest first, without what is another’s', async () => {
    const { channel, manager, other } = await aTakenChat()
    for (let nth = 0; nth < 5; nth += 1) await channel.send(aNewMessage({ text: `lead ${nth}` }))
    const texts: string[] = []
    let after = ''
    do {
      const page: NotificationPage = await listOf(other, `?limit=2${after}`)
      texts.push(...page.items.map(({ text }) => text))
      after = page.next === null ? '' : `&after=${page.next}`
    } while (after !== '')
    expect(texts).toEqual(['lead 4', 'lead 3', 'lead 2', 'lead 1', 'lead 0'])
    expect(await kindsOf(manager)).toHaveLength(6)
  })

  test('of one kind, or of what is one’s own, holds nothing else', async () => {
    const { channel, write, manager } = await aTakenChat()
    await write('A question')
    await channel.send(aNewMessage({ text: 'A new lead' }))
    expect(await kindsOf(manager, '?kind=incoming_lead')).toEqual(['incoming_lead', 'incoming_lead'])
    expect(await kindsOf(manager, '?for=me')).toEqual(['new_message', 'incoming_lead'])
    expect((await manager.request('GET', '/notifications?kind=gossip')).status).toBe(400)
  })

  test('goes on behind thousands that are another’s, whose count it does not have', async () => {
    const { channel, write, chatId, manager, other, colleague } = await aTakenChat()
    await change(other, { scope: 'mine' })
    await sql`insert into notification (account_id, kind, chat_id, target_user_id)
      values (${channel.account.id}, 'mention', ${chatId}, ${colleague.id})`.execute(world.deps.db)
    await sql`insert into notification (account_id, kind, chat_id)
      select ${channel.account.id}, 'new_message', ${chatId} from generate_series(1, 3100)`.execute(world.deps.db)
    await write('one more')
    const first = await listOf(other)
    expect(first).toMatchObject({ unread: 1, items: [] })
    const second = await listOf(other, `?after=${first.next}`)
    expect(second).toMatchObject({ next: null, items: [{ kind: 'mention', isForMe: true }] })
    expect((await listOf(manager)).unread).toBe(1000)
  })
})

describe('reading', () => {
  test('one, a kind, and all', async () => {
    const { channel, write, manager } = await aTakenChat()
    await write('A question')
    for (const text of ['a', 'b']) await channel.send(aNewMessage({ text }))
    const { items, unread } = await listOf(manager)
    expect(unread).toBe(3)
    expect(await manager.post('/notifications/read', { ids: [items[0]!.id] })).toMatchObject({ unread: 2 })
    expect(await manager.post('/notifications/read', { kind: 'incoming_lead' })).toMatchObject({ unread: 1 })
    expect(await kindsOf(manager, '?only=unread')).toEqual(['new_message'])
    expect(await manager.post('/notifications/read', { all: true })).toMatchObject({ unread: 0 })
  })

  test('by one person leaves it unread for the others', async () => {
    const channel = await world.aChannel()
    const [manager, admin] = [await channel.account.asManager(), await channel.account.asAdmin()]
    await channel.send(aNewMessage())
    await manager.post('/notifications/read', { all: true })
    expect((await listOf(manager)).unread).toBe(0)
    expect((await listOf(admin)).unread).toBe(1)
  })
})

describe('a notification put off', () => {
  const snooze = (client: AppClient, id: number, until: number) => client.post(`/notifications/${id}/snooze`, { until })

  test('is read until its time, then comes again for him alone', async () => {
    const channel = await world.aChannel()
    const [manager, admin] = [await channel.account.asManager(), await channel.account.asAdmin()]
    await channel.send(aNewMessage({ text: 'Later, please' }))
    const [item] = (await listOf(manager)).items
    const until = world.now().getTime() + HOUR_MS
    expect(await snooze(manager, item!.id, until)).toMatchObject({ unread: 0 })
    expect((await listOf(manager)).items).toMatchObject([{ isRead: true, snoozedUntil: until }])
    await admin.post('/notifications/read', { all: true })

    const stream = await manager.openStream()
    const again = stream.waitForEvent((event) => event.notification !== undefined, 20_000)
    await world.clock.jump(HOUR_MS)
    expect((await world.clock.advanceUntil(again)).notification).toMatchObject({ text: 'Later, please', isForMe: true })
    expect(await listOf(manager)).toMatchObject({ unread: 1, items: [{ isRead: false, snoozedUntil: null }, {}] })
    expect((await listOf(admin)).unread).toBe(0)
    stream.close()
  })

  test('can be taken back', async () => {
    const channel = await world.aChannel()
    const manager = await channel.account.asManager()
    await channel.send(aNewMessage())
    const [item] = (await listOf(manager)).items
    await snooze(manager, item!.id, world.now().getTime() + HOUR_MS)
    await manager.request('DELETE', `/notifications/${item!.id}/snooze`)
    expect((await listOf(manager)).items).toMatchObject([{ isRead: true, snoozedUntil: null }])
  })

  test.each([
    ['a time gone by', () => world.now().getTime() - 1, 400],
    ['a time years ahead', () => world.now().getTime() + 9000 * HOUR_MS, 400],
  ])('to %s is refused', async (_, until, status) => {
    const channel = await world.aChannel()
    const manager = await channel.account.asManager()
    await channel.send(aNewMessage())
    const [item] = (await listOf(manager)).items
    expect((await manager.request('POST', `/notifications/${item!.id}/snooze`, { until: until() })).status).toBe(status)
  })

  test('that is another’s is not found', async () => {
    const { manager, other } = await aTakenChat()
    const [item] = (await listOf(manager)).items
    const until = world.now().getTime() + HOUR_MS
    expect((await other.request('POST', `/notifications/${item!.id}/snooze`, { until })).status).toBe(404)
  })
})

test('what is half a year old is cleared away', async () => {
  const channel = await world.aChannel()
  const manager = await channel.account.asManager()
  await channel.send(aNewMessage({ text: 'old' }))
  await manager.post('/notifications/read', { ids: [(await listOf(manager)).items[0]!.id] })
  await sql`update notification set created_at = created_at - interval '181 days'
    where account_id = ${channel.account.id}`.execute(world.deps.db)
  await channel.send(aNewMessage({ text: 'new' }))
  await world.clock.jump(HOUR_MS)
  const texts = async () => (await listOf(manager)).items.map(({ text }) => text).join()
  await waitUntil('the old one is gone', async () => (await texts()) === 'new')
  const { rows } = await sql`select from notification_read where account_id = ${channel.account.id}`.execute(
    world.deps.db,
  )
  expect(rows).toHaveLength(0)
})

describe('settings', () => {
  test('are the usual ones until changed, and what is left out of a change stays', async () => {
    const manager = await (await world.anAccount()).asManager()
    const before = await manager.get<NotificationSettingsAnswer>('/notification-settings')
    expect(before).toMatchObject({
      canMail: false,
      settings: { scope: 'mine', kinds: { new_message: { inApp: true }, lead_stage: { inApp: false } } },
    })
    await change(manager, { kinds: { mention: { sound: false } }, sound: 'knock' })
    await change(manager, { kinds: { mention: { email: false } }, timeZone: 'Europe/Lisbon' })
    const { settings } = await manager.get<NotificationSettingsAnswer>('/notification-settings')
    expect(settings).toMatchObject({ sound: 'knock', timeZone: 'Europe/Lisbon', scope: 'mine' })
    expect(settings.kinds.mention).toEqual({ inApp: true, sound: false, desktop: true, email: false })
    expect(settings.kinds.new_message).toEqual(before.settings.kinds.new_message)
  })

  test('reach his other screens, and nobody else’s', async () => {
    const account = await world.anAccount()
    const [manager, admin] = [await account.asManager(), await account.asAdmin()]
    const [his, hers] = [await manager.openStream(), await admin.openStream()]
    await change(manager, { hideText: true })
    await change(admin, { hideText: true })
    expect(await his.waitForEvent('settings.changed')).toMatchObject({ topic: 'notification-settings' })
    await hers.waitForEvent('settings.changed')
    expect(hers.events).toHaveLength(1)
    for (const stream of [his, hers]) stream.close()
  })

  test.each([
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ scope: 'none' }, 'scope'],
    [{ quiet: { isOn: true, from: 1440, to: 0, days: [1] } }, 'quiet.from'],
    [{ kinds: { gossip: { inApp: true } } }, 'kinds'],
  ])('%j is refused, and the field named', async (body, field) => {
    const manager = await (await world.anAccount()).asManager()
    const answer = await manager.request('PATCH', '/notification-settings', body)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { details: { field: expect.stringContaining(field) } } })
  })
})
