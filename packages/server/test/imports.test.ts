import type { ChatId } from '@parley/protocol/model'
import { aNewMessage, aSender, startTestWorld, type TestChannel, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

const client = aSender({ id: 'u-1' })
const ofBot = (channel: TestChannel) => ({
  conversation_id: 'c-1',
  sender: { id: 'hc-bot', name: 'Bot', ref_id: channel.bot.id },
  receiver: client,
})
const ofManager = (channel: TestChannel) => ({
  conversation_id: 'c-1',
  sender: { id: 'm-1', ref_id: channel.account.manager.amojoId.toUpperCase() },
  receiver: client,
})
const fromClient = { conversation_id: 'c-1', sender: client }

const inboxOf = async (channel: TestChannel) => (await (await channel.account.asManager()).listChats()).items
const attempt = async (channel: TestChannel, fields: Record<string, unknown>) => {
  const answer = await channel.post(aNewMessage(fields))
  return [answer.status, ((await answer.json()) as { error_description?: string }).error_description]
}

describe('a message that was sent to the client elsewhere', () => {
  test('by a user: outgoing, sent, by that user; nobody waits any more; no hook', async () => {
    const hook = await world.aHookReceiver()
    const channel = await world.aChannel({ hook })
    const { sender_id: clientId } = await channel.send(aNewMessage(fromClient))
    const ids = await channel.send(aNewMessage({ ...ofManager(channel), text: 'On its way', msgid: 'out-1' }))
    expect(ids).toMatchObject({ sender_id: channel.account.manager.amojoId, receiver_id: clientId, ref_id: 'out-1' })
    const manager = await channel.account.asManager()
    const [chat] = await inboxOf(channel)
    expect(chat).toMatchObject({
      unread: 1,
      waitingSince: null,
      lastMessage: { direction: 'out', status: 'sent', author: { kind: 'user', name: 'Max Berg' } },
    })
    expect((await manager.listNotifications()).items).toHaveLength(1)
    expect(await world.attemptsOf(channel)).toEqual([])
    // What a manager writes is the first hook there is.
    await manager.sendText(chat!.id, 'Here it is')
    expect((await hook.next()).json()).toMatchObject({ message: { message: { text: 'Here it is' } } })
  })

  test('by the bot, named by our id or its own; with the same msgid again nothing changes', async () => {
    const channel = await world.aChannel()
    const first = await channel.send(aNewMessage({ ...ofBot(channel), msgid: 'out-1', text: 'one' }))
    expect(first.sender_id).toBe(channel.bot.id)
    const kind = { message: { type: 'location', location: { lon: 1, lat: 2 } } }
    expect(await channel.send(aNewMessage({ ...ofBot(channel), msgid: 'out-1', ...kind }))).toEqual(first)
    const own = { ...ofBot(channel), sender: { id: channel.bot.clientId } }
    expect((await channel.send(aNewMessage({ ...own, text: 'two' }))).sender_id).toBe(channel.bot.id)
    expect(await world.messagesOf(channel)).toMatchObject([
      { direction: 'out', authorKind: 'bot', text: 'one', status: 'sent' },
      { direction: 'out', authorKind: 'bot', text: 'two', status: 'sent' },
    ])
  })

  test('refused: by somebody else, or a user of another account', async () => {
    const channel = await world.aChannel()
    const stranger = await world.anAccount()
    const as = (ref_id: unknown, id?: string) =>
      attempt(channel, { ...fromClient, sender: { id, ref_id }, receiver: client })
    expect(await as(stranger.manager.amojoId)).toEqual([
      400,
      expect.stringMatching(/^payload\.sender\.ref_id: must be/),
    ])
    expect(await as(undefined, 'm-1')).toEqual([400, expect.stringMatching(/^payload\.sender\.ref_id: is missing/)])
    const { sender_id } = await channel.send(aNewMessage(fromClient))
    expect(await as(sender_id)).toEqual([400, expect.stringMatching(/^payload\.sender\.ref_id: must be/)])
    expect(await world.messagesOf(channel)).toHaveLength(1)
  })

  test('a receiver who is known is named by our id alone; one who is not, is refused', async () => {
    const channel = await world.aChannel()
    const { sender_id } = await channel.send(aNewMessage(fromClient))
    const to = (receiver: unknown) => ({ ...ofBot(channel), receiver })
    expect((await channel.send(aNewMessage(to({ ref_id: sender_id })))).receiver_id).toBe(sender_id)
    expect(await attempt(channel, to({ ref_id: channel.bot.id }))).toEqual([
      400,
      'payload.receiver.ref_id: names nobody known here; give payload.receiver.id',
    ])
    expect(await attempt(channel, to({ name: 'Nora' }))).toEqual([400, 'payload.receiver.id: is missing'])
  })

  test('without a lead it makes one, told to everybody but its author', async () => {
    const channel = await world.aChannel()
    await channel.send(aNewMessage(ofManager(channel)))
    const [chat] = await inboxOf(channel)
    expect(chat).toMatchObject({ unread: 0, waitingSince: null, lead: { isIncoming: true, title: 'Nora Lind' } })
    const [manager, admin] = [await channel.account.asManager(), await channel.account.asAdmin()]
    expect(await admin.listNotifications()).toMatchObject({
      unread: 1,
      items: [{ kind: 'incoming_lead', isRead: false }],
    })
    expect(await manager.listNotifications()).toMatchObject({ unread: 0, items: [] })
    // The client's own first word goes to the same lead, and is told.
    await channel.send(aNewMessage(fromClient))
    expect(await inboxOf(channel)).toMatchObject([{ unread: 1, lead: { id: chat!.lead!.id } }])
    expect((await manager.listNotifications()).unread).toBe(1)
  })

  test('of the bot everybody is told', async () => {
    const channel = await world.aChannel()
    await channel.send(aNewMessage(ofBot(channel)))
    expect((await (await channel.account.asManager()).listNotifications()).unread).toBe(1)
  })

  test.each([
    ['silent', {}, { silent: true }],
    ['where the channel does not want it', { lead_on_outgoing: false }, {}],
  ])('%s: chat and message, nothing else', async (_, settings, fields) => {
    const channel = await world.aChannel({ settings })
    await channel.send(aNewMessage({ ...ofManager(channel), ...fields }))
    expect(await inboxOf(channel)).toMatchObject([{ unread: 0, lead: null, waitingSince: null }])
    expect((await (await channel.account.asAdmin()).listNotifications()).items).toEqual([])
  })

  test('silent ones leave alone who waits', async () => {
    const channel = await world.aChannel()
    await channel.send(aNewMessage(fromClient))
    const [{ waitingSince } = {}] = await inboxOf(channel)
    await channel.send(aNewMessage({ ...ofBot(channel), silent: true, at: new Date('2019-01-01') }))
    expect(await inboxOf(channel)).toMatchObject([{ waitingSince, lastMessage: { direction: 'in' } }])
  })
})

test('2 000 messages of history come in any order, and make one lead and one notification', async () => {
  const channel = await world.aChannel()
  const begin = Date.parse('2024-02-01T08:00:00Z')
  const history = Array.from({ length: 2000 }, (_, index) =>
    aNewMessage({
      ...(index % 3 === 0 ? ofBot(channel) : fromClient),
      // Several within the same millisecond.
      at: new Date(begin + Math.floor(index / 5) * 1000),
      msgid: `h-${index}`,
      text: `line ${index}`,
      silent: index < 1999,
    }),
  )
  const newest = history.pop()!
  // As an integration does it: a few lines at once, each in its order; the lines end at different times.
  const lines = [0, 1, 2, 3, 4, 5, 6, 7].map((line) => history.slice(line * 250, (line + 1) * 250)).reverse()
  await Promise.all(
    lines.map(async (line) => {
      for (const message of line) await channel.send(message)
    }),
  )
  await channel.send(newest)
  const manager = await channel.account.asManager()
  const [chat] = await inboxOf(channel)
  expect(chat).toMatchObject({ unread: 1, lead: { isIncoming: true }, lastMessage: { text: 'line 1999' } })
  expect((await manager.listNotifications()).items).toHaveLength(1)
  const texts: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const page: { items: { text: string }[]; next: string | null } = await manager.listMessages(
      chat!.id,
      `?limit=100${next && `&before=${next}`}`,
    )
    texts.push(...page.items.map(({ text }) => text))
    next = page.next
  }
  expect(texts.reverse()).toEqual(Array.from({ length: 2000 }, (_, index) => `line ${index}`))
  // The same import again is no import.
  await channel.send(newest)
  await channel.send(history[7]!)
  expect(await world.messagesOf(channel)).toHaveLength(2000)
  expect(await inboxOf(channel)).toMatchObject([{ unread: 1 }])
}, 60_000)

