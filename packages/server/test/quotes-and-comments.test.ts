import type { ChatId, Message, PipelineId } from '@parley/protocol/model'
import { aNewMessage, aSender, startTestWorld, type TestChannel, type TestWorld } from '@parley/testkit'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

const CDN = 'https://cdn.example.net'
const inChat = (conversation_id: string, id = 'u-1') => ({ conversation_id, sender: aSender({ id }) })

async function show(channel: TestChannel, fields: Record<string, unknown>): Promise<Message> {
  const { conversation_id, msgid } = await channel.send(aNewMessage(fields))
  const { items } = await (await channel.account.asManager()).listMessages(conversation_id as ChatId, '?limit=100')
  return items.find(({ id }) => id === msgid)!
}
const refusalOf = async (channel: TestChannel, fields: Record<string, unknown>) => {
  const answer = await channel.post(aNewMessage(fields))
  const body = (await answer.json()) as Record<string, unknown>
  return [answer.status, body.error_type, body.error_description]
}

describe('an answer to a message', () => {
  test('by either id, with what it said then', async () => {
    const channel = await world.aChannel()
    const message = { type: 'voice', media: `${CDN}/v.ogg`, text: 'Listen', media_duration: 3 }
    const first = await channel.send(aNewMessage({ ...inChat('c-1'), msgid: 'first', message }))
    for (const quoted of [{ id: first.msgid }, { msgid: 'first' }, { id: uuidv7(), msgid: 'first' }]) {
      const { replyTo } = await show(channel, { ...inChat('c-1'), reply_to: { message: quoted } })
      expect(replyTo).toMatchObject({ messageId: first.msgid, author: 'Nora Lind', kind: 'voice', text: 'Listen' })
    }
  })

  test('in another chat it is nothing, and the message is taken', async () => {
    const channel = await world.aChannel()
    const first = await channel.send(aNewMessage({ ...inChat('c-1'), msgid: 'first' }))
    for (const quoted of [
      { id: first.msgid },
      { msgid: 'first' },
      { id: 'no id' },
      { msgid: 'x', sender: { id: 'u' } },
    ])
      expect((await show(channel, { ...inChat('c-2'), reply_to: { message: quoted } })).replyTo).toBeUndefined()
  })

  test('of which only the content is known', async () => {
    const channel = await world.aChannel()
    await channel.send(aNewMessage(inChat('c-1')))
    const quote = { msgid: 'gone', type: 'image', text: 'Box', timestamp: 1772532930, file_name: 'b.jpg' }
    const of = async (sender: unknown) =>
      (await show(channel, { ...inChat('c-1'), reply_to: { message: { ...quote, sender } } })).replyTo
    const known = { messageId: null, kind: 'picture', text: 'Box', sentAt: 1772532930_000 }
    expect(await of({ name: 'Somebody' })).toMatchObject({ ...known, author: 'Somebody' })
    expect(await of({ id: 'u-1' })).toMatchObject({ ...known, author: 'Nora Lind' })
    expect(await of({ ref_id: channel.account.manager.amojoId })).toMatchObject({ ...known, author: 'Max Berg' })
    expect(await of({ ref_id: channel.bot.id, name: 'x' })).toMatchObject({ ...known, author: channel.bot.name })
  })

  test.each([
    [
      { reply_to: { message: { text: 'x' } } },
      'payload.reply_to.message.type: is missing; it is needed without id and msgid',
    ],
    [{ reply_to: { message: { type: 'text' } } }, 'payload.reply_to.message.text: is missing'],
    [{ reply_to: { message: { type: 'hologram' } } }, /^payload\.reply_to\.message\.type: unknown value/],
    [{ reply_to: 'x' }, 'payload.reply_to: must be an object'],
    [{ forwards: { messages: [{ id: 'a' }, { id: 'b' }] } }, /^payload\.forwards\.messages: must not be more than 1/],
    [{ forwards: {} }, 'payload.forwards.messages: is missing'],
    [{ forwards: { messages: [{}] } }, /^payload\.forwards\.messages\[0\]\.type: is missing/],
  ])('refused: %j', async (fields, why) => {
    const channel = await world.aChannel()
    expect(await refusalOf(channel, fields)).toEqual([400, 'ORIGIN_INVALID_PAYLOAD', expect.stringMatching(why)])
    expect(await world.messagesOf(channel)).toEqual([])
  })

  test('where the channel does not quote', async () => {
    const channel = await world.aChannel({ settings: { supports_reply: false } })
    for (const fields of [{ reply_to: { message: { id: 'a' } } }, { forwards: { messages: [{ id: 'a' }] } }])
      expect(await refusalOf(channel, fields)).toEqual([400, 'ORIGIN_UNSUPPORTED', expect.stringMatching(/quoting/)])
    expect((await channel.post(aNewMessage({ reply_to: null, forwards: { messages: [] } }))).status).toBe(200)
  })
})

