import { randomUUID } from 'node:crypto'
import {
  aNewMessage,
  startTestWorld,
  type TestAccount,
  type TestChannel,
  type TestWorld,
  wrongSecret,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

const connectPath = (channel: TestChannel) => `/v2/origin/custom/${channel.id}/connect`
const disconnectPath = (channel: TestChannel) => `/v2/origin/custom/${channel.id}/disconnect`

async function read(answer: Response) {
  const text = await answer.text()
  return { status: answer.status, text, json: text === '' ? undefined : JSON.parse(text) }
}

async function connectionEvents(account: TestAccount): Promise<number> {
  const { db } = world.deps
  const rows = await db.selectFrom('event').select('type').where('account_id', '=', account.id).execute()
  return rows.filter(({ type }) => type === 'connection.changed').length
}

describe('connecting', () => {
  test('answers all five fields, in order, with what was asked for', async () => {
    const channel = await world.aChannel({ connected: false })
    const settings = { title: 'Harbor on the quay', hook_api_version: 'v2', is_time_window_disabled: true }
    const { status, text } = await read(
      await channel.post({ account_id: channel.account.amojoId, ...settings }, { path: connectPath(channel) }),
    )
    expect(status).toBe(200)
    expect(text).toBe(
      `{"account_id":"${channel.account.amojoId}","scope_id":"${channel.scopeId}","title":"Harbor on the quay","hook_api_version":"v2","is_time_window_disabled":true}`,
    )
  })

  test('as in 2017: by the account alone, signed over the body; hooks are v1', async () => {
    const channel = await world.aChannel({ connected: false })
    const answer = await channel.post(
      { account_id: channel.account.amojoId },
      { path: connectPath(channel), scheme: 'body' },
    )
    expect(await read(answer)).toMatchObject({
      status: 200,
      json: { scope_id: channel.scopeId, title: 'Harbor Chat', hook_api_version: 'v1', is_time_window_disabled: false },
    })
  })

  test('again, it changes the settings, and tells the account only when something is new', async () => {
    const channel = await world.aChannel({ title: 'Before' })
    const eventsAtFirst = await connectionEvents(channel.account)
    expect(eventsAtFirst).toBe(1)
    await channel.connect({ title: 'Before' })
    expect(await connectionEvents(channel.account)).toBe(1)
    expect((await read(await channel.connect({ title: 'After', hookVersion: 'v1' }))).json).toMatchObject({
      title: 'After',
      hook_api_version: 'v1',
    })
    expect(await connectionEvents(channel.account)).toBe(2)
  })

  test('twenty times at once: all answer, one event', async () => {
    const channel = await world.aChannel({ connected: false })
    const answers = await Promise.all(Array.from({ length: 20 }, () => channel.connect()))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect(await connectionEvents(channel.account)).toBe(1)
  })

  test('a private channel: only accounts it is approved for', async () => {
    const channel = await world.aChannel()
    const stranger = await world.anAccount()
    const forbidden = { status: 403, json: { status: 0, error_code: 403, error_type: 'ORIGIN_FORBIDDEN' } }
    expect(await read(await channel.connect({ account: stranger }))).toMatchObject(forbidden)
    const nobody = { ...stranger, amojoId: randomUUID() as TestAccount['amojoId'] }
    expect(await read(await channel.connect({ account: nobody }))).toMatchObject(forbidden)
    expect(await connectionEvents(stranger)).toBe(0)
    const there = await channel.post(aNewMessage(), { account: stranger })
    expect(await read(there)).toMatchObject({ status: 404, json: { error_type: 'ORIGIN_NOT_REGISTERED' } })
  })

  test('a public channel: any account there is', async () => {
    const channel = await world.aChannel({ isPublic: true })
    const account = await world.anAccount()
    expect((await channel.connect({ account })).status).toBe(200)
    const nobody = { ...account, amojoId: randomUUID() as TestAccount['amojoId'] }
    expect(await read(await channel.connect({ account: nobody }))).toMatchObject({
      status: 400,
      json: {
        error_type: 'ORIGIN_INVALID_PAYLOAD',
        error_description: expect.stringMatching(/^account_id: there is no account/),
      },
    })
  })

  test.each([
    [{}, /^account_id: is missing$/],
    [{ account_id: 31100422 }, /^account_id: must be the account's chat id \(amojo_id, a UUID\), not its number$/],
    [{ hook_api_version: 'v3' }, /^hook_api_version: unknown value; use v1 or v2$/],
    [{ hook_api_version: 2 }, /^hook_api_version: /],
    [{ title: 5 }, /^title: must be a string$/],
    [{ title: 't'.repeat(256) }, /^title: must not be longer than 255 characters$/],
    [{ is_time_window_disabled: 'no' }, /^is_time_window_disabled: must be true or false$/],
  ])('%j: 400', async (fields, description) => {
    const channel = await world.aChannel({ connected: false })
    const body = Object.keys(fields).length === 0 ? {} : { account_id: channel.account.amojoId, ...fields }
    expect(await read(await channel.post(body, { path: connectPath(channel) }))).toMatchObject({
      status: 400,
      json: { error_type: 'ORIGIN_INVALID_PAYLOAD', error_description: expect.stringMatching(description) },
    })
  })

  test('v2 hooks need a URL to go to; without one, v1 is what there is', async () => {
    const channel = await world.aChannel({ connected: false })
    const withoutUrls = { webhook_url_v1: null, webhook_url_v2: null }
    await world.deps.db.updateTable('channel').set(withoutUrls).where('code', '=', channel.code).execute()
    const answer = await read(await channel.connect({ hookVersion: 'v2' }))
    expect(answer).toMatchObject({
      status: 400,
      json: { error_description: expect.stringMatching(/^hook_api_version: /) },
    })
    expect((await channel.connect({ hookVersion: 'v1' })).status).toBe(200)
  })

  test('an address for version 1 is none for version 2', async () => {
    const channel = await world.aChannel({ connected: false, webhookUrl: null })
    expect((await read(await channel.connect({ hookVersion: 'v2' }))).json).toMatchObject({
      error_type: 'ORIGIN_INVALID_PAYLOAD',
      error_description: 'hook_api_version: the channel has no URL for v2 hooks; register one first',
    })
    expect((await channel.connect({ hookVersion: 'v1' })).status).toBe(200)
  })

  test('in strict mode what older clients write is refused', async () => {
    const channel = await world.aChannel({ connected: false, settings: { is_strict: true } })
    for (const [fields, description] of [
      [{ title: '' }, 'title: is empty; leave it out instead'],
      [{ hook_api_version: null }, 'hook_api_version: is null; leave it out instead'],
      [{ scope: 'x' }, 'scope: is not a field of this method'],
    ] as const)
      expect((await read(await channel.connect({ fields }))).json).toMatchObject({ error_description: description })
    expect((await channel.connect()).status).toBe(200)
  })

  test('a wrong signature connects nothing', async () => {
    const channel = await world.aChannel({ connected: false })
    const answer = await channel.post(
      { account_id: channel.account.amojoId },
      { path: connectPath(channel), alter: wrongSecret },
    )
    expect(answer.status).toBe(403)
    expect((await channel.post(aNewMessage())).status).toBe(404)
  })
})

describe('disconnecting', () => {
  test('the scope is unknown at once; connecting again brings it back with its chats', async () => {
    const channel = await world.aChannel()
    const event = aNewMessage()
    const first = await channel.send(event)
    expect(await read(await channel.disconnect())).toEqual({ status: 200, text: '', json: undefined })
    expect(await read(await channel.post(event))).toMatchObject({
      status: 404,
      json: { error_type: 'ORIGIN_NOT_REGISTERED' },
    })
    expect((await channel.connect()).status).toBe(200)
    expect(await channel.send(event)).toEqual(first)
    expect(await connectionEvents(channel.account)).toBe(3)
  })

  test.each([
    ['POST, signed as POST', { method: 'POST' }],
    ['signed over the body, as in 2017', { method: 'DELETE', scheme: 'body' as const }],
  ])('%s', async (_, options) => {
    const channel = await world.aChannel()
    const answer = await channel.post(
      { account_id: channel.account.amojoId },
      { path: disconnectPath(channel), ...options },
    )
    expect(answer.status).toBe(200)
    expect((await channel.post(aNewMessage())).status).toBe(404)
  })

  test('one account leaves the others connected', async () => {
    const [left, stays] = [await world.anAccount(), await world.anAccount()]
    const channel = await world.aChannel({ accounts: [left, stays] })
    await channel.disconnect({ account: left })
    expect((await channel.post(aNewMessage(), { account: left })).status).toBe(404)
    expect((await channel.post(aNewMessage(), { account: stays })).status).toBe(200)
  })

  test('what is not connected can be disconnected', async () => {
    const channel = await world.aChannel({ connected: false })
    expect((await channel.disconnect()).status).toBe(200)
    expect((await channel.disconnect({ account: await world.anAccount() })).status).toBe(200)
    const path = disconnectPath(channel)
    expect((await channel.post({ account_id: randomUUID() }, { path, method: 'DELETE' })).status).toBe(200)
    expect(await connectionEvents(channel.account)).toBe(0)
  })

  test('without a body: 400', async () => {
    const channel = await world.aChannel()
    const answer = await channel.post('', { path: disconnectPath(channel), method: 'DELETE' })
    expect(await read(answer)).toMatchObject({ status: 400, json: { error_description: 'body: is missing' } })
  })

  test('what another node did is seen within a second', async () => {
    const channel = await world.aChannel()
    await channel.send(aNewMessage())
    // As another node would: behind the back of this one.
    await world.deps.db
      .updateTable('connection')
      .set({ disconnected_at: world.now() })
      .where('account_id', '=', channel.account.id)
      .execute()
    await world.clock.advance(1000)
    expect((await channel.post(aNewMessage())).status).toBe(404)
    await world.deps.db
      .updateTable('connection')
      .set({ disconnected_at: null })
      .where('account_id', '=', channel.account.id)
      .execute()
    expect((await channel.post(aNewMessage())).status).toBe(200)
  })
})