test('a repeat among new ones in the same moment changes neither counters nor the client', async () => {
  const channel = await world.aChannel()
  const repeated = aNewMessage({ ...fromClient, msgid: 'm-0', text: 'first' })
  const first = await channel.send(repeated)
  const changed = { ...repeated, payload: { ...repeated.payload, sender: { id: 'u-1', name: 'Somebody Else' } } }
  const fresh = Array.from({ length: 5 }, (_, index) => aNewMessage({ ...fromClient, msgid: `m-${index + 1}` }))
  const answers = await Promise.all([changed, ...fresh, changed].map((message) => channel.send(message)))
  expect([answers[0], answers[6]]).toEqual([first, first])
  expect(await inboxOf(channel)).toMatchObject([{ unread: 6, client: { name: 'Nora Lind' } }])
})

test('the window runs from the last message of the client itself', async () => {
  const channel = await world.aChannel({ settings: { time_window_seconds: 3600 } })
  const { conversation_id } = await channel.send(aNewMessage({ ...fromClient, silent: true }))
  const lastClientAt = async () =>
    (
      await world.deps.db
        .selectFrom('chat_state')
        .select('last_client_at')
        .where('account_id', '=', channel.account.id)
        .where('chat_id', '=', conversation_id as ChatId)
        .executeTakeFirstOrThrow()
    ).last_client_at
  expect(await lastClientAt()).toBeNull()
  await channel.send(aNewMessage({ ...fromClient, at: new Date('2020-01-01') }))
  const spokenAt = world.now()
  expect(await lastClientAt()).toEqual(spokenAt)
  await world.clock.advance(60_000)
  await channel.send(aNewMessage(ofBot(channel)))
  expect(await lastClientAt()).toEqual(spokenAt)
})
