import { randomUUID } from 'node:crypto'
import type { ChatId, Message, MessageId, SendMessageInput } from '@parley/protocol/model'
import {
  AppApiRefusal,
  type AppClient,
  aNewMessage,
  type ChannelOptions,
  startTestWorld,
  type TestChannel,
  type TestWorld,
} from '@parley/testkit'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

interface Place {
  channel: TestChannel
  manager: AppClient
  chatId: ChatId
  /** What the client said. */
  saidId: MessageId
}

async function aChat(options: ChannelOptions = {}): Promise<Place> {
  const channel = await world.aChannel(options)
  const ids = await channel.send(aNewMessage({ text: 'Is it in stock?' }))
  const manager = await channel.account.asManager()
  return { channel, manager, chatId: ids.conversation_id as ChatId, saidId: ids.msgid as MessageId }
}

/** The refusal of something that must not be sent; nothing of it may be stored. */
async function refusalOf({ manager, chatId }: Place, input: Partial<SendMessageInput>): Promise<AppApiRefusal> {
  const before = await manager.listMessages(chatId)
  const refusal = await manager.sendMessage(chatId, input).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(refusal).toBeInstanceOf(AppApiRefusal)
  expect(await manager.listMessages(chatId)).toEqual(before)
  return refusal as AppApiRefusal
}

const png = (width = 640) =>
  sharp({ create: { width, height: 480, channels: 3, background: 'teal' } })
    .png()
    .toBuffer()
const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
const MP4 = Buffer.concat([Buffer.from('00000020667479706d703432', 'hex'), Buffer.from('00000000mp42isom')])
const OGG = Buffer.concat([Buffer.from('OggS\0\x02'), Buffer.alloc(22), Buffer.from('OpusHead')])

describe('a file', () => {
  test('that is a picture is shown as one, with its size, its thumbnail and its caption', async () => {
    const { manager, chatId } = await aChat()
    const file = await manager.uploadFile(await png(), { name: 'box.png' })
    const sent = await manager.sendMessage(chatId, { text: 'This one?', file: { id: file.id, name: 'box.png' } })
    expect(sent).toMatchObject({
      direction: 'out',
      kind: 'picture',
      text: 'This one?',
      status: expect.stringMatching(/queued|failed/),
      media: {
        state: 'ready',
        url: file.url,
        fileName: 'box.png',
        sizeBytes: file.sizeBytes,
        mediaType: 'image/png',
        width: 640,
        height: 480,
        thumbnail: file.thumbnail,
      },
    })
    expect((await manager.getChat(chatId)).chat.lastMessage).toMatchObject({ kind: 'picture', text: 'This one?' })
  })

  test.each([
    ['a PDF', PDF, undefined, 'file'],
    ['a video', MP4, undefined, 'video'],
    ['a sound', OGG, undefined, 'audio'],
    ['a sound sent as a voice message', OGG, 'voice', 'voice'],
    ['a video sent as a file', MP4, 'file', 'file'],
  ] as const)('%s', async (_, bytes, as, kind) => {
    const { manager, chatId } = await aChat()
    const { id } = await manager.uploadFile(bytes, { name: 'thing' })
    const peaks = [0, 50, 100]
    const file = { id, name: 'thing', durationMs: 2500, peaks, ...(as && { as }) }
    const sent = await manager.sendMessage(chatId, { file })
    expect(sent).toMatchObject({ kind, text: '', media: { fileName: 'thing', durationMs: 2500, peaks } })
  })

  test('of another account is none', async () => {
    const place = await aChat()
    const stranger = await (await world.anAccount()).asManager()
    const { id } = await stranger.uploadFile(PDF)
    const refusal = await refusalOf(place, { file: { id, name: 'x.pdf' } })
    expect(refusal).toMatchObject({ status: 400, message: expect.stringContaining('file.id: there is no such file') })
  })

  test('larger than the channel takes is refused with both sizes', async () => {
    const place = await aChat({ settings: { max_file_size: 1000 } })
    const { id, sizeBytes } = await place.manager.uploadFile(Buffer.concat([PDF, Buffer.alloc(1000)]))
    const refusal = await refusalOf(place, { file: { id, name: 'x.pdf' } })
    expect(refusal).toMatchObject({ status: 400, details: { field: 'file', sizeBytes, maxBytes: 1000 } })
  })

  test('as a voice message where the channel takes none is refused; as a sound it goes', async () => {
    const place = await aChat({ settings: { supports_voice: false } })
    const { id } = await place.manager.uploadFile(OGG)
    const refusal = await refusalOf(place, { file: { id, name: 'v.ogg', as: 'voice' } })
    expect(refusal).toMatchObject({ status: 409, message: expect.stringContaining('does not take voice messages') })
    expect((await place.manager.sendMessage(place.chatId, { file: { id, name: 'v.ogg' } })).kind).toBe('audio')
  })
})

