import { randomUUID } from 'node:crypto'
import type { ChatId, Source } from '@parley/protocol/model'
import { aNewMessage, startTestWorld, type TestChannel, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
let channel: TestChannel

beforeAll(async () => {
  world = await startTestWorld()
  channel = await world.aChannel()
})
afterAll(() => world.stop())

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const aUser = (fields: Record<string, unknown> = {}) => ({
  id: `user-${randomUUID()}`,
  name: 'Nora Lind',
  avatar: 'https://cdn.example.net/a/55.png',
  profile: { phone: '+46700000055', email: 'nora@example.net' },
  profile_link: 'https://chat.example.net/u/55',
  ...fields,
})

async function create(body: unknown, to: TestChannel = channel, options: Parameters<TestChannel['post']>[1] = {}) {
  const answer = await to.post(body, { path: '/chats', ...options })
  const text = await answer.text()
  return { status: answer.status, type: answer.headers.get('content-type'), text, json: JSON.parse(text) }
}

const invalid = (description: string) => ({
  status: 400,
  json: { status: 0, error_code: 400, error_type: 'ORIGIN_INVALID_PAYLOAD', error_description: description },
})

async function rowsOf(
  table: 'chat' | 'participant' | 'contact' | 'lead' | 'talk' | 'notification' | 'event',
  of = channel,
) {
  const { db } = world.deps
  return db.selectFrom(table).selectAll().where('account_id', '=', of.account.id).execute()
}

describe('creating a chat', () => {
  test('answers its id and the client, flat and nested, in the documented order', async () => {
    const user = aUser({ id: 'hc-user-55' })
    const { status, type, text, json } = await create({
      conversation_id: 'hc-conv-1001',
      source: { external_id: 'shop-front-1' },
      account_id: channel.account.amojoId,
      user,
    })
    expect([status, type]).toEqual([200, 'application/json'])
    expect(json.id).toMatch(UUID)
    expect(json.user.id).toMatch(UUID)
    expect(text).toBe(
      `{"id":"${json.id}","user":{"id":"${json.user.id}","client_id":"hc-user-55","name":"Nora Lind","avatar":"https://cdn.example.net/a/55.png","phone":"+46700000055","email":"nora@example.net","profile":{"phone":"+46700000055","email":"nora@example.net"}}}`,
    )
  })

  test('what was not given is left out, but for the avatar, which is empty', async () => {
    const { json } = await create({ conversation_id: 'bare', user: { id: 'bare-user', name: 'Ada' } })
    expect(json.user).toEqual({
      id: expect.stringMatching(UUID),
      client_id: 'bare-user',
      name: 'Ada',
      avatar: '',
      profile: {},
    })
  })

  test('makes nothing that anybody would see; the first message does', async () => {
    const quiet = await world.aChannel()
    const before = await rowsOf('event', quiet)
    const { json } = await create({ conversation_id: 'quiet', user: aUser({ id: 'quiet-user' }) }, quiet)
    for (const table of ['contact', 'lead', 'talk', 'notification'] as const)
      expect(await rowsOf(table, quiet)).toEqual([])
    expect(await rowsOf('event', quiet)).toHaveLength(before.length)
    const manager = await quiet.account.asManager()
    expect((await manager.listChats()).items).toEqual([])
    expect((await manager.request('GET', `/chats/${json.id}`)).status).toBe(404)

    const sent = await quiet.send(aNewMessage({ conversation_id: 'quiet', sender: { id: 'quiet-user' } }))
    expect([sent.conversation_id, sent.sender_id]).toEqual([json.id, json.user.id])
    const [chat] = (await manager.listChats()).items
    expect(chat).toMatchObject({ id: json.id, client: { name: 'Nora Lind', phone: '+46700000055' }, unread: 1 })
    expect(await rowsOf('lead', quiet)).toHaveLength(1)
  })

  test('the source is kept, and a later one does not take its place', async () => {
    const user = aUser()
    const conversation_id = randomUUID()
    const sourceOf = async (id: string) => (await rowsOf('chat')).find((row) => 'channel_id' in row && row.id === id)
    const { json } = await create({ conversation_id, user })
    expect(await sourceOf(json.id)).toMatchObject({ source_external_id: null })
    await create({ conversation_id, user, source: { external_id: 'first' } })
    await create({ conversation_id, user, source: { external_id: 'second' } })
    await create({ conversation_id, user })
    expect(await sourceOf(json.id)).toMatchObject({ source_external_id: 'first' })
  })

  test('an avatar is fetched a little later', async () => {
    const { json } = await create({ conversation_id: randomUUID(), user: aUser() })
    const fetches = await world.deps.db
      .selectFrom('media_fetch')
      .select(['owner_kind', 'slot', 'url'])
      .where('account_id', '=', channel.account.id)
      .where('owner_id', '=', json.user.id)
      .execute()
    expect(fetches).toEqual([{ owner_kind: 'participant', slot: 'avatar', url: 'https://cdn.example.net/a/55.png' }])
  })
})

describe('creating it again', () => {
  test('answers the same chat and the same user', async () => {
    const body = { conversation_id: randomUUID(), user: aUser() }
    const first = await create(body)
    expect(await create(body)).toEqual(first)
  })

  test('fills in what was empty and changes nothing else, nor whom the chat is with', async () => {
    const conversation_id = randomUUID()
    const id = randomUUID()
    const first = await create({ conversation_id, user: { id, name: 'Nora Lind', profile: { phone: '+1' } } })
    const again = await create({
      conversation_id,
      user: {
        id,
        name: 'Somebody',
        avatar: 'https://x.example/a.png',
        profile: { phone: '+2', email: 'n@example.net' },
      },
    })
    expect(again.json).toEqual({
      id: first.json.id,
      user: {
        id: first.json.user.id,
        client_id: id,
        name: 'Nora Lind',
        avatar: 'https://x.example/a.png',
        phone: '+1',
        email: 'n@example.net',
        profile: { phone: '+1', email: 'n@example.net' },
      },
    })
    const other = await create({ conversation_id, user: aUser({ name: 'Another' }) })
    expect(other.json).toEqual(again.json)
  })

  test('where the chat can be seen, the screens are told, and the contact is completed', async () => {
    const sent = await channel.send(aNewMessage({ conversation_id: 'seen', sender: { id: 'seen-user', name: 'Ada' } }))
    const manager = await channel.account.asManager()
    const stream = await manager.openStream()
    const user = { id: 'seen-user', name: 'Ada', profile: { phone: '+3', email: 'ada@example.net' } }
    await create({ conversation_id: 'seen', user })
    const event = await stream.waitForEvent('chat.updated')
    expect(event.chat).toMatchObject({ id: sent.conversation_id, client: { phone: '+3', email: 'ada@example.net' } })
    const { lead } = await manager.getChat(sent.conversation_id as ChatId)
    expect(lead?.contact).toMatchObject({ phone: '+3', email: 'ada@example.net' })
    stream.close()
  })

  test('a known user comes along into another chat', async () => {
    const user = aUser()
    const first = await create({ conversation_id: randomUUID(), user })
    const second = await create({ conversation_id: randomUUID(), user: { id: user.id } })
    expect(second.json.id).not.toBe(first.json.id)
    expect(second.json.user).toEqual(first.json.user)
  })

  test('twenty times at once, on two nodes: one chat, one user', async () => {
    const body = { conversation_id: randomUUID(), user: aUser() }
    const before = [(await rowsOf('chat')).length, (await rowsOf('participant')).length]
    const answers = await Promise.all(Array.from({ length: 20 }, () => create(body)))
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect([(await rowsOf('chat')).length, (await rowsOf('participant')).length]).toEqual(
      before.map((count) => count + 1),
    )
  })

  test('at the same time as its first messages', async () => {
    const conversation_id = randomUUID()
    const user = aUser()
    const message = () => channel.send(aNewMessage({ conversation_id, sender: { id: user.id, name: user.name } }))
    const [created, ...sent] = await Promise.all([create({ conversation_id, user }), message(), message(), message()])
    expect(created.status).toBe(200)
    expect(new Set(sent.map(({ conversation_id: id }) => id))).toEqual(new Set([created.json.id]))
  })
})

describe('the user of a chat', () => {
  test('by ref_id alone, when it is somebody of this channel', async () => {
    const known = await create({ conversation_id: randomUUID(), user: aUser() })
    const { status, json } = await create({ conversation_id: randomUUID(), user: { ref_id: known.json.user.id } })
    expect([status, json.user]).toEqual([200, known.json.user])
  })

  test('somebody of another channel or account is not known', async () => {
    const stranger = await create({ conversation_id: 'x', user: aUser() }, await world.aChannel())
    expect(await create({ conversation_id: randomUUID(), user: { ref_id: stranger.json.user.id } })).toMatchObject(
      invalid('user.ref_id: names no client of this channel; give user.id and user.name'),
    )
  })

  test('somebody a manager wrote to first gets the id that is given', async () => {
    const known = await create({ conversation_id: randomUUID(), user: aUser() })
    await world.deps.db
      .updateTable('participant')
      .set({ client_id: null })
      .where('account_id', '=', channel.account.id)
      .where('id', '=', known.json.user.id)
      .execute()
    const user = { id: 'bound-now', ref_id: known.json.user.id }
    expect((await create({ conversation_id: randomUUID(), user })).json.user.client_id).toBe('bound-now')
  })

  test.each([
    ['user: is missing', { conversation_id: 'c' }],
    ['user: is missing', { conversation_id: 'c', user: null }],
    ['user: must be an object', { conversation_id: 'c', user: 'nora' }],
    ['user.id: is missing', { conversation_id: 'c', user: { name: 'Nora' } }],
    ['user.name: is missing', { conversation_id: 'c', user: { id: 'nobody-yet' } }],
    ['user.name: must be a string', { conversation_id: 'c', user: { id: 'nobody-yet', name: 5 } }],
    ['conversation_id: is missing', { user: { id: 'u', name: 'Nora' } }],
    ['conversation_id: is empty', { conversation_id: '', user: { id: 'u', name: 'Nora' } }],
    [
      'conversation_id: must not be longer than 255 bytes',
      { conversation_id: 'é'.repeat(128), user: { id: 'u', name: 'Nora' } },
    ],
    [
      'source.external_id: must be 1 to 40 printable ASCII characters',
      { conversation_id: 'c', source: { external_id: 'x'.repeat(41) }, user: { id: 'u', name: 'Nora' } },
    ],
    [
      'source.external_id: must be 1 to 40 printable ASCII characters',
      { conversation_id: 'c', source: { external_id: 'çà' }, user: { id: 'u', name: 'Nora' } },
    ],
    [
      'user.name: must not be longer than 255 characters',
      { conversation_id: 'c', user: { id: 'u', name: 'n'.repeat(256) } },
    ],
    [
      'user.ref_id: names no client of this channel; give user.id and user.name',
      { conversation_id: 'c', user: { ref_id: randomUUID() } },
    ],
  ])('%s', async (description, body) => {
    const before = (await rowsOf('participant')).length
    expect(await create(body)).toMatchObject(invalid(description))
    expect(await rowsOf('participant')).toHaveLength(before)
  })

  test('two ids that name two people', async () => {
    const [one, other] = [aUser(), aUser()]
    const first = await create({ conversation_id: randomUUID(), user: one })
    await create({ conversation_id: randomUUID(), user: other })
    expect(
      await create({ conversation_id: randomUUID(), user: { ...other, ref_id: first.json.user.id } }),
    ).toMatchObject(invalid('user.id: the person that user.ref_id names has another id'))
  })

  test('numbers, nulls and empty strings of older clients', async () => {
    const { status, json } = await create({
      conversation_id: 4711,
      source: null,
      user: { id: 99, name: 'Ilya', avatar: '', profile: { phone: 79990001122, email: '' }, profile_link: null },
    })
    expect([status, json.user.client_id, json.user.phone, json.user.email]).toEqual([
      200,
      '99',
      '79990001122',
      undefined,
    ])
  })

  test('in strict mode they are refused', async () => {
    const strict = await world.aChannel({ settings: { is_strict: true } })
    expect(await create({ conversation_id: 4711, user: aUser() }, strict)).toMatchObject(
      invalid('conversation_id: must be a string, not a number'),
    )
    expect((await create({ conversation_id: 'c', user: aUser() }, strict)).status).toBe(200)
  })
})

test('signed over the body alone it is refused, unless the channel takes that everywhere', async () => {
  const body = { conversation_id: 'legacy', user: aUser() }
  expect(await create(body, channel, { scheme: 'body' })).toMatchObject({
    status: 403,
    json: { error_type: 'ORIGIN_INVALID_SIGNATURE' },
  })
  const legacy = await world.aChannel({ legacySignature: 'all' })
  expect((await create(body, legacy, { scheme: 'body' })).status).toBe(200)
})

test('a chat that was only created goes by the default source, one with a source of its own does not', async () => {
  const hook = await world.aHookReceiver()
  const shop = await world.aChannel({ hook })
  const admin = await shop.account.asAdmin()
  await admin.post<Source>(`/channels/${shop.id}/sources`, {
    externalId: 'default-line',
    name: 'Main',
    isDefault: true,
  })
  const sourceOfAnswer = async (source?: Record<string, unknown>) => {
    const [conversation_id, id] = [randomUUID(), randomUUID()]
    await create({ conversation_id, source, user: aUser({ id }) }, shop)
    const sent = await shop.send(aNewMessage({ conversation_id, sender: { id } }))
    await admin.sendText(sent.conversation_id as ChatId, 'Hello')
    return (await hook.next()).json().message.source
  }
  expect(await sourceOfAnswer({ external_id: 'own-line' })).toEqual({ external_id: 'own-line' })
  expect(await sourceOfAnswer()).toEqual({ external_id: 'default-line' })
})
