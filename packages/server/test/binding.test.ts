import type { ChatId, ParticipantId } from '@parley/protocol/model'
import { aNewMessage, aSender, startTestWorld, type TestChannel, type TestWorld } from '@parley/testkit'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

let world: TestWorld
let channel: TestChannel
let chatId: ChatId
let personId: ParticipantId

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

/** A chat that a manager began with a phone number: the integration knows neither it nor the person. */
beforeEach(async () => {
  channel = await world.aChannel()
  chatId = uuidv7() as ChatId
  personId = uuidv7() as ParticipantId
  const of = { account_id: channel.account.id, channel_id: channel.id as never }
  const { db } = world.deps
  await db
    .insertInto('participant')
    .values({ ...of, id: personId, name: '+46700000055', phone: '+46700000055' })
    .execute()
  await db
    .insertInto('chat')
    .values({ ...of, id: chatId, participant_id: personId })
    .execute()
  await db.insertInto('chat_state').values({ account_id: channel.account.id, chat_id: chatId }).execute()
})

const post = async (fields: Record<string, unknown>, to = channel) => {
  const answer = await to.post(aNewMessage(fields))
  const body = (await answer.json()) as Record<string, unknown>
  return { status: answer.status, type: body.error_type, why: body.error_description, ids: body.new_message }
}
const idsOf = async () => {
  const { db } = world.deps
  const chat = await db.selectFrom('chat').select('client_id').where('id', '=', chatId).executeTakeFirstOrThrow()
  const person = await db
    .selectFrom('participant')
    .select('client_id')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  return [chat.client_id, person.client_id]
}

describe('the answer in a chat that was begun here', () => {
  test('binds chat and person, once and for all', async () => {
    const stream = await (await channel.account.asManager()).openStream()
    const sender = { id: 'u-1', ref_id: personId, name: 'Nora Lind' }
    const both = { conversation_id: 'c-1', conversation_ref_id: chatId, sender }
    const expected = { conversation_id: chatId, sender_id: personId, receiver_id: null }
    expect(await post(both)).toMatchObject({ status: 200, ids: expected })
    expect(await idsOf()).toEqual(['c-1', 'u-1'])
    await stream.waitForEvent('chat.updated')
    stream.close()
    // Again, and from now on without ours.
    expect(await post(both)).toMatchObject({ status: 200, ids: expected })
    expect(await post({ conversation_id: 'c-1', sender: { id: 'u-1' } })).toMatchObject({ status: 200, ids: expected })
    expect(
      await post({ conversation_ref_id: chatId, conversation_id: undefined, sender: { ref_id: personId } }),
    ).toMatchObject({
      status: 200,
      ids: expected,
    })
    expect((await (await channel.account.asManager()).listChats()).items).toMatchObject([
      { id: chatId, unread: 4, client: { id: personId, name: 'Nora Lind' }, lead: { isIncoming: true } },
    ])
  })

  test('in upper case, and imported as sent to the client', async () => {
    const receiver = { id: 'u-1', ref_id: personId.toUpperCase() }
    const fields = { conversation_id: 'c-1', conversation_ref_id: chatId.toUpperCase(), receiver }
    const sender = { ref_id: channel.bot.id }
    expect(await post({ ...fields, sender })).toMatchObject({
      status: 200,
      ids: { conversation_id: chatId, receiver_id: personId },
    })
    expect(await idsOf()).toEqual(['c-1', 'u-1'])
  })

  test('whoever answers there without our id of them is the one it was begun with', async () => {
    expect(await post({ conversation_id: 'c-1', conversation_ref_id: chatId, sender: { id: 'u-1' } })).toMatchObject({
      ids: { sender_id: personId },
    })
    expect(await idsOf()).toEqual(['c-1', 'u-1'])
  })

  test('our ids alone place a message, and bind nothing', async () => {
    const ours = { conversation_id: undefined, conversation_ref_id: chatId, sender: { ref_id: personId } }
    expect(await post(ours)).toMatchObject({ status: 200, ids: { conversation_id: chatId, sender_id: personId } })
    expect(await idsOf()).toEqual([null, null])
    expect(await post({ ...ours, conversation_id: 'c-1', sender: { id: 'u-1', ref_id: personId } })).toMatchObject({
      ids: { conversation_id: chatId },
    })
    expect(await idsOf()).toEqual(['c-1', 'u-1'])
  })

  test('20 at once bind once', async () => {
    const both = { conversation_id: 'c-1', conversation_ref_id: chatId, sender: { id: 'u-1', ref_id: personId } }
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(both)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await world.messagesOf(channel)).toHaveLength(20)
  })
})

