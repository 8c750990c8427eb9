import type { ChannelId, ChatId, Connection } from '@parley/protocol/model'
import {
  aNewMessage,
  HookReceiver,
  MailServer,
  startTestWorld,
  type TestChannel,
  type TestWorld,
  waitUntil,
} from '@parley/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

let world: TestWorld
let post: MailServer
let hook: HookReceiver
beforeAll(async () => {
  post = await MailServer.start()
})
afterAll(() => post.stop())
beforeEach(async () => {
  const env = { PARLEY_SMTP_URL: post.url, PARLEY_MAIL_FROM: 'parley@harbor.test' }
  world = await startTestWorld({ env, overrides: { random: () => 0.5 } })
  hook = await HookReceiver.start()
})
afterEach(async () => {
  await hook.stop()
  await world.stop()
})

async function aChat(given: { isPublic?: boolean } = {}) {
  const channel = await world.aChannel({ hook, errorEmail: 'ops@harbor.test', ...given })
  const { conversation_id } = await channel.send(aNewMessage())
  const manager = await channel.account.asManager()
  const chatId = conversation_id as ChatId
  return { channel, chatId, say: (text: string) => manager.sendText(chatId, text) }
}

const healthOf = async (channel: TestChannel) =>
  world.deps.db
    .selectFrom('channel_health')
    .selectAll()
    .where('channel_id', '=', channel.id as ChannelId)
    .executeTakeFirst()

async function connectionOf(channel: TestChannel): Promise<Connection> {
  const { items } = await (await channel.account.asManager()).get<{ items: Connection[] }>('/connections')
  expect(items).toHaveLength(1)
  return items[0]!
}

/** Two tries fail, five seconds apart. */
async function beginFailing({ channel, say }: Awaited<ReturnType<typeof aChat>>): Promise<void> {
  hook.answerAlways(500)
  await say('stuck')
  await waitUntil('the first failure is written down', () => healthOf(channel))
  await waitUntil('it is parked', async () => (await world.attemptsOf(channel)).length === 1)
  const again = waitUntil('the second one, too', async () => {
    const health = await healthOf(channel)
    return health?.failing_since && health.last_failed_at! > health.failing_since
  })
  await world.clock.advanceUntil(again)
}

const adminCall = (path: string) =>
  fetch(`${world.url}/api/admin/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.adminToken}` },
  })

