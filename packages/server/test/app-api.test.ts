import { randomUUID } from 'node:crypto'
import type { ChatId, LeadId, MessageId } from '@parley/protocol/model'
import { aNewMessage, aSender, startTestWorld, type TestChannel, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

async function aChat(channel: TestChannel, overrides: Parameters<typeof aNewMessage>[0] = {}): Promise<ChatId> {
  return (await channel.send(aNewMessage(overrides))).conversation_id as ChatId
}

describe('logging in', () => {
  test('sets a cookie no script can read and no other site sends', async () => {
    const account = await world.anAccount()
    const answer = await fetch(`${world.url}/api/app/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: account.manager.email, password: account.manager.password }),
    })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      user: { role: 'manager', name: 'Max Berg' },
      account: { id: account.id },
    })
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^parley_session=\S+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/)
  })

  test('is https only where people come by https', async () => {
    const secure = await startTestWorld({ env: { PARLEY_PUBLIC_URL: 'https://chat.example.net' } })
    const account = await secure.anAccount()
    const answer = await fetch(`${secure.url}/api/app/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: account.manager.email, password: account.manager.password }),
    })
    expect(answer.headers.get('set-cookie')).toContain('; Secure')
    await secure.stop()
  })

  test('with a wrong password is refused, and after ten times for a while', async () => {
    const account = await world.anAccount()
    const logIn = (password: string) =>
      fetch(`${world.url}/api/app/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: account.manager.email, password }),
      })
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await logIn('wrong')).status).toBe(401)
    const answer = await logIn(account.manager.password)
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answer.json()).toMatchObject({ error: { code: 'too_many_attempts' } })
  })

  test('out: the session is over, here and in the stream', async () => {
    const account = await world.anAccount()
    const client = await account.manager.logIn()
    const stream = await client.openStream()
    expect((await client.request('DELETE', '/session')).status).toBe(204)
    expect((await client.request('GET', '/me')).status).toBe(401)
    await expect(stream.waitForEvent('message.received', 2000)).rejects.toThrow('closed')
  })

  test('from another site is refused; a token needs no origin', async () => {
    const account = await world.anAccount()
    const client = await account.asManager()
    const { conversation_id } = await (await world.aChannel({ account })).send(aNewMessage())
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const answer = await client.request('POST', `/chats/${conversation_id}/read`, undefined, headers)
      expect(answer.status).toBe(403)
    }
  })
})

test('everything but the log-in needs one', async () => {
  const id = randomUUID()
  const routes: [string, string][] = [
    ['GET', '/api/app/v1/me'],
    ['GET', '/api/app/v1/chats'],
    ['GET', `/api/app/v1/chats/${id}`],
    ['GET', `/api/app/v1/chats/${id}/messages`],
    ['POST', `/api/app/v1/chats/${id}/messages`],
    ['POST', `/api/app/v1/chats/${id}/read`],
    ['POST', `/api/app/v1/chats/${id}/messages/${id}/retry`],
    ['GET', '/api/app/v1/pipelines'],
    ['GET', '/api/app/v1/leads/1'],
    ['POST', '/api/app/v1/leads/1/accept'],
    ['POST', '/api/app/v1/leads/1/decline'],
    ['GET', '/api/app/v1/notifications'],
    ['POST', '/api/app/v1/notifications/read'],
    ['GET', '/realtime'],
  ]
  for (const [method, path] of routes) {
    const answer = await fetch(world.url + path, { method, headers: { cookie: 'parley_session=31000001.guess' } })
    expect([method, path, answer.status]).toEqual([method, path, 401])
    expect(await answer.json()).toMatchObject({ error: { code: 'not_logged_in' } })
  }
})

describe('the inbox', () => {
  test('is paged by key, newest first, nothing twice and nothing missing', async () => {
    const channel = await world.aChannel()
    for (let index = 0; index < 25; index += 1) {
      await aChat(channel, { conversation_id: `c-${index}`, text: `${index}` })
      // Some share a minute, some do not.
      await world.clock.advance(index % 3 === 0 ? 61_000 : 10)
    }
    const manager = await channel.account.asManager()
    const texts: string[] = []
    for (let query = '?limit=10'; ; ) {
      const page = await manager.listChats(query)
      texts.push(...page.items.map((chat) => chat.lastMessage?.text ?? ''))
      if (page.next === null) break
      query = `?limit=10&after=${page.next}`
    }
    expect(texts).toEqual(Array.from({ length: 25 }, (_, index) => String(24 - index)))
  })

  test.each(['nonsense', '', 'MTIz', '%00'])('a made-up page key (%s) is refused or harmless', async (key) => {
    const manager = await (await world.anAccount()).asManager()
    expect([200, 400]).toContain((await manager.request('GET', `/chats?after=${key}`)).status)
    expect((await manager.request('GET', '/chats?limit=0')).status).toBe(400)
    expect((await manager.request('GET', '/chats?limit=9999')).status).toBe(400)
  })

  test('ids that are none are nobody’s', async () => {
    const manager = await (await world.anAccount()).asManager()
    expect((await manager.request('GET', `/chats/${encodeURIComponent("'; drop table chat; --")}`)).status).toBe(404)
    expect((await manager.request('GET', '/leads/NaN')).status).toBe(404)
    expect((await manager.request('GET', `/chats/${randomUUID()}`)).status).toBe(404)
  })
})

describe('incoming leads', () => {
  test('accepted: it moves to the first open stage and is the manager’s', async () => {
    const channel = await world.aChannel()
    const manager = await channel.account.asManager()
    const chatId = await aChat(channel)
    const { lead } = await manager.getChat(chatId)
    const accepted = await manager.acceptLead(lead!.id)
    expect(accepted).toMatchObject({
      isIncoming: false,
      stage: { kind: 'open', name: 'First contact' },
      responsible: { name: 'Max Berg' },
    })
    expect((await manager.listChats()).items).toMatchObject([
      { lead: { isIncoming: false }, responsible: { name: 'Max Berg' } },
    ])
    await expect(manager.acceptLead(lead!.id)).rejects.toMatchObject({ status: 409 })
    await expect(manager.declineLead(lead!.id)).rejects.toMatchObject({ status: 409 })
  })

  test('accepted into a chosen stage; one that is not there is refused', async () => {
    const channel = await world.aChannel()
    const manager = await channel.account.asManager()
    const { lead } = await manager.getChat(await aChat(channel))
    const [pipeline] = (await manager.listPipelines()).items
    const [incoming, , second] = pipeline!.stages
    await expect(manager.acceptLead(lead!.id, { stageId: 1 })).rejects.toMatchObject({ status: 400 })
    await expect(manager.acceptLead(lead!.id, { stageId: incoming!.id })).rejects.toMatchObject({ status: 400 })
    await expect(manager.acceptLead(lead!.id, { pipelineId: 1 })).rejects.toMatchObject({ status: 400 })
    expect(await manager.acceptLead(lead!.id, { stageId: second!.id })).toMatchObject({ stage: { id: second!.id } })
  })

  test('declined: no lead and no contact are left over, and the next message makes new ones', async () => {
    const channel = await world.aChannel()
    const manager = await channel.account.asManager()
    const ofClient = { conversation_id: 'c-1', sender: aSender({ id: 'u-1' }) }
    const chatId = await aChat(channel, ofClient)
    const { lead } = await manager.getChat(chatId)
    await manager.declineLead(lead!.id)
    expect((await manager.getChat(chatId)).chat.lead).toBeNull()
    expect((await manager.request('GET', `/leads/${lead!.id}`)).status).toBe(404)
    await aChat(channel, ofClient)
    const again = await manager.getChat(chatId)
    expect(again.lead).toMatchObject({ isIncoming: true })
    expect(again.lead!.id).not.toBe(lead!.id)
    expect(again.lead!.contact!.id).not.toBe(lead!.contact!.id)
  })

  test('two managers at once: one wins, the other is told', async () => {
    const channel = await world.aChannel()
    const { lead } = await (await channel.account.asManager()).getChat(await aChat(channel))
    const clients = [await channel.account.asManager(), await channel.account.asAdmin()]
    const results = await Promise.allSettled(clients.map((client) => client.acceptLead(lead!.id)))
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('of another account are nobody’s business', async () => {
    const channel = await world.aChannel()
    const { lead } = await (await channel.account.asManager()).getChat(await aChat(channel))
    const intruder = await (await world.anAccount()).asAdmin()
    await expect(intruder.acceptLead(lead!.id as LeadId)).rejects.toMatchObject({ status: 404 })
    await expect(intruder.declineLead(lead!.id as LeadId)).rejects.toMatchObject({ status: 404 })
  })
})

describe('an answer', () => {
  test('is stored once however often it is sent, and reaches the channel signed', async () => {
    const hook = await world.aHookReceiver()
    const channel = await world.aChannel({ hook })
    const manager = await channel.account.asManager()
    const chatId = await aChat(channel)
    const id = randomUUID()
    const [first, second] = await Promise.all([
      manager.sendText(chatId, 'Yes, it is', id),
      manager.sendText(chatId, 'Yes, it is', id),
    ])
    expect(first.id).toBe(second.id)
    const received = await hook.next()
    expect(received.isSignedBy(channel.secret)).toBe(true)
    expect((await manager.listMessages(chatId)).items).toHaveLength(2)
    expect((await manager.listChats()).items).toMatchObject([
      { waitingSince: null, lastMessage: { text: 'Yes, it is', direction: 'out' } },
    ])
  })

  test.each([
    ['empty', { id: randomUUID(), text: '  ' }],
    ['too long', { id: randomUUID(), text: 'x'.repeat(20_001) }],
    ['with U+0000', { id: randomUUID(), text: 'a\0b' }],
    ['without id', { text: 'hello' }],
    ['with an id that is none', { id: 'x', text: 'hello' }],
    ['no object', 'text'],
  ])('%s is refused with the field named', async (_, body) => {
    const channel = await world.aChannel()
    const chatId = await aChat(channel)
    const answer = await (await channel.account.asManager()).request('POST', `/chats/${chatId}/messages`, body)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { code: 'invalid_request' } })
    expect(await world.messagesOf(channel)).toHaveLength(1)
  })

  test('20 000 characters with emoji and right-to-left marks arrive as they were typed', async () => {
    const hook = await world.aHookReceiver()
    const channel = await world.aChannel({ hook })
    const text = '\u200fשלום \u202e🚚👩‍👩‍👧 <b>&amp;</b>\n'.repeat(600)
    await (await channel.account.asManager()).sendText(await aChat(channel), text)
    const { message } = (await hook.next()).json() as { message: { message: { text: string } } }
    expect(message.message.text).toBe(text)
  })

  test('with an id that another message has is a conflict', async () => {
    const channel = await world.aChannel()
    const manager = await channel.account.asManager()
    const chatId = await aChat(channel)
    const [theirs] = (await manager.listMessages(chatId)).items
    await expect(manager.sendText(chatId, 'mine', theirs!.id)).rejects.toMatchObject({ status: 409 })
    const elsewhere = await aChat(channel)
    const sent = await manager.sendText(chatId, 'mine')
    await expect(manager.sendText(elsewhere, 'mine', sent.id)).rejects.toMatchObject({ status: 409 })
  })

  test('into a disconnected channel is refused, and the message is not kept', async () => {
    const channel = await world.aChannel()
    const manager = await channel.account.asManager()
    const chatId = await aChat(channel)
    await channel.disconnect()
    await expect(manager.sendText(chatId, 'hello?')).rejects.toMatchObject({ status: 409 })
    expect((await manager.getChat(chatId)).chat.channel.isConnected).toBe(false)
    expect(await world.messagesOf(channel)).toHaveLength(1)
  })

  test('that the channel could not deliver is told, and goes again when somebody asks', async () => {
    const hook = await world.aHookReceiver()
    const channel = await world.aChannel({ hook })
    const manager = await channel.account.asManager()
    const chatId = await aChat(channel)
    const { id } = await manager.sendText(chatId, 'Hello?')
    await hook.next()
    const report = { msgid: id, delivery_status: -1, error_code: 904, error: null }
    expect((await channel.post(report, { path: `/${id}/delivery_status` })).status).toBe(200)
    const [failed] = (await manager.listMessages(chatId)).items
    expect(failed).toMatchObject({ status: 'failed', failure: { nextTryAt: null } })
    expect((await manager.listNotifications()).items[0]).toMatchObject({ kind: 'delivery_failed', chatId })
    expect(await manager.retryMessage(chatId, id)).toMatchObject({ id, status: 'queued', failure: null })
    const again = (await hook.next()).json() as { message: { message: { id: string } } }
    expect(again.message.message.id).toBe(id)
    await expect(manager.retryMessage(chatId, id)).rejects.toMatchObject({ status: 409 })
  })

  test('of which nothing is there to be tried again is refused', async () => {
    const channel = await world.aChannel()
    const manager = await channel.account.asManager()
    const chatId = await aChat(channel)
    await expect(manager.retryMessage(chatId, randomUUID() as MessageId)).rejects.toMatchObject({ status: 404 })
  })
})

describe('notifications', () => {
  test('are each user’s own to read, one by one or all', async () => {
    const channel = await world.aChannel()
    for (let index = 0; index < 3; index += 1) await aChat(channel)
    const [manager, admin] = [await channel.account.asManager(), await channel.account.asAdmin()]
    const { items, unread } = await manager.listNotifications()
    expect(unread).toBe(3)
    expect(await manager.readNotifications({ ids: [items[0]!.id] })).toMatchObject({ unread: 2 })
    expect((await manager.listNotifications()).items.map(({ isRead }) => isRead)).toEqual([true, false, false])
    expect((await admin.listNotifications()).unread).toBe(3)
    expect(await manager.readNotifications({ all: true })).toMatchObject({ unread: 0 })
    await aChat(channel)
    expect((await manager.listNotifications()).unread).toBe(1)
    expect((await admin.listNotifications()).unread).toBe(4)
  })

  test('of another account cannot be read away', async () => {
    const channel = await world.aChannel()
    await aChat(channel)
    const [notice] = (await (await channel.account.asManager()).listNotifications()).items
    const intruder = await (await world.anAccount()).asManager()
    await intruder.readNotifications({ ids: [notice!.id] })
    expect((await (await channel.account.asManager()).listNotifications()).unread).toBe(1)
  })
})