describe('an answer', () => {
  test('to a message shows what it answers', async () => {
    const { manager, chatId, saidId } = await aChat()
    const sent = await manager.sendMessage(chatId, { text: 'It is', replyToId: saidId.toUpperCase() })
    expect(sent.replyTo).toMatchObject({
      messageId: saidId,
      chatId,
      author: 'Nora Lind',
      kind: 'text',
      text: 'Is it in stock?',
    })
  })

  test('keeps the beginning of a long text, and no half of a character', async () => {
    const { manager, chatId, channel } = await aChat()
    const text = `${'a'.repeat(299)}😀${'b'.repeat(400)}`
    const own = await manager.sendText(chatId, text)
    const sent = await manager.sendMessage(chatId, { text: 'See above', replyToId: own.id })
    expect(sent.replyTo).toMatchObject({ author: 'Max Berg', text: 'a'.repeat(299) })
    expect(channel.account.manager.name).toBe('Max Berg')
  })

  test('needs a message of the same chat', async () => {
    const place = await aChat()
    const other = await place.channel.send(aNewMessage())
    for (const replyToId of [other.msgid, randomUUID()])
      expect(await refusalOf(place, { text: 'Yes', replyToId })).toMatchObject({
        status: 400,
        message: expect.stringContaining('replyToId: there is no such message in this chat'),
      })
  })

  test('needs a channel that can show it', async () => {
    const place = await aChat({ settings: { supports_reply: false } })
    expect(await refusalOf(place, { text: 'Yes', replyToId: place.saidId })).toMatchObject({ code: 'conflict' })
  })
})

describe('forwarding', () => {
  test('copies a message of another chat of the channel', async () => {
    const { manager, chatId, channel } = await aChat()
    const from = (await channel.send(aNewMessage())).conversation_id as ChatId
    const { id } = await manager.uploadFile(await png(64))
    const original = await manager.sendMessage(from, { text: 'Plan', file: { id, name: 'plan.png' } })
    const copy = await manager.sendMessage(chatId, { forwardOfId: original.id })
    expect(copy).toMatchObject({ kind: 'picture', text: 'Plan', media: original.media! })
    expect(copy.forwarded).toMatchObject({ messageId: original.id, chatId: from, author: 'Max Berg' })
  })

  test('takes nothing from another channel or account', async () => {
    const place = await aChat()
    const elsewhere = await world.aChannel({ account: place.channel.account })
    const abroad = await world.aChannel()
    for (const channel of [elsewhere, abroad]) {
      const { msgid } = await channel.send(aNewMessage())
      expect(await refusalOf(place, { forwardOfId: msgid })).toMatchObject({
        status: 400,
        message: expect.stringContaining('forwardOfId: '),
      })
    }
  })

  test('of a file that is not here is refused; it can be answered to', async () => {
    const place = await aChat()
    const media = 'http://127.0.0.1:9/plan.pdf'
    const message = { type: 'file', text: 'Plan', media, file_name: 'plan.pdf', file_size: 5 }
    const ids = await place.channel.send(aNewMessage({ conversation_id: 'with-file', message }))
    expect(await refusalOf(place, { forwardOfId: ids.msgid })).toMatchObject({
      status: 409,
      message: expect.stringContaining('copied'),
    })
    const sent = await place.manager.sendMessage(ids.conversation_id as ChatId, { text: 'Ok', replyToId: ids.msgid })
    expect(sent.replyTo).toMatchObject({ kind: 'file', text: 'Plan' })
  })

  test.each([
    ['a text', { text: 'Look' }],
    ['an answer', { replyToId: randomUUID() }],
  ])('adds nothing of its own: %s is refused', async (_, extra) => {
    const place = await aChat()
    const refusal = await refusalOf(place, { forwardOfId: place.saidId, ...extra })
    expect(refusal).toMatchObject({ status: 400, message: expect.stringContaining('forwardOfId: ') })
  })
})

