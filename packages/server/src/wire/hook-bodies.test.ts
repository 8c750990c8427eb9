import type { AccountId, AmojoId, ChatId, FileId, MessageId, ParticipantId } from '@parley/protocol/model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MessageContent, StoredMedia } from '../domain/messages/message-content.ts'
import type { QuotedMessage, Reply } from '../domain/replies/reply.ts'
import { buildMessageHook } from './hook-bodies.ts'

const PUBLIC_URL = 'https://chat.example.test'
const FILE = '0f6c1d2e-3b4a-4c5d-8e6f-708192a3b4c5' as FileId
const THUMBNAIL = '1f6c1d2e-3b4a-4c5d-8e6f-708192a3b4c5' as FileId

const aMessage = (overrides: Partial<Reply['message']> = {}): Reply['message'] => ({
  id: '9a1e6f30-4c7b-4d28-b5f1-0e3d2c8a7b64' as MessageId,
  kind: 'text',
  text: 'We kept one for you',
  content: {},
  sentAt: new Date(1772533000417),
  ...overrides,
})

const aReply = (message: Partial<Reply['message']> = {}, overrides: Partial<Reply> = {}): Reply => ({
  account: { id: 31000001 as AccountId, amojoId: 'b8f4e1d2-07c3-4a95-8e6b-3f2a1d0c9e78' as AmojoId },
  madeAt: new Date(1772533001999),
  sender: { id: 'f06d2a9b-5e37-4c81-8b14-92e7c3d0a5f6', name: 'Ines' },
  receiver: {
    id: '71c0d9e4-3a5f-4b86-9d27-e8f1a2b3c4d5' as ParticipantId,
    clientId: 'hc-user-55',
    name: 'Nora Lind',
    phone: '+46700000055',
    email: null,
  },
  chat: {
    id: 'e27b9c05-8d14-4f63-a0b2-7c5e1f9d3a86' as ChatId,
    clientId: 'hc-conv-1001',
    sourceExternalId: 'shop-front-1',
  },
  message: aMessage(message),
  ...overrides,
})

const someMedia = (overrides: Partial<StoredMedia> = {}): StoredMedia => ({
  state: 'ready',
  sourceUrl: null,
  fileName: 'box.jpg',
  sizeBytes: 48211,
  durationMs: null,
  peaks: null,
  failure: null,
  file: { id: FILE, mediaType: 'image/jpeg', width: 800, height: 600 },
  thumbnail: { id: THUMBNAIL, mediaType: 'image/webp', width: 320, height: 240 },
  ...overrides,
})

const aQuote = (overrides: Partial<QuotedMessage> = {}): QuotedMessage => ({
  messageId: '019c0000-0000-7000-8000-000000000001' as MessageId,
  chatId: 'e27b9c05-8d14-4f63-a0b2-7c5e1f9d3a86' as ChatId,
  msgid: 'hc-msg-7001',
  author: { id: '71c0d9e4-3a5f-4b86-9d27-e8f1a2b3c4d5', clientId: 'hc-user-55', name: 'Nora Lind' },
  receiver: null,
  kind: 'text',
  text: 'Is it in stock?',
  sentAtMs: 1772532930125,
  fileName: null,
  sizeBytes: null,
  durationMs: null,
  fileId: null,
  thumbnailId: null,
  sourceUrl: null,
  ...overrides,
})

const hookOf = (version: 'v1' | 'v2', reply: Reply) => JSON.parse(buildMessageHook(version, reply, PUBLIC_URL).body)

