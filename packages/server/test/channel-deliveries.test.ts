import type {
  AuditPage,
  ChannelDelivery,
  ChannelDeliveryPage,
  ChannelFlow,
  ChatId,
  DeliveryFigures,
} from '@parley/protocol/model'
import {
  type AppClient,
  aNewMessage,
  startTestWorld,
  type TestChannel,
  type TestWorld,
  waitUntil,
} from '@parley/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world?.stop())

/** A channel of one account's own that also serves another one, where a chat goes on. */
async function aServedChat() {
  const [owner, guest, hook] = await Promise.all([world.anAccount(), world.anAccount(), world.aHookReceiver()])
  const channel = await world.aChannel({ accounts: [owner, guest], isOwned: true, hook })
  const { conversation_id } = await channel.send(aNewMessage(), { account: guest })
  const chatId = conversation_id as ChatId
  const [developer, manager] = [await owner.asAdmin(), await guest.asManager()]
  return { channel, hook, chatId, developer, manager, guest, owner }
}

const list = (client: AppClient, { id }: TestChannel, query = '') =>
  client.get<ChannelDeliveryPage>(`/channels/${id}/deliveries${query}`)

test('who registered a channel sees its hooks of all accounts, with every try, and sends one again', async () => {
  const { channel, hook, chatId, developer, manager } = await aServedChat()
  const stream = await developer.openStream()
  hook.answerAlways(400)
  await manager.sendText(chatId, 'Ahoy')
  await hook.next()
  const [line] = await waitUntil('it was tried', async () => {
    const { items } = await list(developer, channel)
    return items[0]?.attempts === 1 && items
  })
  expect(line).toMatchObject({ chatId, kind: 'message', attempts: 1, state: 'given_up' })
  await stream.waitForTraffic(({ what }) => what === 'deliveries')
  stream.close()
  const path = `/channels/${channel.id}/deliveries/${line!.id}`
  const shown = await developer.get<ChannelDelivery>(path)
  expect(shown.tries).toMatchObject([{ attempt: 1, status: 400, url: expect.stringContaining(hook.url) }])
  expect(JSON.parse(shown.body)).toMatchObject({ message: { message: { text: 'Ahoy' } } })
  hook.answerAlways(200)
  await developer.post(`${path}/replay`)
  expect((await hook.next()).json()).toMatchObject({ message: { message: { text: 'Ahoy' } } })
  const done = await waitUntil('it arrived', async () => {
    const now = await developer.get<ChannelDelivery>(path)
    return now.state === 'delivered' && now
  })
  expect(done.tries.map(({ status }) => status)).toEqual([400, 200])
  const figures = await developer.get<DeliveryFigures>(`/channels/${channel.id}/delivery-figures?period=hour`)
  expect(figures.buckets).toMatchObject([{ tries: 2, failures: 1 }])
})

test('paused, hooks wait; resumed, they arrive in order; both are written down', async () => {
  const { channel, hook, chatId, developer, manager, owner } = await aServedChat()
  const flow = (verb: string) => developer.post<ChannelFlow>(`/channels/${channel.id}/${verb}`)
  expect(await flow('pause')).toMatchObject({ state: 'paused', waiting: 0 })
  for (const text of ['one', 'two', 'three']) await manager.sendText(chatId, text)
  expect(await developer.get(`/channels/${channel.id}/flow`)).toMatchObject({ state: 'paused', waiting: 3 })
  expect((await list(developer, channel, '?state=waiting')).items).toHaveLength(3)
  expect(hook.requests).toHaveLength(0)
  expect(await flow('resume')).toMatchObject({ state: 'on' })
  const texts = []
  for (let n = 0; n < 3; n += 1) texts.push((await hook.next()).json().message.message.text)
  expect(texts).toEqual(['one', 'two', 'three'])
  const admin = await owner.asAdmin()
  const { items } = await admin.get<AuditPage>('/audit?actions=channel.paused,channel.resumed')
  expect(items.map(({ action, target }) => [action, target?.id])).toEqual([
    ['channel.resumed', channel.id],
    ['channel.paused', channel.id],
  ])
})

test('all since a time go out once more', async () => {
  const { channel, hook, chatId, developer, manager } = await aServedChat()
  await manager.sendText(chatId, 'before')
  await hook.next()
  await world.clock.advance(60_000)
  const since = world.now().getTime()
  for (const text of ['one', 'two']) {
    await manager.sendText(chatId, text)
    await hook.next()
  }
  await waitUntil(
    'they are settled',
    async () => (await list(developer, channel, '?state=delivered')).items.length === 3,
  )
  expect((await list(developer, channel, `?from=${since}`)).items).toHaveLength(2)
  expect((await list(developer, channel, `?until=${since}`)).items).toHaveLength(1)
  expect(await developer.post(`/channels/${channel.id}/deliveries/replay`, { since })).toEqual({ replayed: 2 })
  const toCome = world.clock.now().getTime() + 3_600_000
  const tooEarly = developer.post(`/channels/${channel.id}/deliveries/replay`, { since: toCome })
  await expect(tooEarly).rejects.toMatchObject({ status: 400, details: { field: 'since' } })
  expect((await hook.next()).json().message.message.text).toBe('one')
  expect((await hook.next()).json().message.message.text).toBe('two')
})

test('nobody else does any of it, also not where the channel is connected', async () => {
  const { channel, hook, chatId, developer, manager, guest } = await aServedChat()
  await manager.sendText(chatId, 'Ahoy')
  await hook.next()
  const [line] = (await list(developer, channel)).items
  const stranger = await guest.asAdmin()
  for (const path of ['', `/${line!.id}`])
    expect((await stranger.request('GET', `/channels/${channel.id}/deliveries${path}`)).status).toBe(404)
  for (const path of ['pause', 'resume', `deliveries/${line!.id}/replay`])
    expect((await stranger.request('POST', `/channels/${channel.id}/${path}`)).status).toBe(404)
  // Nor by way of another channel of one's own.
  const other = await world.aChannel({ account: guest, isOwned: true })
  expect((await stranger.request('GET', `/channels/${other.id}/deliveries/${line!.id}`)).status).toBe(404)
})
