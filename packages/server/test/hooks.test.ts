import { randomUUID } from 'node:crypto'
import type { ChatId } from '@parley/protocol/model'
import { aNewMessage, type ChannelOptions, startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { download, MP4, nextHook, OGG, openLine, PDF, png } from './hook-line.ts'

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

const aLine = (options?: ChannelOptions) => openLine(world, options)

describe('version 2', () => {
  test('a text says who, to whom, where and when', async () => {
    const line = await aLine()
    const sent = await line.manager.sendText(line.chatId, 'Yes: 5 left \u2028 <b>&</b> 😀')
    const json = await nextHook(line)
    expect(json).toEqual({
      account_id: line.channel.account.amojoId,
      time: Math.floor(sent.receivedAt / 1000),
      message: {
        receiver: {
          id: line.said.senderId,
          client_id: line.clientId,
          phone: '+46700000055',
          email: 'nora@example.net',
        },
        sender: { id: line.channel.account.manager.amojoId },
        conversation: { id: line.chatId, client_id: line.conversationId },
        timestamp: Math.floor(sent.sentAt / 1000),
        msec_timestamp: sent.sentAt,
        message: {
          id: sent.id,
          type: 'text',
          text: 'Yes: 5 left \u2028 <b>&</b> 😀',
          markup: null,
          tag: '',
          media: '',
          thumbnail: '',
          file_name: '',
          file_size: 0,
        },
      },
    })
  })

  test('a picture can be downloaded by whoever got the hook, and so can its thumbnail', async () => {
    const line = await aLine()
    const bytes = await png()
    const { id } = await line.manager.uploadFile(bytes, { name: 'box.png' })
    await line.manager.sendMessage(line.chatId, { text: 'This one', file: { id, name: 'my box.png' } })
    const { message } = (await nextHook(line)).message
    expect(message).toMatchObject({
      type: 'picture',
      text: 'This one',
      file_name: 'my box.png',
      file_size: bytes.length,
    })
    expect(message.media).toBe(`${world.url}/files/${line.channel.account.id}/${id}/my%20box.png`)
    expect((await download(message.media)).equals(bytes)).toBe(true)
    const thumbnail = await download(message.thumbnail)
    expect(thumbnail.subarray(8, 12).toString()).toBe('WEBP')
    expect(thumbnail.length).toBeLessThan(bytes.length)
  })

  test.each([
    ['video', MP4, undefined],
    ['audio', OGG, undefined],
    ['voice', OGG, 'voice'],
    ['file', PDF, undefined],
  ] as const)('a %s', async (type, bytes, as) => {
    const line = await aLine()
    const { id } = await line.manager.uploadFile(bytes)
    await line.manager.sendMessage(line.chatId, {
      file: { id, name: 'thing.bin', durationMs: 2400, ...(as && { as }) },
    })
    const { message } = (await nextHook(line)).message
    expect(message).toMatchObject({ type, text: '', file_name: 'thing.bin', file_size: bytes.length })
    expect(message).toMatchObject({ thumbnail: '', media_duration: 2 })
    expect((await download(message.media)).equals(bytes)).toBe(true)
  })

  test('buttons and a template', async () => {
    const line = await aLine()
    const buttons = [[{ text: 'Ship' }, { text: 'Wait' }], [{ text: 'Later' }]]
    const template = {
      id: 410,
      externalId: 'ship-question',
      content: 'Order {{1}}?',
      params: [{ key: '{{1}}', value: '5512' }],
    }
    await line.manager.sendMessage(line.chatId, { text: 'Order 5512?', buttons, template })
    const { message } = (await nextHook(line)).message
    expect(message.markup).toEqual({ mode: 'inline', buttons })
    expect(message.template).toEqual({
      id: 410,
      external_id: 'ship-question',
      content: 'Order {{1}}?',
      params: [{ key: '{{1}}', value: '5512' }],
    })
  })

  test('an answer quotes what it answers, in full', async () => {
    const line = await aLine()
    const long = 'long '.repeat(1000)
    await line.manager.sendMessage(line.chatId, { text: 'Yes', replyToId: line.said.id })
    const { reply_to } = (await nextHook(line)).message.message
    expect(reply_to.message).toMatchObject({
      id: line.said.id,
      msgid: line.said.msgid,
      type: 'text',
      text: 'Is it in stock?',
      sender: { id: line.said.senderId, client_id: line.clientId, name: 'Nora Lind' },
    })
    expect(reply_to.message).not.toHaveProperty('receiver')
    const own = await line.manager.sendText(line.chatId, long)
    await nextHook(line)
    await line.manager.sendMessage(line.chatId, { text: 'As I said', replyToId: own.id })
    const quoted = (await nextHook(line)).message.message.reply_to.message
    expect(quoted).toMatchObject({
      id: own.id,
      text: long,
      sender: { id: line.channel.account.manager.amojoId, name: 'Max Berg' },
      receiver: { id: line.said.senderId, client_id: line.clientId, name: 'Nora Lind' },
    })
    expect(quoted).not.toHaveProperty('msgid')
    expect(JSON.stringify(quoted)).not.toContain('+46700000055')
  })

  test('a forwarded message is copied, and says where it is from', async () => {
    const line = await aLine()
    const location = { lon: 18.0686, lat: 59.3293 }
    const from = await line.channel.send(aNewMessage({ message: { type: 'location', location } }))
    await line.manager.sendMessage(line.chatId, { forwardOfId: from.msgid })
    const { message } = (await nextHook(line)).message
    expect(message).toMatchObject({ type: 'location', location })
    expect(message.forwards).toMatchObject({
      messages: [{ id: from.msgid, msgid: from.ref_id, type: 'location', location }],
      conversation_ref_id: from.conversation_id,
    })
  })

  test('a channel without quotes gets a forwarded message as any other', async () => {
    const line = await aLine({ settings: { supports_reply: false } })
    await line.manager.sendMessage(line.chatId, { forwardOfId: line.said.id })
    const { message } = (await nextHook(line)).message
    expect(message).toMatchObject({ type: 'text', text: 'Is it in stock?' })
    expect(message).not.toHaveProperty('forwards')
  })

  test('files that were sent in one go have a common group', async () => {
    const line = await aLine()
    const { id } = await line.manager.uploadFile(PDF)
    const mediaGroupId = randomUUID()
    for (const name of ['a.pdf', 'b.pdf'])
      await line.manager.sendMessage(line.chatId, { mediaGroupId, file: { id, name } })
    const messages = [(await nextHook(line)).message.message, (await nextHook(line)).message.message]
    expect(messages.map(({ file_name, media_group_id }) => [file_name, media_group_id])).toEqual([
      ['a.pdf', mediaGroupId],
      ['b.pdf', mediaGroupId],
    ])
  })

  test('an answer to a comment', async () => {
    const line = await aLine()
    const post = { id: 'post-7', url: 'https://p.example/7' }
    const message = { type: 'text', text: 'How much?', post }
    const comment = await line.channel.send(aNewMessage({ message }))
    const chatId = comment.conversation_id as ChatId
    await line.manager.sendMessage(chatId, { text: 'Ten', replyToId: comment.msgid })
    const hook = (await nextHook(line)).message
    expect(hook).toMatchObject({
      sender: { id: line.channel.account.manager.amojoId, name: 'Max Berg' },
      receiver: { id: comment.sender_id, name: 'Nora Lind' },
      message: {
        type: 'text',
        text: 'Ten',
        markup: null,
        post: { id: 'post-7' },
        reply_to: { message: { id: comment.msgid, msgid: comment.ref_id } },
      },
    })
    await line.manager.sendText(chatId, 'In private')
    const direct = (await nextHook(line)).message
    expect(direct.message).not.toHaveProperty('post')
    expect(direct.sender).toEqual({ id: line.channel.account.manager.amojoId })
  })

  test('names the chat’s source, else whatever is the default at the time', async () => {
    const line = await aLine()
    const addDefault = (externalId: string) =>
      world.deps.db
        .insertInto('source')
        .values({
          account_id: line.channel.account.id,
          channel_id: line.channel.id as never,
          external_id: externalId,
          name: externalId,
          is_default: true,
        })
        .execute()
    await addDefault('main-number')
    await line.manager.sendText(line.chatId, 'One')
    expect((await nextHook(line)).message.source).toEqual({ external_id: 'main-number' })
    const named = await line.channel.send(aNewMessage({ source: { external_id: 'shop-2' } }))
    await line.manager.sendText(named.conversation_id as ChatId, 'Two')
    expect((await nextHook(line)).message.source).toEqual({ external_id: 'shop-2' })
  })
})

describe('version 1', () => {
  const asV1: ChannelOptions = { hookVersion: 'v1' }

  test('a text is flat and names people by the integration’s ids', async () => {
    const line = await aLine(asV1)
    const sent = await line.manager.sendText(line.chatId, 'We kept one')
    expect(await nextHook(line)).toEqual({
      receiver: line.clientId,
      conversation_id: line.conversationId,
      msec_timestamp: sent.sentAt,
      type: 'text',
      text: 'We kept one',
      media: '',
      thumbnail: '',
      file_name: '',
      file_size: 0,
    })
  })

  test.each([
    ['a picture', 'picture', png, undefined],
    ['a video', 'video', async () => MP4, undefined],
    ['a file', 'file', async () => PDF, undefined],
    ['a sound', 'file', async () => OGG, undefined],
    ['a voice message', 'file', async () => OGG, 'voice'],
  ] as const)('%s goes as a %s, with its caption', async (_, type, make, as) => {
    const line = await aLine(asV1)
    const bytes = await make()
    const { id } = await line.manager.uploadFile(bytes)
    await line.manager.sendMessage(line.chatId, { text: 'Look', file: { id, name: 'thing.bin', ...(as && { as }) } })
    const json = await nextHook(line)
    expect(json).toMatchObject({ type, text: 'Look', file_name: 'thing.bin', file_size: bytes.length })
    expect((await download(json.media)).equals(bytes)).toBe(true)
  })

  test('buttons become lines; a quote and a template are left out', async () => {
    const line = await aLine(asV1)
    await line.manager.sendMessage(line.chatId, {
      text: 'Shall we?',
      buttons: [[{ text: 'Yes' }], [{ text: 'No' }]],
      replyToId: line.said.id,
      template: { id: 1, content: 'Shall we?', params: [] },
    })
    const json = await nextHook(line)
    expect(json.text).toBe('Shall we?\nYes\nNo')
    expect(Object.keys(json)).toHaveLength(9)
    expect((await line.manager.getChat(line.chatId)).chat.channel.can.quotes).toBe(false)
  })

  test.each([
    ['a location', { type: 'location', location: { lon: 1, lat: 2 } }],
    ['a contact', { type: 'contact', contact: { name: 'Ola', phone: '+461' } }],
  ])('cannot carry %s', async (what, message) => {
    const line = await aLine(asV1)
    const from = await line.channel.send(aNewMessage({ message }))
    const sending = line.manager.sendMessage(line.chatId, { forwardOfId: from.msgid })
    await expect(sending).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining(`cannot carry ${what}`),
    })
  })

  test('cannot carry an answer to a comment: it would be no comment', async () => {
    const line = await aLine(asV1)
    const message = { type: 'text', text: 'How much?', post: { id: 'post-1', url: 'https://p.example/1' } }
    const comment = await line.channel.send(aNewMessage({ message }))
    const answer = { text: 'Ten', replyToId: comment.msgid }
    const sending = line.manager.sendMessage(comment.conversation_id as ChatId, answer)
    await expect(sending).rejects.toMatchObject({ status: 409, message: expect.stringContaining('a comment') })
  })

  test('has an address of its own', async () => {
    const [one, two] = [await world.aHookReceiver(), await world.aHookReceiver()]
    const line = await aLine({ hookVersion: 'v1', hook: one, webhookUrlV1: two.url })
    await line.manager.sendText(line.chatId, 'Hello')
    expect((await two.next()).json().receiver).toBe(line.clientId)
    await line.channel.connect({ hookVersion: 'v2' })
    await line.manager.sendText(line.chatId, 'Hello again')
    expect((await one.next()).json().message.message.text).toBe('Hello again')
    expect([one.requests.length, two.requests.length]).toEqual([1, 1])
  })
})