describe('refused, and nothing is bound or stored', () => {
  test.each([
    [
      'a conversation that is another chat',
      { conversation_id: 'taken' },
      'payload.conversation_ref_id: and payload.conversation_id belong to different chats',
    ],
    [
      'a client who is somebody else',
      { sender: true },
      'payload.sender.ref_id: and payload.sender.id belong to different people',
    ],
    ['a message that is wrong otherwise', { timestamp: 'now' }, 'payload.timestamp: must be an integer'],
    ['a message from the future', { msec_timestamp: 1e15 }, /^payload\.msec_timestamp: is more than 24 hours/],
  ])('%s', async (_, fields, why) => {
    await channel.send(aNewMessage({ conversation_id: 'taken', sender: aSender({ id: 'u-taken' }) }))
    const sender = { id: 'sender' in fields ? 'u-taken' : 'u-1', ref_id: personId }
    const answer = await post({ conversation_id: 'c-1', conversation_ref_id: chatId, ...fields, sender })
    expect(answer).toMatchObject({ status: 400, type: 'ORIGIN_INVALID_PAYLOAD', why: expect.stringMatching(why) })
    expect(await idsOf()).toEqual([null, null])
    expect(await world.messagesOf(channel)).toHaveLength(1)
  })

  test("a chat that is not this connection's", async () => {
    const other = await world.aChannel({ account: channel.account })
    const elsewhere = await world.aChannel()
    for (const to of [other, elsewhere])
      expect(await post({ conversation_ref_id: chatId }, to)).toMatchObject({
        status: 404,
        type: 'ORIGIN_CHAT_NOT_FOUND',
      })
    for (const ref of ['c-1', uuidv7(), '%', 'x'.repeat(255)])
      expect(await post({ conversation_ref_id: ref })).toMatchObject({ status: 404, type: 'ORIGIN_CHAT_NOT_FOUND' })
  })
})

test('what has its ids keeps them: our id is what counts beside ids that nobody has', async () => {
  const both = (conversation_id: string, id = 'u-1') =>
    post({ conversation_id, conversation_ref_id: chatId, sender: { id, ref_id: personId } })
  await both('c-1')
  for (const answer of [await both('c-2'), await both('c-1', 'u-2'), await both('c-3', 'u-3')])
    expect(answer).toMatchObject({ status: 200 })
  expect(await idsOf()).toEqual(['c-1', 'u-1'])
  const stored = await world.messagesOf(channel)
  expect(new Set(stored.map((message) => message.chatId))).toEqual(new Set([chatId]))
})

test('who writes to a client in a chat of ours neither makes a second one nor renames him', async () => {
  await post({
    conversation_id: 'c-1',
    conversation_ref_id: chatId,
    sender: { id: 'u-1', ref_id: personId, name: 'Nora' },
  })
  const nameOf = () =>
    world.deps.db
      .selectFrom('participant')
      .select(['id', 'name'])
      .where('channel_id', '=', channel.id as never)
      .execute()
  const before = await nameOf()
  const sender = { id: 'any', ref_id: channel.bot.id, name: 'Bot' }
  const answer = await post({
    conversation_id: 'c-9',
    conversation_ref_id: chatId,
    sender,
    receiver: { id: 'any-2', name: 'Unknown' },
  })
  expect(answer).toMatchObject({ status: 200 })
  expect(await nameOf()).toEqual(before)
  expect(before).toEqual([{ id: personId, name: 'Nora' }])
  expect(await idsOf()).toEqual(['c-1', 'u-1'])
})