describe('an endpoint that fails', () => {
  test('for ten minutes: one mail, another after an hour, and one when it is back', async () => {
    const chat = await aChat()
    await beginFailing(chat)
    expect((await connectionOf(chat.channel)).health).toMatchObject({ state: 'ok', waiting: 1 })

    await world.clock.jump(10 * MINUTE_MS)
    const first = await world.clock.advanceUntil(post.next())
    const told = await healthOf(chat.channel)
    expect(told!.mailed_at!.getTime() - told!.failing_since!.getTime()).toBeGreaterThanOrEqual(10 * MINUTE_MS)
    expect(first).toMatchObject({ from: 'parley@harbor.test', to: ['ops@harbor.test'] })
    expect(first.headers.subject).toBe('Harbor Chat does not take messages')
    expect(first.text).toContain('The endpoint answered 500')
    const { health } = await connectionOf(chat.channel)
    expect(health).toEqual({
      state: 'failing',
      since: told!.failing_since!.getTime(),
      lastFailure: 'The endpoint answered 500',
      waiting: 1,
    })

    await world.clock.jump(50 * MINUTE_MS)
    await waitUntil('it is tried again', async () => (await world.attemptsOf(chat.channel)).length >= 3)
    expect((await healthOf(chat.channel))?.mailed_at).toEqual(told?.mailed_at)
    await world.clock.jump(60 * MINUTE_MS)
    const second = await world.clock.advanceUntil(post.next())
    expect(second.headers.subject).toBe('Harbor Chat does not take messages')
    const remindedAt = (await healthOf(chat.channel))!.mailed_at!
    expect(remindedAt.getTime() - told!.mailed_at!.getTime()).toBeGreaterThanOrEqual(60 * MINUTE_MS)

    hook.answerAlways(200)
    await chat.say('one more')
    await world.clock.jump(3 * 60 * MINUTE_MS)
    // Hours have passed at once: one more reminder may be faster than the try that succeeds.
    const subjects = [(await world.clock.advanceUntil(post.next())).headers.subject]
    if (subjects[0] === 'Harbor Chat does not take messages')
      subjects.push((await world.clock.advanceUntil(post.next())).headers.subject)
    expect(subjects.at(-1)).toBe('Harbor Chat takes messages again')
    expect((await connectionOf(chat.channel)).health).toMatchObject({ state: 'ok', since: null, lastFailure: null })
    const events = await world.deps.db
      .selectFrom('event')
      .select('type')
      .where('account_id', '=', chat.channel.account.id)
      .execute()
    // The connect itself, the two notices, and what came since.
    expect(events.filter(({ type }) => type === 'connection.changed')).toHaveLength(3 + subjects.length)
  })

  test('and answers in between is not failing', async () => {
    const chat = await aChat()
    await beginFailing(chat)
    hook.answerAlways(200)
    const recovered = waitUntil('it has', async () => (await healthOf(chat.channel))?.failing_since === null)
    await world.clock.advanceUntil(recovered)
    await world.clock.advance(1000)
    hook.answerWith(400)
    await chat.say('refused')
    await waitUntil('it fails again', async () => (await healthOf(chat.channel))?.failing_since !== null)
    const mails = post.mails.length
    await world.clock.advance(11 * MINUTE_MS)
    await world.clock.advance(11 * MINUTE_MS)
    // A lone failure with nothing after it is told on the message alone.
    expect((await healthOf(chat.channel))?.mailed_at).toBeNull()
    expect(post.mails).toHaveLength(mails)
  })

  test('for five days is switched off: everything waits, and leaves in order when it is switched on', async () => {
    const chat = await aChat()
    await beginFailing(chat)
    await world.clock.jump(5 * DAY_MS)
    const isOff = async (): Promise<string> => {
      for (;;) {
        const mail = await post.next(20_000)
        if (mail.headers.subject === 'Harbor Chat is switched off') return mail.text
      }
    }
    expect(await world.clock.advanceUntil(isOff(), 5000)).toContain(`parley channel switch-on ${chat.channel.id}`)
    const tries = hook.requests.length
    await chat.say('second')
    // Another channel's delivery shows that the job has looked since.
    const other = await world.aChannel({ hook: await world.aHookReceiver() })
    const { conversation_id } = await other.send(aNewMessage())
    await (await other.account.asManager()).sendText(conversation_id as ChatId, 'elsewhere')
    await other.hook!.next()
    expect(hook.requests).toHaveLength(tries)
    const { switched_off_at } = (await healthOf(chat.channel))!
    expect((await connectionOf(chat.channel)).health).toEqual({
      state: 'switched_off',
      since: switched_off_at!.getTime(),
      lastFailure: 'The endpoint answered 500',
      waiting: 2,
    })

    hook.answerAlways(200)
    const answer = await adminCall(`/channels/${chat.channel.id}/switch-on`)
    expect(await answer.json()).toEqual({ id: chat.channel.id, switched_off_at: null })
    await waitUntil('both have left', () => hook.requests.length === tries + 2)
    expect(hook.requests.slice(-2).map((one) => one.json().message.message.text)).toEqual(['stuck', 'second'])
    expect((await connectionOf(chat.channel)).health).toMatchObject({ state: 'ok' })
  })
})