describe('a forwarded message', () => {
  test('may be from any chat of the channel in this account', async () => {
    const channel = await world.aChannel()
    const first = await channel.send(aNewMessage({ ...inChat('c-1'), msgid: 'first', text: 'Pass it on' }))
    const forwarded = { messageId: first.msgid, chatId: first.conversation_id, text: 'Pass it on' }
    for (const forwards of [
      { messages: [{ id: first.msgid }] },
      { messages: [{ msgid: 'first' }], conversation_id: 'c-1' },
      { messages: [{ msgid: 'first' }], conversation_ref_id: first.conversation_id },
    ])
      expect((await show(channel, { ...inChat('c-2'), forwards })).forwarded).toMatchObject(forwarded)
    const other = await world.aChannel({ account: channel.account })
    const messages = [{ id: first.msgid, type: 'text', text: 'As told', sender: { name: 'Nora' } }]
    expect((await show(other, { forwards: { messages } })).forwarded).toMatchObject({
      messageId: null,
      text: 'As told',
    })
  })
})

describe('comments', () => {
  const comment = (id: string, fields: Record<string, unknown> = {}) => ({
    ...inChat('c-1'),
    message: {
      type: 'text',
      text: `on ${id}`,
      post: { id, url: `${CDN}/p/${id}`, username: 'harbor', caption: 'Blue', preview_url: `${CDN}/p.jpg` },
    },
    ...fields,
  })
  const talksOf = (channel: TestChannel) =>
    world.deps.db
      .selectFrom('talk')
      .select(['id', 'chat_id', 'lead_id', 'post_id', 'closed_at'])
      .where('account_id', '=', channel.account.id)
      .orderBy('id')
      .execute()

  test('stand in the client’s chat, with a talk for each post on one lead', async () => {
    const channel = await world.aChannel()
    const message = await show(channel, comment('p-1'))
    expect(message.post).toMatchObject({
      id: 'p-1',
      url: `${CDN}/p/p-1`,
      caption: 'Blue',
      author: 'harbor',
      preview: { state: 'waiting' },
    })
    await channel.send(aNewMessage(comment('p-1')))
    await channel.send(aNewMessage(comment('p-2')))
    await channel.send(aNewMessage(inChat('c-1')))
    const manager = await channel.account.asManager()
    const chats = (await manager.listChats()).items
    expect(chats).toMatchObject([{ unread: 4, lead: { isIncoming: true } }])
    expect((await manager.listNotifications()).items).toMatchObject([{ kind: 'incoming_lead' }])
    const of = { chat_id: chats[0]!.id, lead_id: chats[0]!.lead!.id }
    expect(await talksOf(channel)).toMatchObject([
      { ...of, post_id: 'p-1' },
      { ...of, post_id: 'p-2' },
      { ...of, post_id: null },
    ])
  })

  test('at once with direct messages: one talk for each', async () => {
    const channel = await world.aChannel()
    await Promise.all(
      [comment('p-1'), inChat('c-1'), comment('p-2'), comment('p-1'), inChat('c-1')].map((fields) =>
        channel.send(aNewMessage(fields)),
      ),
    )
    expect((await talksOf(channel)).map((talk) => talk.post_id).sort()).toEqual([null, 'p-1', 'p-2'])
    expect((await (await channel.account.asManager()).listChats()).items).toHaveLength(1)
  })

  test('after the lead was declined the post is talked about anew', async () => {
    const channel = await world.aChannel()
    await channel.send(aNewMessage(comment('p-1')))
    const manager = await channel.account.asManager()
    const [chat] = (await manager.listChats()).items
    await manager.declineLead(chat!.lead!.id)
    await channel.send(aNewMessage(comment('p-1')))
    const talks = await talksOf(channel)
    expect(talks.map((talk) => [talk.post_id, talk.closed_at === null])).toEqual([
      ['p-1', false],
      ['p-1', true],
    ])
    expect((await manager.listChats()).items[0]?.lead?.id).toBe(talks[1]?.lead_id)
  })

  test('silent ones open nothing; of a user they are taken, of the bot not', async () => {
    const channel = await world.aChannel()
    await channel.send(aNewMessage(comment('p-1', { silent: true })))
    expect(await talksOf(channel)).toEqual([])
    const receiver = aSender({ id: 'u-1' })
    const byUser = comment('p-1', { sender: { ref_id: channel.account.manager.amojoId }, receiver })
    expect(await show(channel, byUser)).toMatchObject({ direction: 'out', post: { id: 'p-1' } })
    expect(await refusalOf(channel, comment('p-1', { sender: { ref_id: channel.bot.id }, receiver }))).toEqual([
      400,
      'ORIGIN_INVALID_PAYLOAD',
      expect.stringMatching(/^payload\.sender\.ref_id: names the bot/),
    ])
  })
})