describe('under a post', () => {
  const post = { id: 'post-1', url: 'https://p.example/1', caption: 'New boxes', username: 'harbor' }

  async function aComment(options: ChannelOptions = {}): Promise<Place> {
    const place = await aChat(options)
    const message = { type: 'text', text: 'How much?', post }
    const ids = await place.channel.send(aNewMessage({ message }))
    return { ...place, chatId: ids.conversation_id as ChatId, saidId: ids.msgid as MessageId }
  }

  test('an answer to a comment is a comment, also where the channel cannot quote', async () => {
    const { manager, chatId, saidId } = await aComment({ settings: { supports_reply: false } })
    const sent = await manager.sendMessage(chatId, { text: 'Ten', replyToId: saidId })
    expect(sent.post).toMatchObject({ id: 'post-1', url: 'https://p.example/1', caption: 'New boxes' })
    const again = await manager.sendMessage(chatId, { text: 'Or nine', replyToId: sent.id })
    expect(again.post).toMatchObject({ id: 'post-1' })
    expect(await manager.sendText(chatId, 'In private')).not.toHaveProperty('post')
  })

  test.each([
    ['a file', async (place: Place) => ({ file: { id: (await place.manager.uploadFile(PDF)).id, name: 'a.pdf' } })],
    ['buttons', async () => ({ buttons: [[{ text: 'Yes' }]] })],
    ['a template', async () => ({ template: { id: 1, content: 'x', params: [] } })],
  ])('an answer with %s is refused', async (_, extra) => {
    const place = await aComment()
    const refusal = await refusalOf(place, { text: 'Ten', replyToId: place.saidId, ...(await extra(place)) })
    expect(refusal).toMatchObject({ status: 400, message: expect.stringContaining('text only') })
  })
})