describe('version 2', () => {
  test('has every field of a text, in the order of the vendor’s sample', () => {
    expect(buildMessageHook('v2', aReply(), PUBLIC_URL)).toEqual({
      hookVersion: 'v2',
      body:
        '{"account_id":"b8f4e1d2-07c3-4a95-8e6b-3f2a1d0c9e78","time":1772533001,"message":{' +
        '"receiver":{"id":"71c0d9e4-3a5f-4b86-9d27-e8f1a2b3c4d5","client_id":"hc-user-55","phone":"+46700000055","email":""},' +
        '"sender":{"id":"f06d2a9b-5e37-4c81-8b14-92e7c3d0a5f6"},' +
        '"conversation":{"id":"e27b9c05-8d14-4f63-a0b2-7c5e1f9d3a86","client_id":"hc-conv-1001"},' +
        '"source":{"external_id":"shop-front-1"},"timestamp":1772533000,"msec_timestamp":1772533000417,' +
        '"message":{"id":"9a1e6f30-4c7b-4d28-b5f1-0e3d2c8a7b64","type":"text","text":"We kept one for you","markup":null,' +
        '"tag":"","media":"","thumbnail":"","file_name":"","file_size":0}}}',
    })
  })

  test('is the vendor’s sample of a picture with buttons and a template, but for our links', () => {
    const content: MessageContent = {
      media: someMedia(),
      buttons: [[{ text: 'Ship' }, { text: 'Wait' }], [{ text: 'Track', url: 'https://shop.example.net/o/5512' }]],
      template: {
        id: 410,
        externalId: 'ship-question',
        content: 'Order {{lead.cf.11}}: shall we ship it?',
        params: [{ key: '{{lead.cf.11}}', value: '5512' }],
      },
    }
    const reply = aReply({ kind: 'picture', text: 'Order 5512: shall we ship it?', content })
    const { message } = hookOf('v2', reply)
    expect(JSON.stringify(message.message)).toBe(
      '{"id":"9a1e6f30-4c7b-4d28-b5f1-0e3d2c8a7b64","type":"picture","text":"Order 5512: shall we ship it?",' +
        '"markup":{"mode":"inline","buttons":[[{"text":"Ship"},{"text":"Wait"}],[{"text":"Track","url":"https://shop.example.net/o/5512"}]]},' +
        `"tag":"","media":"${PUBLIC_URL}/files/31000001/${FILE}/box.jpg","thumbnail":"${PUBLIC_URL}/files/31000001/${THUMBNAIL}/thumbnail",` +
        '"file_name":"box.jpg","file_size":48211,"template":{"id":410,"external_id":"ship-question",' +
        '"content":"Order {{lead.cf.11}}: shall we ship it?","params":[{"key":"{{lead.cf.11}}","value":"5512"}]}}',
    )
  })

  test.each([
    [0, 1],
    [499, 1],
    [1500, 2],
    [61_400, 61],
  ])('a voice of %d ms is %d s long', (durationMs, seconds) => {
    const media = someMedia({ durationMs, thumbnail: null, fileName: 'voice 1.ogg' })
    const { message } = hookOf('v2', aReply({ kind: 'voice', text: '', content: { media } })).message
    expect(message).toMatchObject({
      type: 'voice',
      text: '',
      media: `${PUBLIC_URL}/files/31000001/${FILE}/voice%201.ogg`,
      thumbnail: '',
      media_duration: seconds,
    })
  })

  test('tells a quote by ids and content, without phone and e-mail', () => {
    const quote = aQuote({ kind: 'picture', fileId: FILE, thumbnailId: THUMBNAIL, fileName: 'b.jpg', sizeBytes: 7 })
    const { message } = hookOf('v2', aReply({ replyTo: quote })).message
    expect(JSON.stringify(message.reply_to)).toBe(
      '{"message":{"id":"019c0000-0000-7000-8000-000000000001","msgid":"hc-msg-7001","type":"picture","text":"Is it in stock?",' +
        `"media":"${PUBLIC_URL}/files/31000001/${FILE}/b.jpg","thumbnail":"${PUBLIC_URL}/files/31000001/${THUMBNAIL}/thumbnail",` +
        '"file_name":"b.jpg","file_size":7,"timestamp":1772532930,"msec_timestamp":1772532930125,' +
        '"sender":{"id":"71c0d9e4-3a5f-4b86-9d27-e8f1a2b3c4d5","name":"Nora Lind","client_id":"hc-user-55"}}}',
    )
  })

  test('a quoted file that is not copied yet is where the channel has it', () => {
    const quote = aQuote({ kind: 'file', sourceUrl: 'https://cdn.example.net/a.pdf', fileName: 'a.pdf' })
    expect(hookOf('v2', aReply({ replyTo: quote })).message.message.reply_to.message.media).toBe(quote.sourceUrl)
  })

  test('names the chat that a forwarded message is from', () => {
    const { message } = hookOf('v2', aReply({ forwarded: aQuote({ msgid: null }) })).message
    expect(message.forwards).toMatchObject({
      messages: [{ id: '019c0000-0000-7000-8000-000000000001', text: 'Is it in stock?' }],
      conversation_ref_id: 'e27b9c05-8d14-4f63-a0b2-7c5e1f9d3a86',
    })
    expect(message.forwards.messages[0]).not.toHaveProperty('msgid')
    expect(message).not.toHaveProperty('reply_to')
  })

  test('an answer to a comment names the post, and both people', () => {
    const post = { id: 'post-1', url: 'https://p.example/1', caption: '', author: '', preview: null }
    const { message } = hookOf('v2', aReply({ content: { post }, replyTo: aQuote() }))
    expect(message).toMatchObject({ sender: { name: 'Ines' }, receiver: { name: 'Nora Lind' } })
    expect(message.message).toMatchObject({ type: 'text', markup: null, post: { id: 'post-1' } })
    expect(message.message.reply_to.message.msgid).toBe('hc-msg-7001')
  })

  test('leaves out what nobody knows yet', () => {
    const { receiver, chat } = aReply()
    const { message } = hookOf(
      'v2',
      aReply(
        {},
        {
          receiver: { ...receiver, clientId: null, phone: null },
          chat: { ...chat, clientId: null, sourceExternalId: null },
        },
      ),
    )
    expect(message.receiver).toEqual({ id: receiver.id, phone: '', email: '' })
    expect(message.conversation).toEqual({ id: chat.id })
    expect(message).not.toHaveProperty('source')
  })
})