describe('the switch', () => {
  test('an operator pauses and goes on; twice changes nothing; an unknown channel is not found', async () => {
    const { channel, say } = await aChat()
    const off = await (await adminCall(`/channels/${channel.id}/switch-off`)).json()
    expect(off).toMatchObject({ id: channel.id, switched_off_at: expect.any(String) })
    expect(await (await adminCall(`/channels/${channel.id}/switch-off`)).json()).toEqual(off)
    await say('later')
    expect((await connectionOf(channel)).health).toMatchObject({ state: 'switched_off', lastFailure: null, waiting: 1 })
    await adminCall(`/channels/${channel.id}/switch-on`)
    expect((await hook.next()).json().message.message.text).toBe('later')
    expect((await adminCall('/channels/7d8d1f1e-0000-4000-8000-000000000000/switch-on')).status).toBe(404)
    expect((await adminCall('/channels/nonsense/switch-on')).status).toBe(404)
  })

  test('an admin of the account switches the account’s own channel, nobody else does', async () => {
    const { channel } = await aChat()
    const [admin, manager] = [await channel.account.asAdmin(), await channel.account.asManager()]
    const path = `/channels/${channel.id}/switch-off`
    await expect(manager.post(path)).rejects.toMatchObject({ status: 403 })
    const stranger = await (await world.anAccount()).asAdmin()
    await expect(stranger.post(path)).rejects.toMatchObject({ status: 404 })
    expect(await admin.post(path)).toMatchObject({ connection: { health: { state: 'switched_off' } } })
    expect(await admin.post(`/channels/${channel.id}/switch-on`)).toMatchObject({
      connection: { health: { state: 'ok' } },
    })
  })

  test('a channel that an account registered is its own to switch, whoever else it serves', async () => {
    const [owner, customer] = [await world.anAccount(), await world.anAccount()]
    const channel = await world.aChannel({ accounts: [owner, customer], isOwned: true })
    const [developer, other] = [await owner.asAdmin(), await customer.asAdmin()]
    await developer.post(`/channels/${channel.id}/pause`)
    for (const verb of ['switch-on', 'switch-off', 'resume'])
      await expect(other.post(`/channels/${channel.id}/${verb}`)).rejects.toMatchObject({
        status: verb === 'resume' ? 404 : 403,
      })
    const { items } = await other.get<{ items: Connection[] }>('/connections')
    expect(items).toMatchObject([{ switchedBy: 'developer', health: { state: 'switched_off' } }])
    expect(await developer.post(`/channels/${channel.id}/switch-on`)).toMatchObject({
      connection: { switchedBy: 'account', health: { state: 'ok' } },
    })
    const { items: written } = await developer.get<{ items: { action: string }[] }>('/audit')
    expect(written.slice(0, 2).map(({ action }) => action)).toEqual(['channel.resumed', 'channel.paused'])
  })

  test('what the operator switched off, nobody else switches on', async () => {
    const owner = await world.anAccount()
    const channel = await world.aChannel({ accounts: [owner], isOwned: true })
    const developer = await owner.asAdmin()
    await developer.post(`/channels/${channel.id}/pause`)
    await adminCall(`/channels/${channel.id}/switch-off`)
    for (const verb of ['switch-on', 'resume'])
      await expect(developer.post(`/channels/${channel.id}/${verb}`)).rejects.toMatchObject({
        status: 403,
        message: expect.stringContaining('was switched off by the operator of this server'),
      })
    expect(await connectionOf(channel)).toMatchObject({ switchedBy: 'operator', health: { state: 'switched_off' } })
    expect(await developer.get(`/channels/${channel.id}/flow`)).toMatchObject({ state: 'held' })
    await adminCall(`/channels/${channel.id}/switch-on`)
    const { items } = await developer.get<{ items: { action: string; actor: object | null }[] }>('/audit')
    const switched = items.filter(({ action }) => /^channel\.(paused|resumed)$/.test(action))
    expect(switched.map(({ action, actor }) => `${action} by ${actor ? 'the owner' : 'the operator'}`)).toEqual([
      'channel.resumed by the operator',
      'channel.paused by the operator',
      'channel.paused by the owner',
    ])
    await developer.post(`/channels/${channel.id}/pause`)
    await developer.post(`/channels/${channel.id}/resume`)
    expect(await connectionOf(channel)).toMatchObject({ switchedBy: 'account', health: { state: 'ok' } })
  })

  test('a public channel is the operator’s to switch', async () => {
    const { channel } = await aChat({ isPublic: true })
    const admin = await channel.account.asAdmin()
    await expect(admin.post(`/channels/${channel.id}/switch-off`)).rejects.toMatchObject({ status: 403 })
  })

  test('a disconnect gives up what waits, though the channel is switched off', async () => {
    const { channel, say } = await aChat()
    await adminCall(`/channels/${channel.id}/switch-off`)
    for (let index = 0; index < 20; index += 1) await say(`line ${index}`)
    await channel.disconnect()
    await waitUntil('all are given up', async () => {
      const messages = (await world.messagesOf(channel)).filter(({ direction }) => direction === 'out')
      return messages.every(({ status }) => status === 'failed')
    })
    expect(hook.requests).toHaveLength(0)
  })
})