describe('what is sent', () => {
  test('under the same id is one message, whatever has changed since', async () => {
    const { manager, chatId, channel, saidId } = await aChat()
    const id = randomUUID()
    const [first, again] = await Promise.all([
      manager.sendMessage(chatId, { id, text: 'One', replyToId: saidId }),
      manager.sendMessage(chatId, { id: id.toUpperCase(), text: 'Two' }),
    ])
    expect(again.id).toBe(first.id)
    await channel.disconnect()
    expect(await manager.sendMessage(chatId, { id, text: 'Three' })).toMatchObject({ id, text: first.text })
    expect((await manager.listMessages(chatId)).items).toHaveLength(2)
  })

  test('under the id of somebody else’s message is refused', async () => {
    const { manager, chatId, channel } = await aChat()
    const other = await manager.sendText(chatId, 'Mine')
    const admin = await channel.account.asAdmin()
    await expect(admin.sendMessage(chatId, { id: other.id, text: 'Theirs' })).rejects.toMatchObject({ status: 409 })
    const second = (await channel.send(aNewMessage())).conversation_id as ChatId
    await expect(manager.sendText(second, 'Elsewhere', other.id)).rejects.toMatchObject({ status: 409 })
  })

  test('ends the waiting, and tells nobody but the screens', async () => {
    const { manager, chatId, channel } = await aChat()
    const colleague = await channel.account.asAdmin()
    const before = (await colleague.listNotifications()).items.length
    expect((await manager.getChat(chatId)).chat.waitingSince).not.toBeNull()
    const stream = await manager.openStream()
    const sent = await manager.sendMessage(chatId, { text: 'Here', buttons: [[{ text: 'Yes' }, { text: 'No' }]] })
    const frame = await stream.waitForEvent('message.sent')
    expect(frame).toMatchObject({ message: { id: sent.id, buttons: [[{ text: 'Yes' }, { text: 'No' }]] } })
    expect(frame).toMatchObject({ chat: { waitingSince: null, lastMessage: { id: sent.id, direction: 'out' } } })
    expect((await colleague.listNotifications()).items).toHaveLength(before)
    await stream.close()
  })

  test.each([
    ['ahead by a little stands below what it answers', 60_000, ['Is it in stock?', 'It is']],
    ['ahead by an hour stands by our clock', 3_600_000, ['It is', 'Is it in stock?']],
  ])('where the client’s clock is %s', async (_, aheadMs, order) => {
    const channel = await world.aChannel()
    const sentAt = world.clock.now().getTime() + aheadMs
    const ids = await channel.send(aNewMessage({ text: 'Is it in stock?', msec_timestamp: sentAt }))
    const manager = await channel.account.asManager()
    const chatId = ids.conversation_id as ChatId
    await manager.sendMessage(chatId, { text: 'It is' })
    const { items } = await manager.listMessages(chatId)
    expect(items.map(({ text }) => text).reverse()).toEqual(order)
    const [row] = (await manager.listChats()).items
    expect(row?.lastMessage?.text).toBe(order[1])
  })

  test('in a group keeps its group', async () => {
    const { manager, chatId } = await aChat()
    const mediaGroupId = randomUUID()
    const files = await Promise.all([png(10), png(20)].map(async (bytes) => manager.uploadFile(await bytes)))
    const sent: Message[] = []
    for (const { id } of files)
      sent.push(await manager.sendMessage(chatId, { mediaGroupId, file: { id, name: 'p.png' } }))
    expect(sent.map((message) => message.mediaGroupId)).toEqual([mediaGroupId, mediaGroupId])
  })

  test.each<[string, Partial<SendMessageInput> | Record<string, unknown>]>([
    ['nothing', {}],
    ['blanks', { text: '  \n' }],
    ['U+0000', { text: 'a\0b' }],
    ['half a character', { text: 'a\uD83Db' }],
    ['too long', { text: 'a'.repeat(20_001) }],
    ['a number', { text: 5 }],
    ['no UUID', { id: '1', text: 'a' }],
    ['buttons that mix', { text: 'a', buttons: [[{ text: 'A' }, { text: 'B', url: 'https://a.test' }]] }],
    ['a button to a script', { text: 'a', buttons: [[{ text: 'A', url: 'javascript:alert(1)' }]] }],
    ['a button with U+0000', { text: 'a', buttons: [[{ text: 'A', url: 'https://a.test/\0' }]] }],
    ['a button with half a character', { text: 'a', buttons: [[{ text: 'A', url: 'https://a.test/\uDC00' }]] }],
    ['26 buttons', { text: 'a', buttons: [Array.from({ length: 26 }, () => ({ text: 'A' }))] }],
    ['no rows', { text: 'a', buttons: [] }],
    ['a template beyond numbers', { text: 'a', template: { id: 1e300, content: 'a', params: [] } }],
    ['a template with U+0000', { text: 'a', template: { id: 1, content: 'a\0', params: [] } }],
    ['a negative duration', { file: { id: randomUUID(), name: 'a', durationMs: -1 } }],
    ['a nameless file', { file: { id: randomUUID(), name: ' ' } }],
  ])('as %s is refused', async (_, input) => {
    const place = await aChat()
    expect((await refusalOf(place, input as Partial<SendMessageInput>)).status).toBe(400)
  })

  test('to a chat of another account, or a disconnected channel, is refused', async () => {
    const place = await aChat()
    const stranger = await (await world.anAccount()).asManager()
    await expect(stranger.sendText(place.chatId, 'Hello')).rejects.toMatchObject({ status: 404 })
    await place.channel.disconnect()
    expect(await refusalOf(place, { text: 'Hello' })).toMatchObject({ status: 409 })
  })
})

describe('earlier texts', () => {
  test('are what a message said before its edits, oldest first', async () => {
    const { channel, manager } = await aChat()
    const said = aNewMessage({ text: 'One' })
    const ids = await channel.send(said)
    for (const text of ['Two', 'Three']) {
      const payload = { ...said.payload, message: { type: 'text', text } }
      await channel.send({ event_type: 'edit_message', payload })
    }
    const { items } = await manager.listEdits(ids.conversation_id as ChatId, ids.msgid as MessageId)
    expect(items.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', 'One'],
      ['text', 'Two'],
    ])
  })

  test('of an unedited message are none; of another chat’s, not found', async () => {
    const { manager, chatId, saidId, channel } = await aChat()
    expect(await manager.listEdits(chatId, saidId)).toEqual({ items: [] })
    const other = (await channel.send(aNewMessage())).conversation_id as ChatId
    await expect(manager.listEdits(other, saidId)).rejects.toMatchObject({ status: 404 })
  })
})