describe('version 1', () => {
  test('is the vector of the specification (W09)', () => {
    expect(buildMessageHook('v1', aReply(), PUBLIC_URL)).toEqual({
      hookVersion: 'v1',
      body: '{"receiver":"hc-user-55","conversation_id":"hc-conv-1001","msec_timestamp":1772533000417,"type":"text","text":"We kept one for you","media":"","thumbnail":"","file_name":"","file_size":0}',
    })
  })

  test.each([
    ['picture', 'picture'],
    ['video', 'video'],
    ['file', 'file'],
    ['audio', 'file'],
    ['voice', 'file'],
    ['sticker', 'file'],
  ] as const)('a %s goes as a %s, with its caption', (kind, type) => {
    expect(hookOf('v1', aReply({ kind, text: 'Look', content: { media: someMedia() } }))).toEqual({
      receiver: 'hc-user-55',
      conversation_id: 'hc-conv-1001',
      msec_timestamp: 1772533000417,
      type,
      text: 'Look',
      media: `${PUBLIC_URL}/files/31000001/${FILE}/box.jpg`,
      thumbnail: `${PUBLIC_URL}/files/31000001/${THUMBNAIL}/thumbnail`,
      file_name: 'box.jpg',
      file_size: 48211,
    })
  })

  test('buttons become lines', () => {
    const buttons = [[{ text: 'Ship' }, { text: 'Wait' }], [{ text: 'Later' }]]
    expect(hookOf('v1', aReply({ text: 'Now?', content: { buttons } })).text).toBe('Now?\nShip\nWait\nLater')
    const links = [[{ text: 'Track', url: 'https://a.test/1' }]]
    expect(hookOf('v1', aReply({ text: '', content: { buttons: links } })).text).toBe('Track: https://a.test/1')
  })

  test('cannot name a client the integration does not know: that one gets version 2', () => {
    const { chat, receiver } = aReply()
    const nameless = [{ chat: { ...chat, clientId: null } }, { receiver: { ...receiver, clientId: null } }]
    for (const overrides of nameless)
      expect(buildMessageHook('v1', aReply({}, overrides), PUBLIC_URL).hookVersion).toBe('v2')
  })
})

describe('whatever is said, parsing and writing the body again gives the same bytes', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('half \uD83D pair </script>', '\u2028\0"\\', ''))
  const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null })
  const count = fc.maxSafeNat()
  const media = fc.record({
    state: fc.constantFrom('ready' as const, 'waiting' as const, 'failed' as const),
    sourceUrl: orNull(text),
    fileName: text,
    sizeBytes: orNull(count),
    durationMs: orNull(fc.oneof(count, fc.double({ min: 0, max: 1e15, noNaN: true }))),
    peaks: fc.constant(null),
    failure: fc.constant(null),
    file: orNull(fc.constant({ id: FILE, mediaType: 'x/y', width: null, height: null })),
    thumbnail: orNull(fc.constant({ id: THUMBNAIL, mediaType: 'x/y', width: null, height: null })),
  })
  const place = fc.record({ lat: fc.double({ noNaN: true, noDefaultInfinity: true }), lon: fc.integer() })
  const button = fc.record({ text, url: text }, { requiredKeys: ['text'] })
  const content = fc.record(
    {
      media,
      mediaGroupId: fc.uuid(),
      location: place,
      contact: fc.record({ name: text, phone: text }),
      buttons: fc.array(fc.array(button)),
      template: fc.record(
        { id: count, externalId: text, content: text, params: fc.array(fc.record({ key: text, value: text })) },
        { requiredKeys: ['id', 'content', 'params'] },
      ),
      post: fc.record({ id: text, url: text, caption: text, author: text, preview: fc.constant(null) }),
    },
    { requiredKeys: [] },
  )
  const quote = fc
    .record({ text, msgid: orNull(text), fileName: orNull(text), sourceUrl: orNull(text), sizeBytes: orNull(count) })
    .map(aQuote)
  const message = fc.record(
    { text, content, replyTo: quote, forwarded: quote, kind: fc.constantFrom('text', 'voice', 'contact') },
    { requiredKeys: ['text', 'content', 'kind'] },
  )
  const people = fc.record({ name: text, phone: orNull(text), clientId: orNull(text), source: orNull(text) })

  test.each(['v1', 'v2'] as const)('%s', (version) => {
    fc.assert(
      fc.property(message, people, (said, { name, phone, clientId, source }) => {
        const { receiver, chat } = aReply()
        const reply = aReply(said as Partial<Reply['message']>, {
          sender: { id: 'f06d2a9b-5e37-4c81-8b14-92e7c3d0a5f6', name },
          receiver: { ...receiver, name, phone, clientId },
          chat: { ...chat, clientId, sourceExternalId: source },
        })
        const { body } = buildMessageHook(version, reply, PUBLIC_URL)
        expect(JSON.stringify(JSON.parse(body))).toBe(body)
        expect(Buffer.from(body).toString()).toBe(body)
        expect(body).not.toMatch(/"(time|timestamp|msec_timestamp|file_size|media_duration)":(?!\d+[,}])/)
      }),
    )
  })
})