describe('the pipeline of a new lead', () => {
  /** A connection with a source for each of two pipelines beside the main one. */
  async function withSources() {
    const channel = await world.aChannel()
    const of = { account_id: channel.account.id, channel_id: channel.id as never }
    const { db } = world.deps
    const pipelines: Record<string, PipelineId> = {}
    for (const name of ['named', 'default']) {
      const pipeline = await db
        .insertInto('pipeline')
        .values({ account_id: of.account_id, name, position: 1 })
        .returning('id')
        .executeTakeFirstOrThrow()
      const stage = { account_id: of.account_id, pipeline_id: pipeline.id, name: 'In', kind: 'incoming' as const }
      await db.insertInto('stage').values(stage).execute()
      const source = { ...of, external_id: name, name, pipeline_id: pipeline.id, is_default: name === 'default' }
      await db.insertInto('source').values(source).execute()
      pipelines[name] = pipeline.id
    }
    await db
      .insertInto('source')
      .values({ ...of, external_id: 'gone', name: 'x', pipeline_id: pipelines.named!, deleted_at: world.now() })
      .execute()
    await db
      .insertInto('source')
      .values({ ...of, external_id: 'main', name: 'x' })
      .execute()
    return { channel, pipelines }
  }

  test('is that of the source named, else of the default one, else the main one', async () => {
    const { channel, pipelines } = await withSources()
    const manager = await channel.account.asManager()
    const main = (await manager.listPipelines()).items.find((pipeline) => pipeline.isMain)!.id
    const pipelineOf = async (external_id: string | undefined, sender: string) => {
      const source = external_id === undefined ? undefined : { external_id }
      const { conversation_id } = await channel.send(aNewMessage({ ...inChat(`c-${sender}`, sender), source }))
      const { lead, chat } = await manager.getChat(conversation_id as ChatId)
      return [lead?.pipeline.id, chat.source]
    }
    expect(await pipelineOf('named', 'a')).toEqual([pipelines.named, 'named'])
    expect((await pipelineOf(undefined, 'b'))[0]).toBe(pipelines.default)
    expect((await pipelineOf('gone', 'c'))[0]).toBe(pipelines.default)
    expect((await pipelineOf('never heard of', 'd'))[0]).toBe(pipelines.default)
    expect((await pipelineOf('main', 'e'))[0]).toBe(main)
    await world.deps.db
      .updateTable('source')
      .set({ is_default: false })
      .where('account_id', '=', channel.account.id)
      .execute()
    expect((await pipelineOf(undefined, 'f'))[0]).toBe(main)
    expect((await pipelineOf('never heard of', 'g'))[0]).toBe(main)
  })
})
