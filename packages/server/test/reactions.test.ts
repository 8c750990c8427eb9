import { randomUUID } from 'node:crypto'
import type { ChatId, Message, Reaction } from '@parley/protocol/model'
import {
  type AppClient,
  aNewMessage,
  type StoredIds,
  startTestWorld,
  type TestChannel,
  type TestWorld,
} from '@parley/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

let world: TestWorld
let channel: TestChannel
let manager: AppClient
let sent: StoredIds
let conversation_id: string

const client = { id: 'hc-user-55', name: 'Nora Lind' }

beforeAll(async () => {
  world = await startTestWorld()
  channel = await world.aChannel()
  manager = await channel.account.asManager()
})
afterAll(() => world.stop())
beforeEach(async () => {
  conversation_id = randomUUID()
  sent = await channel.send(aNewMessage({ conversation_id, sender: client, msgid: `msg-${conversation_id}` }))
})

async function post(body: unknown, { path = '/react', to = channel } = {}) {
  const answer = await to.post(body, { path })
  const text = await answer.text()
  return { status: answer.status, text, json: text === '' ? undefined : JSON.parse(text) }
}

const react = (fields: Record<string, unknown> = {}, options: Parameters<typeof post>[1] = {}) =>
  post({ conversation_id, msgid: sent.ref_id, user: { id: client.id }, type: 'react', emoji: '👍', ...fields }, options)

const DONE = { status: 200, text: '', json: undefined }
const refusal = (status: number, error_type: string, description: unknown) => ({
  status,
  json: { status: 0, error_code: status, error_type, error_description: description },
})

async function shown(ids: StoredIds = sent, reader = manager): Promise<[string, string][]> {
  const { items } = await reader.listMessages(ids.conversation_id as ChatId)
  const message = items.find(({ id }) => id === ids.msgid)
  return (message?.reactions ?? []).map(({ emoji, author }: Reaction) => [emoji, author.name])
}

async function reactedEvents(): Promise<number> {
  const { db } = world.deps
  const rows = await db
    .selectFrom('event')
    .select(['type', 'message_id'])
    .where('account_id', '=', channel.account.id)
    .execute()
  return rows.filter((row) => row.type === 'message.reacted' && row.message_id === sent.msgid).length
}

