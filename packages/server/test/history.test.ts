import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import type { ChatId, MessageId } from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import {
  aNewMessage,
  md5,
  signHeaders,
  startTestWorld,
  type TestChannel,
  type TestWorld,
  within,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
let channel: TestChannel

beforeAll(async () => {
  world = await startTestWorld()
  channel = await world.aChannel({ hook: await world.aHookReceiver() })
})
afterAll(() => world.stop())

const historyPath = (chatId: string, query = '') => `/chats/${chatId}/history${query}`

async function read(chatId: string, query = '', of = channel, options: Parameters<TestChannel['get']>[1] = {}) {
  const answer = await of.get(historyPath(chatId, query), options)
  const text = await answer.text()
  return { status: answer.status, text, json: text === '' ? undefined : JSON.parse(text) }
}

/** Messages of one client, one second apart, oldest first. */
async function aChatOf(texts: string[], of = channel) {
  const [conversation_id, id] = [randomUUID(), randomUUID()]
  const sent = []
  for (const [index, text] of texts.entries()) {
    const at = new Date(1_772_532_930_125 + index * 1000)
    sent.push(await of.send(aNewMessage({ conversation_id, sender: { id, name: 'Nora Lind' }, msgid: text, text, at })))
  }
  return { chatId: sent[0]!.conversation_id, conversation_id, sender: { id }, sent }
}

const textsOf = (json: { messages: { message: { text: string } }[] }) =>
  json.messages.map(({ message }) => message.text)
const textsAt = async (chatId: string, query: string) => textsOf((await read(chatId, query)).json)

describe('the history of a chat', () => {
  test('an answer and a question, newest first, field by field in the documented order', async () => {
    const sender = {
      id: 'hc-user-55',
      name: 'Nora Lind',
      avatar: 'https://cdn.example.net/a/55.png',
      profile: { phone: '+46700000055', email: 'nora@example.net' },
    }
    const asked = await channel.send(
      aNewMessage({
        conversation_id: 'hc-1',
        sender,
        msgid: 'hc-msg-1',
        text: 'In stock?',
        at: new Date(1_772_532_930_125),
      }),
    )
    const manager = await channel.account.asManager()
    const answered = await manager.sendText(asked.conversation_id as ChatId, 'We kept one for you')
    const { status, text } = await read(asked.conversation_id)
    expect(status).toBe(200)
    const client = `{"id":"${asked.sender_id}","client_id":"hc-user-55","name":"Nora Lind","avatar":"https://cdn.example.net/a/55.png","phone":"+46700000055","email":"nora@example.net"}`
    const rest = `"media":"","thumbnail":"","file_name":"","file_size":0`
    expect(text).toBe(
      `{"messages":[{"timestamp":${Math.floor(answered.sentAt / 1000)},"msec_timestamp":${answered.sentAt},` +
        `"sender":{"id":"${channel.account.manager.amojoId}","name":"Max Berg"},"receiver":${client},` +
        `"message":{"id":"${answered.id}","type":"text","text":"We kept one for you",${rest}}},` +
        `{"timestamp":1772532930,"msec_timestamp":1772532930125,"sender":${client},` +
        `"message":{"id":"${asked.msgid}","client_id":"hc-msg-1","type":"text","text":"In stock?",${rest}}}]}`,
    )
  })

  test('what is not known of a client is empty', async () => {
    const { chatId } = await aChatOf(['a'])
    expect((await read(chatId)).json.messages[0].sender).toMatchObject({ avatar: '', phone: '', email: '' })
  })

  test('a file: where the channel keeps it, until our copy is there; what was sent together; places and people', async () => {
    const { chatId, sent } = await aChatOf(['picture', 'location', 'contact'])
    const media = {
      state: 'waiting',
      sourceUrl: 'https://cdn.example.net/p/9.jpg',
      fileName: '9 é.jpg',
      sizeBytes: 48211,
      durationMs: null,
      peaks: null,
      failure: null,
      file: null,
      thumbnail: null,
    }
    const mediaGroupId = randomUUID()
    const keep = (index: number, kind: 'picture' | 'location' | 'contact', content: unknown) =>
      world.deps.db
        .updateTable('message')
        .set({ kind, content: JSON.stringify(content) })
        .where('account_id', '=', channel.account.id)
        .where('id', '=', sent[index]!.msgid as MessageId)
        .execute()
    await keep(0, 'picture', { media, mediaGroupId })
    await keep(1, 'location', { location: { lat: 59.3, lon: 18.1 } })
    await keep(2, 'contact', { contact: { name: 'Ada', phone: '+1' } })
    const [contact, location, waiting] = (await read(chatId)).json.messages
    expect(contact.message).toMatchObject({ type: 'contact', contact: { name: 'Ada', phone: '+1' }, media: '' })
    expect(JSON.stringify(location.message.location)).toBe('{"lon":18.1,"lat":59.3}')
    expect(waiting.message).toEqual({
      id: sent[0]!.msgid,
      client_id: 'picture',
      type: 'picture',
      text: 'picture',
      media: 'https://cdn.example.net/p/9.jpg',
      thumbnail: '',
      file_name: '9 é.jpg',
      file_size: 48211,
      media_group_id: mediaGroupId,
    })
    const [file, thumbnail] = [randomUUID(), randomUUID()].map((id) => ({
      id,
      mediaType: 'image/jpeg',
      width: 1,
      height: 1,
    }))
    await keep(0, 'picture', { media: { ...media, state: 'ready', file, thumbnail } })
    const copied = (await read(chatId)).json.messages[2].message
    const prefix = `${world.url}/files/${channel.account.id}/`
    expect(copied.media).toBe(`${prefix}${file!.id}/9%20%C3%A9.jpg`)
    expect(copied.thumbnail).toContain(`${prefix}${thumbnail!.id}/`)
  })

  test('in pages: from the newest, fifty at most', async () => {
    const texts = Array.from({ length: 60 }, (_, index) => `message ${index}`)
    const { chatId } = await aChatOf(texts)
    const newest = texts.toReversed()
    expect(await textsAt(chatId, '')).toEqual(newest.slice(0, 50))
    expect(await textsAt(chatId, '?limit=1000')).toEqual(newest.slice(0, 50))
    expect(await textsAt(chatId, '?offset=0&limit=2')).toEqual(newest.slice(0, 2))
    expect(await textsAt(chatId, '?limit=3&offset=4')).toEqual(newest.slice(4, 7))
    expect(await textsAt(chatId, '?offset=58')).toEqual(newest.slice(58))
    expect(await textsAt(chatId, '?offset=&limit=')).toEqual(newest.slice(0, 50))
    for (const query of ['?offset=60', '?offset=100000'])
      expect(await read(chatId, query)).toEqual({ status: 204, text: '', json: undefined })
  })

  test('far back, page after page goes on where it was; a jump too far is refused', async () => {
    const { chatId, conversation_id, sender, sent } = await aChatOf(['newest'])
    await sql`
      insert into message (account_id, id, chat_id, msgid, direction, author_kind, author_id, kind, body, sent_at, received_at, status)
      select ${channel.account.id}::int, gen_random_uuid(), ${chatId}::uuid, 'n' || n, 'in', 'client', ${sent[0]!.sender_id}::uuid,
        'text', 'old ' || n, to_timestamp(1700000000 - n), now(), 'received' from generate_series(1, 2100) n`.execute(
      world.deps.db,
    )
    expect(await textsAt(chatId, '?offset=2000&limit=2')).toEqual(['old 2000', 'old 2001'])
    await channel.send(aNewMessage({ conversation_id, sender, text: 'newer still' }))
    expect(await textsAt(chatId, '?offset=2002&limit=2')).toEqual(['old 2002', 'old 2003'])
    await world.clock.advance(60_000)
    expect(await textsAt(chatId, '?offset=2002&limit=2')).toEqual(['old 2001', 'old 2002'])
    expect(await textsAt(chatId, '?offset=2090')).toHaveLength(12)
    expect((await read(chatId, '?offset=2102')).status).toBe(204)
    expect(await read(chatId, '?offset=100001')).toMatchObject({
      status: 400,
      json: { error_description: expect.stringMatching(/^offset: must not be larger than 100000/) },
    })
  })

  test('of one time, in order of arrival', async () => {
    const conversation_id = randomUUID()
    const at = new Date(1_772_532_930_000)
    const sender = { id: randomUUID(), name: 'Ada' }
    let chatId = ''
    for (const text of ['a', 'b', 'c'])
      chatId = (await channel.send(aNewMessage({ conversation_id, sender, text, at }))).conversation_id
    expect(await textsAt(chatId, '')).toEqual(['c', 'b', 'a'])
  })

  test.each([
    ['?offset=-1', 'offset: must be a whole number from 0'],
    ['?offset=1.5', 'offset: must be a whole number from 0'],
    ['?offset=abc', 'offset: must be a whole number from 0'],
    ['?offset=1e3', 'offset: must be a whole number from 0'],
    ['?offset=1&offset=2', 'offset: must be a whole number from 0'],
    ['?offset=99999999999999999999', 'offset: must be a whole number from 0'],
    ['?limit=-5', 'limit: must be a whole number from 0'],
    ['?limit=all', 'limit: must be a whole number from 0'],
    ['?limit=%00', 'limit: must be a whole number from 0'],
    ['?limit=0', 'limit: must be at least 1'],
  ])('%s: 400', async (query, description) => {
    const { chatId } = await aChatOf(['a'])
    expect(await read(chatId, query)).toMatchObject({
      status: 400,
      json: { error_type: 'ORIGIN_INVALID_PAYLOAD', error_description: description },
    })
  })

  test('a chat that is not there, is empty, is another channel’s or another account’s: 204', async () => {
    const { chatId } = await aChatOf(['a'])
    const answer = await channel.post(
      { conversation_id: randomUUID(), user: { id: 'e', name: 'E' } },
      { path: '/chats' },
    )
    const { id: empty } = (await answer.json()) as { id: string }
    const sibling = await world.aChannel({ account: channel.account })
    const stranger = await world.aChannel()
    expect((await read(chatId)).status).toBe(200)
    const nothing = { status: 204, text: '', json: undefined }
    expect(await read(empty)).toEqual(nothing)
    expect(await read(randomUUID())).toEqual(nothing)
    expect(await read('not-a-uuid')).toEqual(nothing)
    expect(await read('%00')).toEqual(nothing)
    expect(await read(chatId, '', sibling)).toEqual(nothing)
    expect(await read(chatId, '', stranger)).toEqual(nothing)
  })

  test('a chat id in capitals, and a path that is percent-encoded: signed as it was sent', async () => {
    const { chatId } = await aChatOf(['a'])
    expect((await read(chatId.toUpperCase())).status).toBe(200)
    expect((await read(`%${chatId.charCodeAt(0).toString(16)}${chatId.slice(1)}`)).status).toBe(200)
  })
})

describe('the signature of a GET', () => {
  test('the digest is that of nothing, the content type may be there or not', async () => {
    const { chatId } = await aChatOf(['a'])
    const path = `/v2/origin/custom/${channel.scopeId}${historyPath(chatId)}`
    const bare = signHeaders({ method: 'GET', path, body: Buffer.alloc(0) }, channel.secret, world.now())
    expect(bare.headers['content-md5']).toBe('d41d8cd98f00b204e9800998ecf8427e')
    expect(bare.headers['content-type']).toBeUndefined()
    expect((await read(chatId)).status).toBe(200)
  })

  test.each(['core', 'all'] as const)('over a body alone it is never good (%s)', async (legacySignature) => {
    const legacy = await world.aChannel({ legacySignature })
    const { chatId } = await aChatOf(['a'], legacy)
    for (const body of ['', '{}']) {
      const answer = await legacy.post(body, { path: historyPath(chatId), method: 'GET', scheme: 'body' })
      expect(answer.status).toBe(403)
    }
  })
})

/** Writes a GET with a body byte for byte, as a client library that always sends one does. */
async function getWithBody(
  chatId: string,
  {
    body,
    digestOf = body,
    sent = body,
    chunked = false,
  }: { body: string; digestOf?: string; sent?: string; chunked?: boolean },
) {
  const path = `/v2/origin/custom/${channel.scopeId}${historyPath(chatId)}`
  const { headers } = signHeaders({ method: 'GET', path, body: Buffer.from(digestOf) }, channel.secret, world.now())
  const { hostname, port } = new URL(world.url)
  const size = Buffer.byteLength(sent)
  const length = chunked ? 'transfer-encoding: chunked' : `content-length: ${size}`
  const head = ['host: test', length, ...Object.entries(headers).map((pair) => pair.join(': '))].join('\r\n')
  const tail = chunked ? `${size.toString(16)}\r\n${sent}\r\n0\r\n\r\n` : sent
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  // A second request behind it: what of the body was left unread would spoil it.
  socket.write(
    `GET ${path} HTTP/1.1\r\n${head}\r\n\r\n${tail}GET /healthz HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n`,
  )
  let text = ''
  const ended = new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      text += chunk.toString()
    })
    socket.on('close', () => resolve())
  })
  await within(5000, ended, () => `the server did not answer: ${text.slice(0, 200)}`)
  return [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status))
}

describe('a GET with a body', () => {
  test.each([false, true])('is served when the digest is right (chunked: %s)', async (chunked) => {
    const { chatId } = await aChatOf(['a'])
    expect(await getWithBody(chatId, { body: '{"offset":0}', chunked })).toEqual([200, 200])
  })

  test('is refused when the digest is of something else', async () => {
    const { chatId } = await aChatOf(['a'])
    expect(await getWithBody(chatId, { body: '{"offset":0}', digestOf: '' })).toEqual([403, 200])
  })

  test.each([false, true])('is cut off when it is too large (chunked: %s)', async (chunked) => {
    const { chatId } = await aChatOf(['a'])
    const body = 'x'.repeat(1024 * 1024 + 1)
    const [status] = await getWithBody(chatId, { body, chunked })
    expect(status).toBe(413)
    expect(await getWithBody(chatId, { body: 'x'.repeat(1024 * 1024) })).toEqual([200, 200])
  })

  test('the digest of nothing is known', () => {
    expect(md5(Buffer.alloc(0))).toBe('d41d8cd98f00b204e9800998ecf8427e')
  })
})
