import { randomUUID } from 'node:crypto'
import type { ChatId } from '@parley/protocol/model'
import {
  type AppClient,
  aNewMessage,
  type EventStream,
  type HookReceiver,
  type StoredIds,
  startTestWorld,
  type TestChannel,
  type TestWorld,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
let channel: TestChannel
let manager: AppClient
let stream: EventStream
let sent: StoredIds

const sender = { id: 'hc-user-55', name: 'Nora Lind' }

beforeAll(async () => {
  world = await startTestWorld()
  channel = await world.aChannel()
  sent = await channel.send(aNewMessage({ conversation_id: 'hc-1', sender }))
  manager = await channel.account.asManager()
  stream = await manager.openStream()
})
afterAll(async () => {
  stream.close()
  await world.stop()
})

async function type(fields: Record<string, unknown> = {}, to = channel) {
  const body = { conversation_id: 'hc-1', sender: { id: 'hc-user-55' }, ...fields }
  const answer = await to.post(body, { path: '/typing' })
  const text = await answer.text()
  return { status: answer.status, text, json: text === '' ? undefined : JSON.parse(text) }
}

/** For how long it is shown. */
async function shownFor(fields: Record<string, unknown>) {
  const before = stream.typings.length
  expect(await type(fields)).toEqual({ status: 204, text: '', json: undefined })
  const { until } = await stream.waitForTyping((typing) => stream.typings.indexOf(typing) >= before)
  return until - world.now().getTime()
}

describe('a client is typing', () => {
  test('who looks sees it, and it is no event', async () => {
    const seqBefore = stream.lastSeq
    expect((await type()).status).toBe(204)
    expect(await stream.waitForTyping()).toEqual({
      type: 'typing',
      chatId: sent.conversation_id,
      author: { id: sent.sender_id, kind: 'client', name: 'Nora Lind' },
      until: world.now().getTime() + 5000,
    })
    expect(stream.lastSeq).toBe(seqBefore)
  })

  test.each([
    [{}, 5000],
    [{ duration_ms: null }, 5000],
    [{ duration_ms: 7000 }, 7000],
    [{ duration_ms: 1 }, 1000],
    [{ duration_ms: -1 }, 1000],
    [{ duration_ms: 0 }, 1000],
    [{ duration_ms: 30_001 }, 30_000],
    [{ duration_ms: 1e300 }, 30_000],
  ])('%j: for %d ms', async (fields, ms) => {
    expect(await shownFor(fields)).toBe(ms)
  })

  test('somebody of the chat who has not written yet goes by their id', async () => {
    expect((await type({ sender: { id: 'new-member' } })).status).toBe(204)
    const { author } = await stream.waitForTyping((typing) => typing.author.name === 'new-member')
    expect(author).toEqual({ id: 'new-member', kind: 'client', name: 'new-member' })
  })

  test('other accounts do not see it', async () => {
    const stranger = await (await world.anAccount()).asManager()
    const theirs = await stranger.openStream()
    const before = stream.typings.length
    await type()
    await stream.waitForTyping((typing) => stream.typings.indexOf(typing) >= before)
    expect(theirs.typings).toEqual([])
    theirs.close()
  })

  test.each([
    [{ conversation_id: 'unknown' }, 404, 'ORIGIN_CHAT_NOT_FOUND', /^conversation_id: /],
    [{ conversation_id: undefined }, 400, 'ORIGIN_INVALID_PAYLOAD', /^conversation_id: is missing$/],
    [{ sender: undefined }, 400, 'ORIGIN_INVALID_PAYLOAD', /^sender: is missing$/],
    [{ sender: {} }, 400, 'ORIGIN_INVALID_PAYLOAD', /^sender.id: is missing$/],
    [{ sender: [] }, 400, 'ORIGIN_INVALID_PAYLOAD', /^sender: must be an object$/],
    [{ duration_ms: '5000' }, 400, 'ORIGIN_INVALID_PAYLOAD', /^duration_ms: must be an integer$/],
    [{ duration_ms: 1.5 }, 400, 'ORIGIN_INVALID_PAYLOAD', /^duration_ms: must be an integer$/],
  ])('%j: %d %s', async (fields, status, error_type, description) => {
    expect(await type(fields)).toMatchObject({
      status,
      json: { error_code: status, error_type, error_description: expect.stringMatching(description) },
    })
  })

  test('a chat of another channel of the account is unknown', async () => {
    const sibling = await world.aChannel({ account: channel.account })
    expect((await type({}, sibling)).status).toBe(404)
  })

  test('in strict mode what older clients write is refused', async () => {
    const strict = await world.aChannel({ settings: { is_strict: true } })
    await strict.post({ conversation_id: '5', user: { id: 'u', name: 'U' } }, { path: '/chats' })
    const body = { conversation_id: 5, sender: { id: 'u' } }
    expect((await type(body, strict)).json).toMatchObject({
      error_description: 'conversation_id: must be a string, not a number',
    })
    expect((await type({ ...body, conversation_id: '5' }, strict)).status).toBe(204)
  })
})

const tell = (chatId: string, body?: unknown, client = manager) =>
  client.request('POST', `/chats/${chatId}/typing`, body)

describe('a manager is typing', () => {
  test('the others see it', async () => {
    expect((await tell(sent.conversation_id)).status).toBe(204)
    const { manager: user } = channel.account
    expect(await stream.waitForTyping((typing) => typing.author.kind === 'user')).toEqual({
      type: 'typing',
      chatId: sent.conversation_id,
      author: { id: user.amojoId, kind: 'user', name: 'Max Berg' },
      writing: 'reply',
      until: world.now().getTime() + 5000,
    })
  })

  test('in another account’s chat, or none: 404', async () => {
    const stranger = await (await world.anAccount()).asManager()
    expect((await tell(sent.conversation_id, {}, stranger)).status).toBe(404)
    expect((await tell(randomUUID())).status).toBe(404)
    expect((await tell('none')).status).toBe(404)
    expect((await tell(sent.conversation_id, { postId: 5 })).status).toBe(400)
  })
})

/** A channel that wants to know, with a chat. */
async function aListener(options: Parameters<TestWorld['aChannel']>[0] = {}) {
  const hook = await world.aHookReceiver()
  const listening = await world.aChannel({ hook, events: ['messages', 'typing'], ...options })
  const ids = await listening.send(aNewMessage({ conversation_id: 'hc-conv-1001', sender }))
  return { hook, listening, ids, user: await listening.account.asManager() }
}

/** By then whatever was sent before has come: hooks of messages are sent later and waited for. */
async function nextMessage(hook: HookReceiver, user: AppClient, chatId: string) {
  await user.sendText(chatId as ChatId, 'Done')
  for (;;) {
    const received = await hook.next()
    if (received.json().message) return
  }
}

const typingHooks = (hook: HookReceiver) => hook.requests.filter((request) => request.json().action?.typing)

describe('the typing hook', () => {
  test('as documented, signed, to the byte', async () => {
    const { hook, listening, ids, user } = await aListener()
    await tell(ids.conversation_id, undefined, user)
    const received = await hook.next()
    const time = Math.floor(world.now().getTime() / 1000)
    expect(received.body.toString()).toBe(
      `{"account_id":"${listening.account.amojoId}","time":${time},"action":{"typing":{"user":{"id":"${listening.account.manager.amojoId}"},` +
        `"conversation":{"id":"${ids.conversation_id}","client_id":"hc-conv-1001"},"expired_at":${time + 5}}}}`,
    )
    expect(received.isSignedBy(listening.secret)).toBe(true)
    expect(received.path).toBe(`/hooks/${listening.scopeId}`)
    expect([received.attempt, received.headers['user-agent'], received.headers['content-type']]).toEqual([
      1,
      'amoCRM amoJo/1.0',
      'application/json',
    ])
  })

  test('names the post when a comment is being answered', async () => {
    const { hook, ids, user } = await aListener()
    await tell(ids.conversation_id, { postId: 'post-7' }, user)
    const { typing } = (await hook.next()).json().action
    expect(Object.entries(typing).at(-1)).toEqual(['post_id', 'post-7'])
  })

  test('at most once in five seconds per chat and user', async () => {
    const { hook, listening, ids, user } = await aListener()
    for (let press = 0; press < 5; press += 1) await tell(ids.conversation_id, {}, user)
    await hook.next()
    const admin = await listening.account.asAdmin()
    await tell(ids.conversation_id, {}, admin)
    const another = await listening.send(aNewMessage({ conversation_id: 'another' }))
    await tell(another.conversation_id, {}, user)
    await Promise.all([hook.next(), hook.next()])
    await world.clock.advance(4999)
    await tell(ids.conversation_id, {}, user)
    await world.clock.advance(1)
    await tell(ids.conversation_id, {}, user)
    await hook.next()
    await nextMessage(hook, user, ids.conversation_id)
    expect(typingHooks(hook)).toHaveLength(4)
  })

  test.each([
    ['a channel that did not ask for it', { events: ['messages', 'reactions'] }],
    ['a connection that speaks version 1', { hookVersion: 'v1' }],
  ] as const)('not to %s', async (_, options) => {
    const { hook, ids, user } = await aListener(options as Parameters<TestWorld['aChannel']>[0])
    await tell(ids.conversation_id, {}, user)
    await user.sendText(ids.conversation_id as ChatId, 'Done')
    await hook.next()
    expect(typingHooks(hook)).toEqual([])
  })

  test('not to one that is disconnected', async () => {
    const { hook, listening, ids, user } = await aListener()
    await listening.disconnect()
    expect((await tell(ids.conversation_id, {}, user)).status).toBe(204)
    await listening.connect()
    await nextMessage(hook, user, ids.conversation_id)
    expect(typingHooks(hook)).toEqual([])
  })

  test('is sent once, whatever the answer; and one that hangs holds up no message', async () => {
    const { hook, ids, user } = await aListener()
    hook.answerWith(500)
    await tell(ids.conversation_id, {}, user)
    await hook.next()
    await world.clock.advance(5000)
    hook.answerWith('hang')
    await tell(ids.conversation_id, {}, user)
    await hook.next()
    await nextMessage(hook, user, ids.conversation_id)
    expect(typingHooks(hook)).toHaveLength(2)
  })
})