describe('a client reacts', () => {
  test('the screens show it; there is no notification', async () => {
    const stream = await manager.openStream()
    const before = await manager.listNotifications()
    expect(await react()).toEqual(DONE)
    const event = await stream.waitForEvent('message.reacted')
    expect(event.message).toMatchObject({
      id: sent.msgid,
      reactions: [{ emoji: '👍', author: { id: sent.sender_id, kind: 'client', name: 'Nora Lind' } }],
    })
    expect((await manager.listNotifications()).unread).toBe(before.unread)
    expect(event.chat?.unread).toBe(1)
    stream.close()
  })

  test.each([
    [
      'the platform’s ids',
      () => ({
        conversation_id: undefined,
        conversation_ref_id: sent.conversation_id,
        msgid: undefined,
        id: sent.msgid,
      }),
    ],
    ['all of them', () => ({ conversation_ref_id: sent.conversation_id, id: sent.msgid })],
    [
      'ids in capitals',
      () => ({
        conversation_id: null,
        conversation_ref_id: sent.conversation_id.toUpperCase(),
        msgid: '',
        id: sent.msgid.toUpperCase(),
      }),
    ],
    ['our id of the client', () => ({ user: { id: 'whatever', ref_id: sent.sender_id } })],
  ])('by %s', async (_, fields) => {
    expect(await react(fields())).toEqual(DONE)
    expect(await shown()).toEqual([['👍', 'Nora Lind']])
  })

  test('with the message in the path, whose id ever', async () => {
    expect(await react({ msgid: undefined }, { path: `/${sent.msgid}/react` })).toEqual(DONE)
    expect(
      await react({ msgid: undefined, emoji: '🔥' }, { path: `/${encodeURIComponent(sent.ref_id)}/react` }),
    ).toEqual(DONE)
    expect(await react({ emoji: '❤️' }, { path: `/${encodeURIComponent(sent.ref_id)}/react` })).toEqual(DONE)
    expect(await shown()).toEqual([['❤️', 'Nora Lind']])
    expect(await react({}, { path: '/another/react' })).toMatchObject(
      refusal(400, 'ORIGIN_INVALID_PAYLOAD', 'msgid: differs from the message id in the path'),
    )
    expect((await react({ msgid: undefined }, { path: `/${'x'.repeat(256)}/react` })).status).toBe(404)
    expect((await react({ msgid: undefined }, { path: '/%00/react' })).status).toBe(404)
  })

  test('one has one reaction: the next takes its place, and the same again is no news', async () => {
    await react()
    await react({ emoji: '🔥' })
    await react({ emoji: '🔥' })
    expect(await shown()).toEqual([['🔥', 'Nora Lind']])
    expect(await reactedEvents()).toBe(2)
  })

  test('several people have theirs', async () => {
    await channel.send(aNewMessage({ conversation_id, sender: { id: 'second', name: 'Ada' } }))
    await react()
    await react({ user: { id: 'second' }, emoji: '🔥' })
    expect(await shown()).toEqual([
      ['👍', 'Nora Lind'],
      ['🔥', 'Ada'],
    ])
  })

  test('ten people at once: none is lost', async () => {
    const people = Array.from({ length: 10 }, (_, index) => ({ id: `p-${index}`, name: `Person ${index}` }))
    for (const sender of people) await channel.send(aNewMessage({ conversation_id, sender }))
    await Promise.all(people.map((user) => react({ user: { id: user.id } })))
    expect(await shown()).toHaveLength(10)
  })

  test('taking it back, more than once; with nothing there; and too late for one that was replaced', async () => {
    expect(await react({ type: 'unreact', emoji: undefined })).toEqual(DONE)
    expect(await reactedEvents()).toBe(0)
    await react()
    await react({ emoji: '🔥' })
    expect(await react({ type: 'unreact', emoji: '👍' })).toEqual(DONE)
    expect(await shown()).toEqual([['🔥', 'Nora Lind']])
    expect(await react({ type: 'unreact', emoji: null })).toEqual(DONE)
    expect(await react({ type: 'unreact' })).toEqual(DONE)
    expect(await shown()).toEqual([])
    expect(await reactedEvents()).toBe(3)
  })

  test('on behalf of a manager or of the bot', async () => {
    await react({ user: { id: 'agent-1', ref_id: channel.account.manager.amojoId } })
    await react({ user: { ref_id: channel.bot.id }, emoji: '🤖' })
    await react({ user: { id: channel.bot.clientId }, emoji: '⚙️' })
    expect(await shown()).toEqual([
      ['👍', 'Max Berg'],
      ['⚙️', 'Harbor Chat'],
    ])
  })

  test('to what a manager wrote, which has our id alone', async () => {
    const answer = await manager.sendText(sent.conversation_id as ChatId, 'Hello')
    expect(await react({ msgid: undefined, id: answer.id })).toEqual(DONE)
    expect(await shown({ ...sent, msgid: answer.id })).toEqual([['👍', 'Nora Lind']])
  })

  test.each([
    ['conversation_id: is missing', { conversation_id: undefined }],
    ['msgid: is missing', { msgid: undefined }],
    ['user: is missing', { user: undefined }],
    ['user.id: is missing', { user: {} }],
    ['user.id: nobody with this id has written or was written to through this channel', { user: { id: 'nobody' } }],
    ['user.ref_id: names nobody known here', { user: { ref_id: randomUUID() } }],
    ['type: is missing', { type: undefined }],
    ['type: unknown value; use react or unreact', { type: 'like' }],
    ['emoji: is missing', { emoji: undefined }],
    ['emoji: is missing', { emoji: '' }],
    ['emoji: is empty', { emoji: ' ' }],
    ['emoji: must be a string', { emoji: 5 }],
    ['emoji: is no emoji', { emoji: '\ud83d' }],
    ['emoji: must be one emoji', { emoji: 'x'.repeat(65) }],
  ])('%s', async (description, fields) => {
    expect(await react(fields)).toMatchObject(refusal(400, 'ORIGIN_INVALID_PAYLOAD', description))
    expect(await shown()).toEqual([])
  })

  test('what is not there', async () => {
    const elsewhere = await channel.send(aNewMessage({ sender: client }))
    const notFound = refusal(404, 'ORIGIN_MESSAGE_NOT_FOUND', 'msgid: this chat has no such message')
    expect(await react({ msgid: 'unknown' })).toMatchObject(notFound)
    expect(await react({ msgid: undefined, id: randomUUID() })).toMatchObject(notFound)
    expect(await react({ msgid: undefined, id: elsewhere.msgid })).toMatchObject(notFound)
    expect(await react({ msgid: elsewhere.ref_id })).toMatchObject(notFound)
    const noChat = refusal(404, 'ORIGIN_CHAT_NOT_FOUND', 'conversation_id: this connection has no such chat')
    expect(await react({ conversation_id: 'unknown' })).toMatchObject(noChat)
    expect(await react({ conversation_id: undefined, conversation_ref_id: randomUUID() })).toMatchObject(noChat)
    expect(await react({ conversation_id: undefined, conversation_ref_id: 'none' })).toMatchObject(noChat)
    const sibling = await world.aChannel({ account: channel.account })
    expect(
      await react({ conversation_id: undefined, conversation_ref_id: sent.conversation_id }, { to: sibling }),
    ).toMatchObject(noChat)
    expect(await react({ conversation_ref_id: elsewhere.conversation_id })).toMatchObject(
      refusal(400, 'ORIGIN_INVALID_PAYLOAD', 'conversation_ref_id: names another chat than conversation_id'),
    )
  })
})

