import { createHash, createHmac } from 'node:crypto'
import type { ChatPage, SignedExchange, SignedRequestInput, ThreadPage } from '@parley/protocol/model'
import { startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idsIn, ownChannel, writes } from './own-channel.ts'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

const anOwnChannel = () => ownChannel(world)

const statuses = (exchanges: SignedExchange[]) => exchanges.map(({ answer }) => answer.status)

describe('a request that the server signs', () => {
  test('goes through the chats API as the channel would have sent it', async () => {
    const { admin, secret, scopeId, sign } = await anOwnChannel()
    const body = writes({ text: 'Hello' })
    const [exchange] = await sign({ body, headers: { 'X-Test': 'yes' } })
    const { request, answer } = exchange!
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toContain('application/json')
    expect(request).toMatchObject({ method: 'POST', target: `/v2/origin/custom/${scopeId}`, body })
    expect(request.headers['X-Test']).toBe('yes')
    const digest = createHash('md5').update(body).digest('hex')
    expect(request.stringToSign).toBe(
      ['POST', digest, 'application/json', request.headers.Date, `/v2/origin/custom/${scopeId}`].join('\n'),
    )
    const mac = createHmac('sha1', secret).update(request.stringToSign).digest('hex')
    expect(request.headers['X-Signature']).toBe(mac)
    const { items } = await admin.get<ChatPage>('/chats')
    expect(items.map(({ id }) => id)).toEqual([idsIn(exchange!).conversation_id])
  })

  test('may ask with a query, which is no part of what is signed', async () => {
    const { sign } = await anOwnChannel()
    const [written] = await sign({ body: writes({ text: 'Hello' }) })
    const path = `/chats/${idsIn(written!).conversation_id}/history`
    const [exchange] = await sign({ method: 'GET', path, query: 'limit=1' })
    expect(exchange!.answer.status).toBe(200)
    expect(exchange!.request.target).toMatch(/history\?limit=1$/)
    expect(exchange!.request.stringToSign).not.toContain('limit')
  })

  test('sent twice is one message with the same ids', async () => {
    const { admin, sign } = await anOwnChannel()
    const exchanges = await sign({ body: writes({ text: 'Hello' }), fault: 'duplicate' })
    expect(statuses(exchanges)).toEqual([200, 200])
    expect(idsIn(exchanges[1]!)).toEqual(idsIn(exchanges[0]!))
    const chatId = idsIn(exchanges[0]!).conversation_id
    expect((await admin.get<ThreadPage>(`/chats/${chatId}/messages`)).items).toHaveLength(1)
  })

  test('is refused with a wrong signature, and with an old one', async () => {
    const { admin, sign } = await anOwnChannel()
    for (const fault of ['wrong-signature', 'stale-date'] as const) {
      const [exchange] = await sign({ body: writes({ text: 'Hello' }), fault })
      expect(exchange!.answer.status).toBe(403)
      expect(exchange!.answer.body).toContain('ORIGIN_INVALID_SIGNATURE')
    }
    expect((await admin.get<ChatPage>('/chats')).items).toEqual([])
  })

  test('is overtaken by the next one', async () => {
    const { scopeId, sign } = await anOwnChannel()
    const path = `/v2/origin/custom/${scopeId}`
    const overtakenBy = { method: 'POST' as const, path, body: writes({ text: 'Second' }) }
    const exchanges = await sign({ body: writes({ text: 'First' }), fault: 'reorder', overtakenBy })
    expect(statuses(exchanges)).toEqual([200, 200])
    expect(exchanges.map(({ request }) => request.body.match(/First|Second/)?.[0])).toEqual(['Second', 'First'])
    await expect(sign({ body: '{}', fault: 'reorder' })).rejects.toMatchObject({ details: { field: 'overtakenBy' } })
  })

  test('arrives late', async () => {
    const { admin, sign } = await anOwnChannel()
    const sending = sign({ body: writes({ text: 'Hello' }), fault: 'delay', delaySeconds: 20 })
    const dueAt = world.clock.now().getTime() + 20_000
    await expect.poll(() => world.clock.sleepers().map(Number)).toContain(dueAt)
    expect((await admin.get<ChatPage>('/chats')).items).toEqual([])
    await world.clock.advance(20_000)
    expect(statuses(await sending)).toEqual([200])
  })
})