describe('which messages cause a hook', () => {
  test('a manager’s, once per id; none that came by the API, edited or not', async () => {
    const line = await aLine()
    const { channel, manager, chatId } = line
    const bot = { id: 'bot', name: 'Bot', ref_id: channel.bot.id }
    const client = { id: line.clientId, name: 'Nora Lind' }
    const imported = aNewMessage({
      conversation_id: line.conversationId,
      sender: bot,
      receiver: client,
      text: 'By bot',
    })
    await channel.send(imported)
    const edited = { ...imported.payload, message: { type: 'text', text: 'By bot, edited' } }
    await channel.send({ event_type: 'edit_message', payload: edited })
    const user = { id: 'm', name: 'Max', ref_id: channel.account.manager.amojoId }
    await channel.send(
      aNewMessage({ conversation_id: line.conversationId, sender: user, receiver: client, text: 'Elsewhere' }),
    )
    const id = randomUUID()
    for (const text of ['Once', 'Twice']) await manager.sendText(chatId, text, id)
    await manager.sendText(chatId, 'Last')
    // A lane keeps its order: what was before the last would have come by now.
    expect((await nextHook(line)).message.message).toMatchObject({ id, text: 'Once' })
    expect((await nextHook(line)).message.message.text).toBe('Last')
    expect(line.hook.requests).toHaveLength(2)
  })

  test('one that failed goes again with the same bytes, whatever it holds', async () => {
    const line = await aLine()
    line.hook.answerWith(400)
    const { id } = await line.manager.uploadFile(await png())
    const stream = await line.manager.openStream()
    const sent = await line.manager.sendMessage(line.chatId, {
      file: { id, name: 'box.png' },
      replyToId: line.said.id,
      buttons: [[{ text: 'Yes' }]],
    })
    const first = await line.hook.next()
    await stream.waitForEvent('message.status_changed')
    await line.manager.retryMessage(line.chatId, sent.id)
    const second = await line.hook.next()
    expect(second.body.equals(first.body)).toBe(true)
    expect(second.isSignedBy(line.channel.secret)).toBe(true)
    expect(second.json().message.message).toMatchObject({ id: sent.id, type: 'picture' })
    await stream.close()
  })
})