describe('a channel with a list of emoji', () => {
  async function aListedChannel(reactions: string[]) {
    const to = await world.aChannel({ settings: { reactions } })
    const ids = await to.send(aNewMessage({ conversation_id: 'c', sender: client, msgid: 'm' }))
    const reader = await to.account.asManager()
    return {
      to,
      react: (emoji: string, type = 'react') =>
        post({ conversation_id: 'c', msgid: 'm', user: { id: client.id }, type, emoji }, { to }),
      shown: () => shown(ids, reader),
    }
  }

  test('takes those, however they are written, and keeps its own spelling', async () => {
    const listed = await aListedChannel(['❤️', '👍', 'é'])
    expect(await listed.react('❤')).toEqual(DONE)
    expect(await listed.shown()).toEqual([['❤️', 'Nora Lind']])
    expect(await listed.react('e\u0301')).toEqual(DONE)
    expect(await listed.shown()).toEqual([['é', 'Nora Lind']])
    expect(await listed.react('❤', 'unreact')).toEqual(DONE)
    expect(await listed.react('👎')).toMatchObject(
      refusal(400, 'ORIGIN_UNSUPPORTED', 'emoji: is not one of those that this channel was registered with'),
    )
    expect(await listed.shown()).toEqual([['é', 'Nora Lind']])
  })

  test('that is empty takes none', async () => {
    const off = await aListedChannel([])
    const unsupported = refusal(400, 'ORIGIN_UNSUPPORTED', 'type: reactions are switched off for this channel')
    expect(await off.react('👍')).toMatchObject(unsupported)
    expect(await off.react('👍', 'unreact')).toMatchObject(unsupported)
  })
})

const put = (chatId: string, messageId: string, emoji: unknown, reader = manager) =>
  reader.request('PUT', `/chats/${chatId}/messages/${messageId}/reaction`, { emoji })

async function aReactingChannel(options: Parameters<TestWorld['aChannel']>[0] = {}) {
  const hook = await world.aHookReceiver()
  const to = await world.aChannel({ hook, events: ['messages', 'reactions'], ...options })
  const ids = await to.send(
    aNewMessage({
      conversation_id: 'hc-conv-1001',
      sender: client,
      msgid: 'hc-msg-7001',
      at: new Date(1_772_532_930_125),
    }),
  )
  const reader = await to.account.asManager()
  return { hook, to, ids, reader, put: (emoji: unknown, id = ids.msgid) => put(ids.conversation_id, id, emoji, reader) }
}