describe('what it may not reach', () => {
  test.each([
    ['/api/app/v1/me'],
    ['/v2/origin/custom/other'],
    ['/v2/origin/custom/'],
    ['{scope}/../other'],
    ['{scope}/%2e%2e/other'],
    ['{scope}/.%2E/{foreign}'],
    ['{foreign}'],
    ['{scope}x'],
    ['{channel}'],
    ['{channel}/connect/more'],
  ])('%s', async (template) => {
    const { account, channelId, scopeId, admin } = await anOwnChannel()
    const other = await world.anAccount()
    const path = template
      .replace('{scope}', `/v2/origin/custom/${scopeId}`)
      .replace('{channel}', `/v2/origin/custom/${channelId}`)
      .replace('{foreign}', `/v2/origin/custom/${channelId}_${other.amojoId}`)
    expect(account.id).not.toBe(other.id)
    const asking = admin.post(`/channels/${channelId}/signed-requests`, { method: 'POST', path, body: '{}' })
    await expect(asking).rejects.toMatchObject({ status: 400, details: { field: 'path' } })
  })

  test('another account, which the channel may be connected to', async () => {
    const { channelId, sign } = await anOwnChannel()
    const other = await world.anAccount()
    const path = `/v2/origin/custom/${channelId}/connect`
    const body = JSON.stringify({ account_id: other.amojoId })
    await expect(sign({ path, body })).rejects.toMatchObject({ status: 400, details: { field: 'body' } })
    // What is no JSON names nobody; the chats API says what is wrong with it.
    expect(statuses(await sign({ path, body: '{' }))).toEqual([400])
  })

  test.each([
    [{ headers: { 'X-Test': 'a\r\nX-More: b' } }, 'headers.X-Test'],
    [{ headers: { 'X-Te\r\nst': 'a' } }, undefined],
    [{ headers: { 'X-Signature': 'mine' } }, undefined],
    [{ headers: { 'Content-Length': '1' } }, undefined],
    [{ path: '/a b' }, 'path'],
    [{ path: '/a?b=1' }, 'path'],
    [{ path: '/a\r\nHost: b' }, 'path'],
    [{ query: 'a=1#b' }, 'query'],
    [{ query: 'a\r\nb' }, 'query'],
    [{ method: 'PUT' as 'POST' }, 'method'],
    [{ body: 'x'.repeat(300_000) }, 'body'],
    [{ fault: 'fire' as 'delay' }, 'fault'],
    [{ delaySeconds: 600 }, 'delaySeconds'],
  ])('%j is refused', async (wish: Partial<SignedRequestInput>, field) => {
    const { sign } = await anOwnChannel()
    await expect(sign(wish)).rejects.toMatchObject({ status: 400, ...(field && { details: { field } }) })
  })

  test('a channel of somebody else, or of the operator; a manager reaches nothing', async () => {
    const { account, channelId, scopeId } = await anOwnChannel()
    const wish = { method: 'GET', path: `/v2/origin/custom/${scopeId}` }
    const stranger = await (await world.anAccount()).asAdmin()
    const strange = await stranger.request('POST', `/channels/${channelId}/signed-requests`, wish)
    expect(strange.status).toBe(404)
    const manager = await account.asManager()
    expect((await manager.request('POST', `/channels/${channelId}/signed-requests`, wish)).status).toBe(403)
    const operators = await world.aChannel()
    const admin = await operators.account.asAdmin()
    const path = `/v2/origin/custom/${operators.scopeId}`
    const asked = await admin.request('POST', `/channels/${operators.id}/signed-requests`, { method: 'GET', path })
    expect(asked.status).toBe(404)
  })

  test('more than so many at once', async () => {
    const { admin, channelId, scopeId, sign } = await anOwnChannel()
    const [written] = await sign({ body: writes({ text: 'Hello' }) })
    const chatId = idsIn(written!).conversation_id
    const wish = { method: 'GET', path: `/v2/origin/custom/${scopeId}/chats/${chatId}/history` }
    const ask = async () => (await admin.request('POST', `/channels/${channelId}/signed-requests`, wish)).status
    const answers = await Promise.all(Array.from({ length: 70 }, ask))
    expect(answers.filter((status) => status === 429).length).toBeGreaterThan(0)
    await world.clock.advance(60_000)
    expect(await ask()).toBe(200)
  })
})

test('while a rotation is under way it signs as the channel still does', async () => {
  const { admin, channelId, secret, sign } = await anOwnChannel()
  await admin.post(`/channels/${channelId}/secret`, {})
  const [exchange] = await sign({ body: writes({ text: 'Hello' }) })
  expect(exchange!.answer.status).toBe(200)
  const mac = createHmac('sha1', secret).update(exchange!.request.stringToSign).digest('hex')
  expect(exchange!.request.headers['X-Signature']).toBe(mac)
})
