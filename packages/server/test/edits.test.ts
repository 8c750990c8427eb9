import type { ChatId, Message, MessageId } from '@parley/protocol/model'
import { aNewMessage, aSender, type StoredIds, startTestWorld, type TestChannel, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
let channel: TestChannel
beforeAll(async () => {
  world = await startTestWorld()
  channel = await world.aChannel()
})
afterAll(() => world.stop())

const CDN = 'https://cdn.example.net'
let count = 0
/** A message in a chat of its own. */
async function aMessage(message: Record<string, unknown>, fields: Record<string, unknown> = {}) {
  count += 1
  const ofChat = { conversation_id: `c-${count}`, sender: aSender({ id: `u-${count}` }) }
  const ids = await channel.send(aNewMessage({ msgid: `m-${count}`, ...ofChat, message, ...fields }))
  return { ids, conversation_id: `c-${count}`, msgid: `m-${count}` }
}

const edit = async (payload: Record<string, unknown>, to = channel) => {
  const times = { timestamp: 1772532930, msec_timestamp: 1772532930125 }
  const answer = await to.post({ event_type: 'edit_message', payload: { ...times, ...payload } })
  const body = (await answer.json()) as Record<string, unknown>
  return { status: answer.status, type: body.error_type, why: body.error_description, ids: body.new_message }
}

async function show({ conversation_id, msgid }: Pick<StoredIds, 'conversation_id' | 'msgid'>): Promise<Message> {
  const { items } = await (await channel.account.asManager()).listMessages(conversation_id as ChatId)
  return items.find(({ id }) => id === msgid)!
}
const versionsOf = ({ msgid }: StoredIds) =>
  world.deps.db
    .selectFrom('message_edit')
    .select(['version', 'kind', 'body'])
    .where('account_id', '=', channel.account.id)
    .where('message_id', '=', msgid as MessageId)
    .orderBy('version')
    .execute()
const linksOf = async ({ msgid }: StoredIds) => {
  const rows = await world.deps.db
    .selectFrom('media_fetch')
    .select(['slot', 'url'])
    .where('owner_id', '=', msgid)
    .orderBy('slot')
    .execute()
  return rows.map(({ slot, url }) => `${slot} ${url}`)
}

describe('an edit of a text', () => {
  test('by the integration’s ids: seen at once, the earlier one kept, nobody notified', async () => {
    const { ids, ...of } = await aMessage({ type: 'text', text: 'Blue one' })
    const manager = await channel.account.asManager()
    const { unread } = await manager.listNotifications()
    const stream = await manager.openStream()
    expect(await edit({ ...of, message: { type: 'text', text: 'Blue one?' }, sender: null, silent: 'x' })).toEqual({
      status: 200,
      ids,
    })
    expect(await stream.waitForEvent('message.edited')).toMatchObject({ message: { id: ids.msgid, text: 'Blue one?' } })
    stream.close()
    expect(await show(ids)).toMatchObject({ text: 'Blue one?', editedAt: world.now().getTime() })
    await edit({ ...of, message: { type: 'text', text: 'The blue one' } })
    expect(await versionsOf(ids)).toEqual([
      { version: 1, kind: 'text', body: 'Blue one' },
      { version: 2, kind: 'text', body: 'Blue one?' },
    ])
    expect((await manager.listNotifications()).unread).toBe(unread)
    expect((await manager.getChat(ids.conversation_id as ChatId)).chat).toMatchObject({
      unread: 1,
      lastMessage: { text: 'The blue one' },
    })
  })

  test('the same edit again, or none at all, makes no version', async () => {
    const { ids, ...of } = await aMessage({ type: 'text', text: 'one' })
    for (const text of ['one', 'two', 'two'])
      expect((await edit({ ...of, message: { type: 'text', text } })).ids).toEqual(ids)
    expect(await versionsOf(ids)).toHaveLength(1)
  })

  test('ten at once are ten versions', async () => {
    const { ids, ...of } = await aMessage({ type: 'text', text: 'begin' })
    const texts = Array.from({ length: 10 }, (_, index) => `edit ${index}`)
    await Promise.all(texts.map((text) => edit({ ...of, message: { type: 'text', text } })))
    expect((await versionsOf(ids)).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  test('by our id; with both the msgid becomes the integration’s', async () => {
    const { ids, conversation_id } = await aMessage({ type: 'text', text: 'one' })
    const manager = await channel.account.asManager()
    const written = await manager.sendText(ids.conversation_id as ChatId, 'Hello')
    expect(await edit({ id: written.id, message: { type: 'text', text: 'Hello you' } })).toMatchObject({
      status: 200,
      ids: { msgid: written.id, ref_id: '', receiver_id: ids.sender_id, sender_id: channel.account.manager.amojoId },
    })
    const both = { id: written.id.toUpperCase(), msgid: 'theirs', conversation_id }
    expect(await edit({ ...both, message: { type: 'text', text: 'Hello you' } })).toMatchObject({
      ids: { ref_id: 'theirs' },
    })
    expect(await edit({ conversation_id, msgid: 'theirs', message: { type: 'text', text: 'Hi' } })).toMatchObject({
      ids: { msgid: written.id },
    })
    expect(await edit({ ...both, msgid: ids.ref_id, message: { type: 'text', text: 'x' } })).toMatchObject({
      status: 400,
      why: expect.stringMatching(/^payload\.msgid: another message/),
    })
    expect((await show({ ...ids, msgid: written.id })).text).toBe('Hi')
  })
})

describe('an edit of a file', () => {
  const picture = {
    type: 'picture',
    media: `${CDN}/1.jpg`,
    file_name: '1.jpg',
    file_size: 1,
    text: 'One',
    thumbnail: `${CDN}/t.jpg`,
  }

  test('keeps what is left out; another link is copied anew', async () => {
    const { ids, ...of } = await aMessage(picture)
    await edit({ ...of, message: { type: 'picture', text: 'Two', file_name: 'better.jpg' } })
    expect(await show(ids)).toMatchObject({
      kind: 'picture',
      text: 'Two',
      media: { fileName: 'better.jpg', sizeBytes: 1 },
    })
    expect(await linksOf(ids)).toEqual([`media ${CDN}/1.jpg`, `thumbnail ${CDN}/t.jpg`])
    await edit({ ...of, message: { type: 'picture', media: `${CDN}/2.jpg` } })
    expect(await show(ids)).toMatchObject({
      text: 'Two',
      media: { state: 'waiting', fileName: '2.jpg', sizeBytes: null },
    })
    expect(await linksOf(ids)).toEqual([`media ${CDN}/2.jpg`])
    await edit({ ...of, message: { type: 'picture', text: '' } })
    expect((await show(ids)).text).toBe('')
  })

  test('to another kind and back', async () => {
    const { ids, ...of } = await aMessage(picture)
    await edit({ ...of, message: { type: 'text', text: 'Gone' } })
    const { media, ...rest } = await show(ids)
    expect([media, rest.kind, await linksOf(ids)]).toEqual([undefined, 'text', []])
    expect(await edit({ ...of, message: { type: 'file' } })).toMatchObject({
      status: 400,
      why: 'payload.message.media: is missing, and the message has none',
    })
    await edit({ ...of, message: { type: 'location', location: { lon: 1, lat: 2 } } })
    await edit({ ...of, message: { type: 'location', text: 'Here' } })
    expect(await show(ids)).toMatchObject({ kind: 'location', text: 'Here', location: { lon: 1, lat: 2 } })
    await edit({ ...of, message: { type: 'image', media: `${CDN}/3.jpg` } })
    expect(await show(ids)).toMatchObject({ kind: 'picture', media: { fileName: '3.jpg' } })
    expect((await versionsOf(ids)).map(({ kind }) => kind)).toEqual(['picture', 'text', 'location', 'location'])
  })
})

describe('a delivery status in an edit', () => {
  test('alone, or with a change', async () => {
    const { ids, conversation_id } = await aMessage(
      { type: 'text', text: 'x' },
      { sender: { ref_id: channel.bot.id }, receiver: { id: 'u-x' } },
    )
    const status = (delivery_status: unknown, message = {}) =>
      edit({ id: ids.msgid, conversation_id, message: { ...message, delivery_status } })
    expect(await status({ status_code: 1 })).toMatchObject({ status: 200, ids })
    expect((await show(ids)).status).toBe('delivered')
    await status({ status_code: 2, error_code: null, error: null }, { type: 'text' })
    expect(await show(ids)).toMatchObject({ status: 'read', text: 'x' })
    await status({ status_code: 1 }, { type: 'text', text: 'y' })
    expect(await show(ids)).toMatchObject({ status: 'read', text: 'y' })
    expect(await status({ status_code: -1, error_code: 905 })).toMatchObject({
      status: 400,
      why: expect.stringMatching(/^payload\.message\.delivery_status\.error: is missing/),
    })
  })

  test('of what the client wrote is refused, and changes nothing', async () => {
    const { ids, ...of } = await aMessage({ type: 'text', text: 'mine' })
    const message = { type: 'text', text: 'changed', delivery_status: { status_code: 2 } }
    expect(await edit({ ...of, message })).toMatchObject({ status: 400, type: 'ORIGIN_INVALID_PAYLOAD' })
    expect((await show(ids)).text).toBe('mine')
  })
})

describe('refused', () => {
  const text = { type: 'text', text: 'x' }
  test.each([
    [{ message: text }, 'payload.msgid: is missing; give it or payload.id'],
    [{ msgid: 'm', message: text }, /^payload\.conversation_id: is missing/],
    [{ id: 'm', message: { type: 'text' } }, 'payload.message.text: is missing'],
    [{ id: 'm', message: {} }, 'payload.message.type: is missing'],
    [{ id: 'm' }, 'payload.message: is missing'],
    [{ id: 'm', message: { type: 'hologram' } }, 'payload.message.type: unknown value'],
    [
      { id: 'm', message: { type: 'text', text: 'x', post: { id: 'p', url: CDN } } },
      /^payload\.message\.post: a comment/,
    ],
    [{ id: 'm', message: text, msec_timestamp: 1e15 }, /^payload\.msec_timestamp: is more than 24 hours/],
  ])('%j', async (payload, why) => {
    expect(await edit(payload)).toMatchObject({
      status: 400,
      type: 'ORIGIN_INVALID_PAYLOAD',
      why: expect.stringMatching(why),
    })
  })

  test('a message that is not there, or another connection’s: 404', async () => {
    const { ids, ...of } = await aMessage(text)
    const unknown = { status: 404, type: 'ORIGIN_MESSAGE_NOT_FOUND' }
    const other = await world.aChannel({ account: channel.account })
    expect(await edit({ ...of, message: text }, other)).toMatchObject(unknown)
    expect(await edit({ id: ids.msgid, message: text }, other)).toMatchObject(unknown)
    expect(await edit({ ...of, msgid: 'nothing', message: text })).toMatchObject(unknown)
    expect(await edit({ id: '%', message: text })).toMatchObject(unknown)
  })

  test('a comment', async () => {
    const { ids, ...of } = await aMessage({ ...text, post: { id: 'p', url: CDN } })
    expect(await edit({ ...of, message: text })).toMatchObject({ status: 400, why: expect.stringMatching(/comment/) })
    expect(ids.msgid).toBeTypeOf('string')
  })
})
