import { randomUUID } from 'node:crypto'
import type { ChatId, Message } from '@parley/protocol/model'
import { aNewMessage, startTestWorld, type TestChannel, type TestWorld, waitUntil } from '@parley/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

let world: TestWorld
let channel: TestChannel
let chatId: ChatId
let incomingId: string
let sent: Message
let eventsBefore: number

beforeAll(async () => {
  world = await startTestWorld()
  channel = await world.aChannel({ hook: await world.aHookReceiver() })
  const incoming = await channel.send(aNewMessage())
  chatId = incoming.conversation_id as ChatId
  incomingId = incoming.msgid
})
afterAll(() => world.stop())

beforeEach(async () => {
  const manager = await channel.account.asManager()
  sent = await manager.sendText(chatId, 'It ships tomorrow')
  // The hook has arrived: from here on only the channel's reports change the message.
  await waitUntil('the hook has arrived', async () => (await shown())[0] === 'sent')
  eventsBefore = await statusEvents()
})

async function report(body: unknown, id: string = sent.id, options: Parameters<TestChannel['post']>[1] = {}) {
  const answer = await channel.post(body, { path: `/${encodeURIComponent(id)}/delivery_status`, ...options })
  const text = await answer.text()
  return { status: answer.status, text, json: text === '' ? undefined : JSON.parse(text) }
}

async function shown(id: string = sent.id) {
  const manager = await channel.account.asManager()
  const { items } = await manager.listMessages(chatId)
  const message = items.find((item) => item.id === id)
  return [message?.status, message?.failure?.reason]
}

async function statusEvents() {
  const { db } = world.deps
  const rows = await db
    .selectFrom('event')
    .select(['type', 'message_id'])
    .where('account_id', '=', channel.account.id)
    .execute()
  return rows.filter((row) => row.type === 'message.status_changed' && row.message_id === sent.id).length
}

const newEvents = async () => (await statusEvents()) - eventsBefore

describe('a delivery status', () => {
  test.each([
    ['of today', { status_code: 2 }],
    ['of the older pages', { msgid: true, delivery_status: 2, error_code: null, error: null }],
    ['both, where the newer counts', { status_code: 2, delivery_status: 1 }],
  ])('with the fields %s', async (_, { msgid, ...fields }: Record<string, unknown>) => {
    const body = msgid === undefined ? fields : { msgid: sent.id, ...fields }
    expect(await report(body)).toEqual({ status: 200, text: '', json: undefined })
    expect(await shown()).toEqual(['read', undefined])
    expect(await newEvents()).toBe(1)
  })

  test('signed over the body, as in 2017', async () => {
    expect((await report({ msgid: sent.id, delivery_status: 1 }, sent.id, { scheme: 'body' })).status).toBe(200)
    expect(await shown()).toEqual(['delivered', undefined])
  })

  test('may come twice and out of order: read is never lowered, and what is no news is no event', async () => {
    for (const code of [0, 1, 1, 2, 2, 1, -1, 0]) expect((await report({ status_code: code })).status).toBe(200)
    expect(await shown()).toEqual(['read', undefined])
    expect(await newEvents()).toBe(2)
  })

  test('a late success after a failure counts', async () => {
    await report({ status_code: -1, error_code: 904 })
    expect((await shown())[0]).toBe('failed')
    await report({ status_code: 1 })
    expect(await shown()).toEqual(['delivered', undefined])
  })

  test.each([
    [{ error_code: 901 }, 'The client has deleted the conversation.'],
    [{ error_code: 902 }, 'The channel is switched off in the messenger.'],
    [{ error_code: 903, error: 'HTTP 502' }, 'The messenger reports an internal error: HTTP 502'],
    [{ error_code: 904 }, 'A conversation with this client cannot be opened.'],
    [{ error_code: 905, error: 'Message too long for the network' }, 'Message too long for the network'],
    [{ error_сode: 901 }, 'The client has deleted the conversation.'],
    [{}, 'The channel could not deliver the message.'],
    [{ error_code: null, error: '' }, 'The channel could not deliver the message.'],
  ])('a failure %j says why', async (fields, reason) => {
    expect((await report({ status_code: -1, ...fields })).status).toBe(200)
    expect(await shown()).toEqual(['failed', reason])
  })

  test.each([
    [{}, 'status_code: is missing'],
    [{ status_code: null }, 'status_code: is missing'],
    [{ status_code: 3 }, 'status_code: unknown value; use one of 0, 1, 2, -1'],
    [{ status_code: '1' }, 'status_code: unknown value; use one of 0, 1, 2, -1'],
    [{ status_code: -1, error_code: 900 }, 'error_code: unknown value; use one of 901, 902, 903, 904, 905'],
    [{ status_code: -1, error_code: 905 }, 'error: is missing; with error_code 905 it says what went wrong'],
    [{ status_code: 1, msgid: 'another' }, 'msgid: differs from the message id in the path'],
    [[], 'body: must be a JSON object'],
    ['', 'body: is missing'],
  ])('%j: 400', async (body, description) => {
    const { status, json } = await report(body)
    expect([status, json.error_type, json.error_description]).toEqual([400, 'ORIGIN_INVALID_PAYLOAD', description])
    expect(await newEvents()).toBe(0)
  })

  test('of a message that a client wrote: 400', async () => {
    const { status, json } = await report({ status_code: 1 }, incomingId)
    expect([status, json.error_description]).toEqual([400, expect.stringMatching(/^msgid: a client wrote/)])
  })

  test.each([
    ['an unknown message', randomUUID()],
    ['no id at all', 'hc-msg-1'],
    ['U+0000', '\0'],
    ['an id too long for one', 'é'.repeat(50)],
  ])('of %s: 404', async (_, id) => {
    const { status, json } = await report({ status_code: 1 }, id)
    expect([status, json.error_type]).toEqual([404, 'ORIGIN_MESSAGE_NOT_FOUND'])
  })

  test('of a message of another channel, in the same account: 404', async () => {
    const other = await world.aChannel({ account: channel.account })
    const answer = await other.post({ status_code: 2 }, { path: `/${sent.id}/delivery_status` })
    expect(answer.status).toBe(404)
  })

  test("by the integration's msgid, where the platform's id is not known", async () => {
    await world.deps.db.updateTable('message').set({ msgid: 'hc/msg 7' }).where('id', '=', sent.id).execute()
    expect((await report({ msgid: 'hc/msg 7', delivery_status: 2 }, 'hc/msg 7')).status).toBe(200)
    expect(await shown()).toEqual(['read', undefined])
  })
})
