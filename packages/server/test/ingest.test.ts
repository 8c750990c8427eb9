import { randomUUID } from 'node:crypto'
import type { ChatId } from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import { aNewMessage, aSender, startTestWorld, type TestChannel, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

const inboxOf = async (channel: TestChannel) => (await (await channel.account.asManager()).listChats()).items

describe('the first message of a new client', () => {
  test('makes chat, contact, incoming lead and notification at once', async () => {
    const channel = await world.aChannel()
    await channel.send(
      aNewMessage({ text: 'Is the blue one still in stock?', source: { external_id: 'shop-front-1' } }),
    )
    const manager = await channel.account.asManager()
    const [chat] = await inboxOf(channel)
    expect(chat).toMatchObject({
      client: { name: 'Nora Lind', phone: '+46700000055', email: 'nora@example.net' },
      channel: { isConnected: true },
      source: 'shop-front-1',
      unread: 1,
      lastMessage: {
        text: 'Is the blue one still in stock?',
        direction: 'in',
        author: { name: 'Nora Lind', kind: 'client' },
      },
      lead: { title: 'Nora Lind', isIncoming: true },
      responsible: null,
    })
    expect(chat?.waitingSince).toBeTypeOf('number')
    const { lead } = await manager.getChat(chat!.id)
    expect(lead).toMatchObject({
      isIncoming: true,
      stage: { kind: 'incoming' },
      contact: { name: 'Nora Lind', phone: '+46700000055', email: 'nora@example.net' },
      source: { externalId: 'shop-front-1' },
    })
    const notifications = await manager.listNotifications()
    expect(notifications).toMatchObject({
      unread: 1,
      items: [{ kind: 'incoming_lead', title: 'Nora Lind', isRead: false }],
    })
  })

  test('a later one joins: one lead, one chat, one notification while nobody has read', async () => {
    const channel = await world.aChannel()
    const ofClient = { conversation_id: 'c-1', sender: aSender({ id: 'u-1' }) }
    await channel.send(aNewMessage({ ...ofClient, text: 'one' }))
    await channel.send(aNewMessage({ ...ofClient, text: 'two' }))
    const chats = await inboxOf(channel)
    expect(chats).toMatchObject([{ unread: 2, lastMessage: { text: 'two' } }])
    expect((await (await channel.account.asManager()).listNotifications()).unread).toBe(1)
  })

  test('after the chat was read the next message is told again', async () => {
    const channel = await world.aChannel()
    const manager = await channel.account.asManager()
    const ofClient = { conversation_id: 'c-1', sender: aSender({ id: 'u-1' }) }
    const { conversation_id } = await channel.send(aNewMessage(ofClient))
    await manager.readChat(conversation_id as ChatId)
    expect((await manager.listNotifications()).unread).toBe(0)
    await channel.send(aNewMessage({ ...ofClient, text: 'Hello again' }))
    expect(await manager.listNotifications()).toMatchObject({
      unread: 1,
      items: [{ kind: 'new_message', text: 'Hello again' }, {}],
    })
    expect(await inboxOf(channel)).toMatchObject([{ unread: 1 }])
  })

  test('a second chat of the same person goes to the same lead', async () => {
    const channel = await world.aChannel()
    const sender = aSender({ id: 'u-1' })
    await channel.send(aNewMessage({ conversation_id: 'c-1', sender }))
    await channel.send(aNewMessage({ conversation_id: 'c-2', sender }))
    const chats = await inboxOf(channel)
    expect(chats).toHaveLength(2)
    expect(new Set(chats.map((chat) => chat.lead?.id)).size).toBe(1)
  })

  test('two new chats of one new person in the same moment share contact and lead', async () => {
    const channel = await world.aChannel()
    const sender = aSender({ id: 'u-1' })
    await Promise.all(
      ['c-1', 'c-2', 'c-3'].map((conversation_id) => channel.send(aNewMessage({ conversation_id, sender }))),
    )
    const chats = await inboxOf(channel)
    expect(new Set(chats.map((chat) => chat.lead?.id)).size).toBe(1)
  })
})

describe('a repeated msgid', () => {
  test('100 times at once: one message, one lead, 100 equal answers', async () => {
    const channel = await world.aChannel()
    const message = aNewMessage({ msgid: 'tg-42', conversation_id: 'c-1', sender: aSender({ id: 'u-1' }) })
    const answers = await Promise.all(Array.from({ length: 100 }, () => channel.send(message)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await world.messagesOf(channel)).toHaveLength(1)
    expect(await inboxOf(channel)).toMatchObject([{ unread: 1 }])
    expect((await (await channel.account.asManager()).listNotifications()).items).toHaveLength(1)
  })

  test('later again: the first answer, and nothing is counted', async () => {
    const channel = await world.aChannel()
    const message = aNewMessage({ msgid: 'tg-43' })
    const first = await channel.send(message)
    expect(await channel.send(message)).toEqual(first)
    expect(await inboxOf(channel)).toMatchObject([{ unread: 1 }])
  })

  test('in another chat it is another message', async () => {
    const channel = await world.aChannel()
    const one = await channel.send(aNewMessage({ msgid: 'same', conversation_id: 'c-1' }))
    const other = await channel.send(aNewMessage({ msgid: 'same', conversation_id: 'c-2' }))
    expect(other.msgid).not.toBe(one.msgid)
  })
})

test('order inside a chat is arrival order, however many arrive at once', async () => {
  const channel = await world.aChannel()
  const at = world.now()
  const ofClient = { conversation_id: 'c-1', sender: aSender({ id: 'u-1' }), at }
  const texts = Array.from({ length: 60 }, (_, index) => `line ${index}`)
  // One connection, one after the other in quick succession: the order is the sender's.
  for (const text of texts) await channel.send(aNewMessage({ ...ofClient, text }))
  const [chat] = await inboxOf(channel)
  const { items } = await (await channel.account.asManager()).listMessages(chat!.id, '?limit=100')
  expect(items.map((message) => message.text).reverse()).toEqual(texts)
})

test('a poisoned item fails alone', async () => {
  const channel = await world.aChannel()
  const poisoned = await world.aChannel({ account: channel.account })
  await channel.send(aNewMessage({ conversation_id: 'warm' }))
  // A message the database itself refuses, in the same moment as good ones.
  await world.deps.db.schema.alterTable('message').addCheckConstraint('no_poison', sql`body <> 'poison'`).execute()
  const good = Array.from({ length: 20 }, (_, index) => channel.post(aNewMessage({ text: `good ${index}` })))
  const bad = poisoned.post(aNewMessage({ text: 'poison' }))
  const statuses = (await Promise.all(good)).map((answer) => answer.status)
  expect(new Set(statuses)).toEqual(new Set([200]))
  expect((await bad).status).toBe(500)
  expect(await world.messagesOf(channel)).toHaveLength(21)
  expect(await world.messagesOf(poisoned)).toEqual([])
  await world.deps.db.schema.alterTable('message').dropConstraint('no_poison').execute()
})

test('two accounts with the same conversation and client ids are never mixed', async () => {
  const channel = await world.aChannel({ accounts: [await world.anAccount(), await world.anAccount()] })
  const [first, second] = channel.accounts
  const same = { conversation_id: 'c-1', msgid: 'm-1', sender: aSender({ id: 'u-1' }) }
  const one = await channel.send(aNewMessage({ ...same, text: 'for the first' }), { account: first! })
  const two = await channel.send(aNewMessage({ ...same, text: 'for the second' }), { account: second! })
  expect(two.conversation_id).not.toBe(one.conversation_id)
  expect(two.sender_id).not.toBe(one.sender_id)
  for (const [account, text] of [
    [first, 'for the first'],
    [second, 'for the second'],
  ] as const) {
    const manager = await account!.asManager()
    expect((await manager.listChats()).items).toMatchObject([{ lastMessage: { text } }])
  }
  const intruder = await second!.asManager()
  for (const path of [`/chats/${one.conversation_id}`, `/leads/${(await inboxOf(channel))[0]?.lead?.id}`]) {
    expect((await intruder.request('GET', path)).status).toBe(404)
  }
  expect((await intruder.request('GET', `/chats/${one.conversation_id}/messages`)).status).toBe(404)
  const answer = await intruder.request('POST', `/chats/${one.conversation_id}/messages`, {
    id: randomUUID(),
    text: 'Hi',
  })
  expect(answer.status).toBe(404)
})

describe('silent imports', () => {
  test('make a chat and nothing else, in the order of their own clock', async () => {
    const channel = await world.aChannel()
    const old = { conversation_id: 'c-1', sender: aSender({ id: 'u-1' }), silent: true }
    await channel.send(aNewMessage({ ...old, text: 'second', at: new Date('2019-05-02T10:00:00Z') }))
    await channel.send(aNewMessage({ ...old, text: 'first', at: new Date('2019-05-01T10:00:00Z') }))
    const [chat] = await inboxOf(channel)
    expect(chat).toMatchObject({ unread: 0, lead: null, waitingSince: null, lastMessage: { text: 'second' } })
    const manager = await channel.account.asManager()
    expect((await manager.listMessages(chat!.id)).items.map(({ text }) => text)).toEqual(['second', 'first'])
    expect((await manager.listNotifications()).items).toEqual([])
  })
})

test('name and phone of the client follow the newest message; the contact only fills what is empty', async () => {
  const channel = await world.aChannel()
  const of = (sender: Record<string, unknown>) =>
    aNewMessage({ conversation_id: 'c-1', sender: { id: 'u-1', ...sender } })
  await channel.send(of({ name: 'Nora' }))
  await channel.send(of({ name: 'Nora Lind', profile: { phone: '+4670', email: 'nora@example.net' } }))
  await channel.send(of({ name: 'N. Lind', profile: { phone: '+4680' } }))
  const [chat] = await inboxOf(channel)
  expect(chat?.client).toMatchObject({ name: 'N. Lind', phone: '+4680', email: 'nora@example.net' })
  const { lead } = await (await channel.account.asManager()).getChat(chat!.id)
  expect(lead?.contact).toMatchObject({ name: 'Nora', phone: '+4670', email: 'nora@example.net' })
})

test('event numbers of an account have no gaps, whatever happened at once', async () => {
  const channel = await world.aChannel()
  await Promise.all(
    Array.from({ length: 50 }, (_, index) => channel.send(aNewMessage({ conversation_id: `c-${index % 7}` }))),
  )
  const seqs = await world.deps.db
    .selectFrom('event')
    .select('seq')
    .where('account_id', '=', channel.account.id)
    .orderBy('seq')
    .execute()
  expect(seqs.map(({ seq }) => seq)).toEqual(seqs.map((_, index) => index + 1))
})

test('what was acknowledged survives a restart', async () => {
  const own = await startTestWorld()
  const channel = await own.aChannel()
  const before = await channel.send(aNewMessage({ msgid: 'kept' }))
  await own.restart()
  expect(await channel.send(aNewMessage({ msgid: 'other' }))).toMatchObject({ ref_id: 'other' })
  const stored = await own.messagesOf(channel)
  expect(stored.map(({ id }) => id)).toContain(before.msgid)
  await own.stop()
})
