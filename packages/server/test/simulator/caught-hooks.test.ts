import type {
  AuditPage,
  CaughtHook,
  ChatId,
  HookAnswer,
  Message,
  Simulator,
  SimulatorEntry,
  ThreadPage,
} from '@parley/protocol/model'
import { type HookReceiver, openStream, startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idsIn, type OwnChannelGround, ownChannel, writes } from './own-channel.ts'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

interface Ground extends OwnChannelGround {
  hook: HookReceiver
  chatId: ChatId
  set(isOn: boolean, answer?: HookAnswer): Promise<Simulator>
  hooks(): Promise<CaughtHook[]>
  statusOf(text: string): Promise<Message['status'] | null>
  /** Waits for so many hooks, while time passes. */
  caught(count: number): Promise<CaughtHook[]>
}

/** With an endpoint of its own, and a client who has written. */
async function aSimulatedChannel(): Promise<Ground> {
  const hook = await world.aHookReceiver()
  const ground = await ownChannel(world, `${hook.url}/:scope_id`)
  const { admin, channelId, sign } = ground
  const [written] = await sign({ body: writes({ text: 'Hello' }) })
  const chatId = idsIn(written!).conversation_id as ChatId
  const hooks = async () => {
    const { items } = await admin.get<{ items: SimulatorEntry[] }>(`/channels/${channelId}/simulator/entries`)
    return items.flatMap((entry) => (entry.kind === 'hook' ? [entry.hook] : []))
  }
  return {
    ...ground,
    hook,
    chatId,
    set: (isOn, answer) => admin.put<Simulator>(`/channels/${channelId}/simulator`, { isOn, answer }),
    hooks,
    async statusOf(text) {
      const { items } = await admin.get<ThreadPage>(`/chats/${chatId}/messages`)
      return items.find((message) => message.text === text)?.status ?? null
    },
    async caught(count) {
      await world.clock.advanceUntil(expect.poll(async () => (await hooks()).length).toBeGreaterThanOrEqual(count))
      return hooks()
    },
  }
}

describe('a simulator that is on', () => {
  test('takes the hooks in the place of the address, signed and whole, and the message is sent', async () => {
    const { admin, chatId, channelId, hook, set, hooks, statusOf } = await aSimulatedChannel()
    const stream = await openStream(admin)
    const simulator = await set(true)
    expect(simulator).toMatchObject({ isConnected: true, answer: { kind: 'ok' }, areSamplesReachable: true })
    expect(simulator.onUntil).toBe(world.clock.now().getTime() + 2 * 3_600_000)
    await admin.sendText(chatId, 'Hello yourself')
    await expect.poll(() => statusOf('Hello yourself')).toBe('sent')
    const [taken] = await hooks()
    expect(taken).toMatchObject({ attempt: 1, signature: { isRight: true, fault: null }, answer: { kind: 'ok' } })
    expect(JSON.parse(taken!.body)).toMatchObject({ message: { message: { text: 'Hello yourself' } } })
    expect(hook.requests).toEqual([])
    await expect.poll(() => stream.traffic).toContainEqual({ type: 'channel_traffic', channelId, what: 'simulator' })
    stream.close()
    const audit = await admin.get<AuditPage>('/audit?actions=channel.simulated')
    expect(audit.items).toMatchObject([{ target: { kind: 'channel', id: channelId } }])
  })

  test('ends when told to, and by itself after two hours', async () => {
    const { admin, chatId, hook, set, hooks } = await aSimulatedChannel()
    await set(true)
    await set(false)
    await admin.sendText(chatId, 'First')
    await hook.next()
    await set(true)
    await world.clock.jump(2 * 3_600_000 + 1000)
    await admin.sendText(chatId, 'Second')
    await hook.next()
    expect(await hooks()).toEqual([])
    expect((await admin.get<AuditPage>('/audit?actions=channel.unsimulated')).items).toHaveLength(1)
  })

  test.each<[HookAnswer, RegExp]>([
    [{ kind: 'status', status: 500 }, /answered 500/],
    [{ kind: 'reset' }, /could not be reached/],
    [{ kind: 'hang' }, /did not answer within 10 s/],
    [{ kind: 'slow', seconds: 20 }, /did not answer within 10 s/],
  ])('that answers %j: tries go on, and arrive in order once it answers', async (answer, reason) => {
    const { admin, chatId, set, hooks, caught, statusOf } = await aSimulatedChannel()
    await set(true, answer)
    await admin.sendText(chatId, 'First')
    await admin.sendText(chatId, 'Second')
    await caught(2)
    const failing = await admin.get<ThreadPage>(`/chats/${chatId}/messages`)
    expect(failing.items.find(({ text }) => text === 'First')).toMatchObject({ status: 'queued' })
    expect(JSON.stringify(failing.items)).toMatch(reason)
    await set(true, { kind: 'ok' })
    await world.clock.advanceUntil(expect.poll(() => statusOf('Second')).toBe('sent'))
    expect(await statusOf('First')).toBe('sent')
    const taken = (await hooks()).filter((one) => one.answer.kind === 'ok')
    const texts = taken.map(({ body }) => (JSON.parse(body) as { message: { message: { text: string } } }).message)
    expect(texts.map(({ message }) => message.text)).toEqual(['First', 'Second'])
  })

  test('that refuses for good: the message has failed at once', async () => {
    const { admin, chatId, set, statusOf } = await aSimulatedChannel()
    await set(true, { kind: 'status', status: 404 })
    await admin.sendText(chatId, 'First')
    await expect.poll(() => statusOf('First')).toBe('failed')
  })

  test.each<HookAnswer>([{ kind: 'garbage' }, { kind: 'slow', seconds: 3 }])(
    'that answers %j has taken the hook',
    async (answer) => {
      const { admin, chatId, set, statusOf } = await aSimulatedChannel()
      await set(true, answer)
      await admin.sendText(chatId, 'First')
      await world.clock.advanceUntil(expect.poll(() => statusOf('First')).toBe('sent'))
    },
  )

  test('remembers the last two hundred, and forgets when told to', async () => {
    const { admin, channelId, sign } = await aSimulatedChannel()
    for (let round = 0; round < 11; round++) {
      await Promise.all(Array.from({ length: 10 }, () => sign({ body: '{}', fault: 'duplicate' })))
      await world.clock.advance(10_000)
    }
    const path = `/channels/${channelId}/simulator/entries`
    expect((await admin.get<{ items: SimulatorEntry[] }>(path)).items).toHaveLength(200)
    await admin.delete(path)
    expect((await admin.get<{ items: SimulatorEntry[] }>(path)).items).toEqual([])
  })
})

