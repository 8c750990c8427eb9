import type { ChatId, RealtimePresence } from '@parley/protocol/model'
import {
  type AppClient,
  aNewMessage,
  giveRole,
  hasNats,
  OWN_ONLY,
  startTestWorld,
  type TestWorld,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

async function aChat() {
  const channel = await world.aChannel()
  const { conversation_id } = await channel.send(
    aNewMessage({ conversation_id: 'hc-1', sender: { id: 'n', name: 'Nora' } }),
  )
  const [manager, admin] = [await channel.account.asManager(), await channel.account.asAdmin()]
  return { channel, chatId: conversation_id as ChatId, manager, admin, him: channel.account.manager }
}

const say = async (client: AppClient, chatId: ChatId, tab: string, isHere = true) =>
  (await client.post<{ items: RealtimePresence[] }>(`/chats/${chatId}/presence`, { tab, isHere })).items
const type = (client: AppClient, chatId: ChatId, notice: object = {}) => client.post(`/chats/${chatId}/typing`, notice)

describe('who has a chat open', () => {
  test('is told to the others, and to who comes later', async () => {
    const { chatId, manager, admin, him } = await aChat()
    const stream = await admin.openStream()
    const until = world.now().getTime() + 50_000
    expect(await say(manager, chatId, 'a')).toEqual([])
    const frame = { type: 'presence', chatId, user: { id: him.id, name: 'Max Berg' }, tab: 'a', until }
    expect(await stream.waitForPresence()).toEqual(frame)
    expect(await say(admin, chatId, 'b')).toEqual([frame])
    await say(manager, chatId, 'a', false)
    expect(await stream.waitForPresence((one) => one.until === 0)).toEqual({ ...frame, until: 0 })
    expect(await say(admin, chatId, 'b')).toEqual([])
    stream.close()
  })

  test('twice goes when both are closed', async () => {
    const { chatId, manager, admin } = await aChat()
    await say(manager, chatId, 'a')
    await say(manager, chatId, 'b')
    await say(manager, chatId, 'a', false)
    expect((await say(admin, chatId, 'c')).map(({ tab }) => tab)).toEqual(['b'])
  })

  test('goes by time when nothing more is heard', async () => {
    const { chatId, manager, admin } = await aChat()
    await say(manager, chatId, 'a')
    await world.clock.advance(49_000)
    expect(await say(admin, chatId, 'b')).toHaveLength(1)
    await world.clock.advance(1001)
    expect(await say(admin, chatId, 'b')).toEqual([])
  })

  test('goes when his last stream ends, and stays while another tab takes it over', async () => {
    const { chatId, manager, admin } = await aChat()
    const [first, hers] = [await manager.openStream(), await admin.openStream()]
    await say(manager, chatId, 'a')
    await hers.waitForPresence()
    const second = await manager.openStream()
    first.close()
    await type(admin, chatId)
    await second.waitForTyping()
    await world.clock.advance(10_000)
    expect(await say(admin, chatId, 'b')).toHaveLength(1)
    second.close()
    await world.clock.advanceUntil(hers.waitForPresence((one) => one.until === 0))
    expect(await say(admin, chatId, 'b')).toEqual([])
    hers.close()
  })

  test('is no news to who may not see the chat; nor is who types in it', async () => {
    const { channel, chatId, manager, admin } = await aChat()
    await manager.acceptLead((await manager.getChat(chatId)).lead!.id)
    const shut = await channel.account.aUser()
    await giveRole(world, channel.account, shut, OWN_ONLY)
    const client = await shut.logIn()
    const [theirs, hers] = [await client.openStream(), await admin.openStream()]
    expect((await client.request('POST', `/chats/${chatId}/presence`, { tab: 'x', isHere: true })).status).toBe(404)
    await say(manager, chatId, 'a')
    await type(manager, chatId)
    await channel.post({ conversation_id: 'hc-1', sender: { id: 'n' } }, { path: '/typing' })
    await hers.waitForTyping(({ author }) => author.kind === 'client')
    // By now whatever was told has come.
    await channel.send(aNewMessage({ text: 'News' }))
    await theirs.waitForEvent('hidden')
    expect([theirs.typings, theirs.presences]).toEqual([[], []])
    expect(hers.presences).toHaveLength(1)
    for (const stream of [theirs, hers]) stream.close()
  })

  test.skipIf(!hasNats)('on another node is seen here, too', async () => {
    const env = { PARLEY_SECRET_KEY: 'ab'.repeat(32) }
    const here = await startTestWorld({ env, clock: 'system' })
    const there = await startTestWorld({ env: { ...env, PARLEY_DATABASE_URL: here.databaseUrl }, clock: 'system' })
    const channel = await here.aChannel()
    const { conversation_id } = await channel.send(aNewMessage())
    const stream = await (await channel.account.asAdmin()).openStream()
    const manager = await channel.account.asManager()
    const answer = await fetch(`${there.url}/api/app/v1/chats/${conversation_id}/presence`, {
      method: 'POST',
      headers: { cookie: manager.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ tab: 'a', isHere: true }),
    })
    expect(answer.status).toBe(200)
    expect((await stream.waitForPresence()).tab).toBe('a')
    stream.close()
    await there.stop()
    await here.stop()
  })
})

describe('a user is typing', () => {
  test('a note: the colleagues see what, and the channel hears nothing', async () => {
    const hook = await world.aHookReceiver()
    const channel = await world.aChannel({ hook, events: ['messages', 'typing'] })
    const { conversation_id } = await channel.send(aNewMessage())
    const chatId = conversation_id as ChatId
    const manager = await channel.account.asManager()
    const stream = await manager.openStream()
    await type(manager, chatId, { writing: 'note' })
    expect(await stream.waitForTyping()).toMatchObject({ writing: 'note', author: { name: 'Max Berg' } })
    await manager.sendText(chatId, 'Done')
    expect((await hook.next()).json().message.message.text).toBe('Done')
    expect(hook.requests).toHaveLength(1)
    stream.close()
  })

  test('no longer: the sign goes at once', async () => {
    const { chatId, manager } = await aChat()
    const stream = await manager.openStream()
    await type(manager, chatId)
    await type(manager, chatId, { isTyping: false })
    expect(await stream.waitForTyping(({ until }) => until === 0)).toMatchObject({ writing: 'reply', chatId })
    stream.close()
  })
})