describe('a manager reacts', () => {
  test('the message is answered, the others see it, the channel is told', async () => {
    const { hook, to, ids, put: react_ } = await aReactingChannel()
    const answer = await react_('👍')
    expect(answer.status).toBe(200)
    const { message } = (await answer.json()) as { message: Message }
    const author = { id: to.account.manager.amojoId, kind: 'user', name: 'Max Berg' }
    expect([message.id, message.reactions]).toEqual([ids.msgid, [{ emoji: '👍', author }]])
    const received = await hook.next()
    const time = Math.floor(world.now().getTime() / 1000)
    const body = received.body.toString()
    expect(body).toBe(
      `{"account_id":"${to.account.amojoId}","time":${time},"action":{"reaction":{"msgid":"${ids.msgid}",` +
        `"message":{"id":"${ids.msgid}","client_id":"hc-msg-7001","sender":{"id":"${ids.sender_id}","client_id":"hc-user-55"},` +
        `"timestamp":1772532930,"msec_timestamp":1772532930125},"user":{"id":"${author.id}"},` +
        `"conversation":{"id":"${ids.conversation_id}","client_id":"hc-conv-1001"},"type":"react","emoji":"👍"}}}`,
    )
    expect(JSON.stringify(JSON.parse(body))).toBe(body)
    expect(received.isSignedBy(to.secret)).toBe(true)

    await react_(null)
    const { reaction } = (await hook.next()).json().action
    expect(reaction).toMatchObject({ type: 'unreact' })
    expect(Object.keys(reaction)).not.toContain('emoji')
  })

  test('to an own message: who it was for stands in the hook', async () => {
    const { hook, to, ids, reader, put: react_ } = await aReactingChannel()
    const answer = await reader.sendText(ids.conversation_id as ChatId, 'Hello')
    await hook.next()
    await react_('👍', answer.id)
    const { message } = (await hook.next()).json().action.reaction
    expect(message).toEqual({
      id: answer.id,
      receiver: { id: ids.sender_id, client_id: 'hc-user-55' },
      sender: { id: to.account.manager.amojoId },
      timestamp: Math.floor(answer.sentAt / 1000),
      msec_timestamp: answer.sentAt,
    })
  })

  test('the same again, or nothing to take back: no second hook', async () => {
    const { hook, ids, reader, put: react_ } = await aReactingChannel()
    await react_(null)
    await react_('👍')
    await react_('👍')
    await reader.sendText(ids.conversation_id as ChatId, 'Done')
    const kinds = [(await hook.next()).json(), (await hook.next()).json()].map((body) => Object.keys(body).at(-1))
    expect(kinds).toEqual(['action', 'message'])
  })

  test('what is said before comes before: hooks of a chat keep their order, and a refused one is tried again', async () => {
    const { hook, ids, reader, put: react_ } = await aReactingChannel()
    hook.answerWith(503)
    await reader.sendText(ids.conversation_id as ChatId, 'First')
    await hook.next()
    await react_('👍')
    const again = await world.clock.advanceUntil(hook.next())
    expect([again.attempt, again.json().message.message.text]).toEqual([2, 'First'])
    expect((await hook.next()).json().action.reaction.emoji).toBe('👍')
  })

  test('its hook failing changes nothing about the message', async () => {
    const { hook, ids, reader, put: react_ } = await aReactingChannel()
    hook.answerWith(400)
    await react_('👍')
    await hook.next()
    await reader.sendText(ids.conversation_id as ChatId, 'Done')
    await hook.next()
    const { items } = await reader.listMessages(ids.conversation_id as ChatId)
    expect(items.find(({ id }) => id === ids.msgid)).toMatchObject({ status: 'received', failure: null })
    const { items: notices } = await reader.listNotifications()
    expect(notices.filter(({ kind }) => kind === 'delivery_failed')).toEqual([])
  })

  test.each([
    ['that did not ask for it', { events: ['messages'] }],
    ['with version 1 of the hooks', { hookVersion: 'v1' }],
  ] as const)('a channel %s is not told', async (_, options) => {
    const { hook, ids, reader, put: react_ } = await aReactingChannel(options as Parameters<TestWorld['aChannel']>[0])
    expect((await react_('👍')).status).toBe(200)
    expect(await shown(ids, reader)).toEqual([['👍', 'Max Berg']])
    await reader.sendText(ids.conversation_id as ChatId, 'Done')
    const body = (await hook.next()).json()
    expect(body.message?.message.text ?? body.text).toBe('Done')
  })

  test('only with what the channel has', async () => {
    const listed = await aReactingChannel({ settings: { reactions: ['👍'] } })
    expect((await listed.put('🔥')).status).toBe(400)
    expect((await listed.put('👍')).status).toBe(200)
    const off = await aReactingChannel({ settings: { reactions: [] } })
    expect((await off.put('👍')).status).toBe(409)
  })

  test('not where the channel is disconnected', async () => {
    const { to, put: react_ } = await aReactingChannel()
    await to.disconnect()
    expect((await react_('👍')).status).toBe(409)
  })

  test('what is not there, or another’s; what is no emoji', async () => {
    const { conversation_id: chatId, msgid } = sent
    const stranger = await (await world.anAccount()).asManager()
    const elsewhere = await channel.send(aNewMessage())
    const statuses = async (...calls: Promise<Response>[]) => (await Promise.all(calls)).map(({ status }) => status)
    expect(
      await statuses(
        put(chatId, msgid, '👍', stranger),
        put(chatId, randomUUID(), '👍'),
        put(chatId, elsewhere.msgid, '👍'),
        put(randomUUID(), msgid, '👍'),
        put('none', msgid, '👍'),
      ),
    ).toEqual([404, 404, 404, 404, 404])
    const bad = ['', ' ', 5, undefined, 'x'.repeat(65), '\0', '\ud83d']
    expect(await statuses(...bad.map((emoji) => put(chatId, msgid, emoji)))).toEqual(bad.map(() => 400))
    expect(await shown()).toEqual([])
  })

  test('at the same time as clients: none is lost', async () => {
    const people = Array.from({ length: 5 }, (_, index) => ({ id: `q-${index}`, name: `Person ${index}` }))
    for (const sender of people) await channel.send(aNewMessage({ conversation_id, sender }))
    const admin = await channel.account.asAdmin()
    const calls = [
      ...people.map((user) => react({ user: { id: user.id } })),
      put(sent.conversation_id, sent.msgid, '🔥'),
      put(sent.conversation_id, sent.msgid, '❤️', admin),
    ]
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(calls.map(() => 200))
    expect(await shown()).toHaveLength(7)
  })
})