describe('others', () => {
  test('who use the channel get their hooks by the address, and its health is not touched', async () => {
    const { admin, channelId, chatId, secret, hook, set, caught } = await aSimulatedChannel()
    const other = await world.anAccount()
    await admin.patch(`/channels/${channelId}`, { accountIds: [other.id] })
    const guest = await other.asAdmin()
    await guest.post(`/channels/${channelId}/connect`, {})
    await set(true, { kind: 'status', status: 500 })
    const chat = await guestChat(channelId, other.amojoId, secret)
    await admin.sendText(chatId, 'Of the owner')
    await caught(3)
    await guest.sendText(chat, 'Of the guest')
    const passed = await hook.next()
    expect(JSON.stringify(passed.json())).toContain('Of the guest')
    const { items } = await guest.get<{ items: { channelId: string; health: { state: string } }[] }>('/connections')
    expect(items.find((one) => one.channelId === channelId)?.health.state).toBe('ok')
    const known = await world.deps.db
      .selectFrom('channel_health')
      .selectAll()
      .where('channel_id', '=', channelId)
      .execute()
    expect(known).toEqual([])
  })

  test('have no way to it', async () => {
    const { account, channelId } = await aSimulatedChannel()
    const stranger = await (await world.anAccount()).asAdmin()
    const manager = await account.asManager()
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PUT', '', { isOn: true }],
      ['GET', '/entries', undefined],
      ['DELETE', '/entries', undefined],
      ['POST', '/clients', { name: 'Nora' }],
      ['DELETE', `/clients/${channelId}`, undefined],
    ] as const) {
      const url = `/channels/${channelId}/simulator${path}`
      expect((await stranger.request(method, url, body)).status, url).toBe(404)
      expect((await manager.request(method, url, body)).status, url).toBe(403)
    }
  })
})

/** A chat of another account's connection, as the channel itself makes it. */
async function guestChat(channelId: string, amojoId: string, secret: string): Promise<ChatId> {
  const { signHeaders } = await import('@parley/testkit')
  const path = `/v2/origin/custom/${channelId}_${amojoId}`
  const body = Buffer.from(writes({ text: 'Guest' }))
  const { headers } = signHeaders({ method: 'POST', path, body }, secret, world.clock.now())
  const answer = await fetch(world.url + path, { method: 'POST', headers: headers as Record<string, string>, body })
  return ((await answer.json()) as { new_message: { conversation_id: ChatId } }).new_message.conversation_id
}

test('simulated clients are kept, up to twenty, with a picture of this server', async () => {
  const { admin, channelId } = await ownChannel(world)
  const path = `/channels/${channelId}/simulator`
  const wish = { name: 'Nora Lind', phone: '+46 70 000 00 55', avatar: 'nora', source: 'line-1' }
  const client = await admin.post<{ id: string }>(`${path}/clients`, wish)
  expect(client).toMatchObject({ name: 'Nora Lind', avatarUrl: `${world.url}/samples/nora.png`, source: 'line-1' })
  expect((await admin.get<Simulator>(path)).clients).toEqual([client])
  for (const [field, value] of [
    ['name', ''],
    ['phone', 'call me'],
    ['avatar', '../../etc'],
  ])
    await expect(admin.post(`${path}/clients`, { ...wish, [field!]: value })).rejects.toMatchObject({
      details: { field },
    })
  for (let n = 1; n < 20; n++) await admin.post(`${path}/clients`, { name: `Client ${n}` })
  expect((await admin.request('POST', `${path}/clients`, { name: 'One more' })).status).toBe(409)
  await admin.delete(`${path}/clients/${client.id}`)
  expect((await admin.get<Simulator>(path)).clients).toHaveLength(19)
})
