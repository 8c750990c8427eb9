import { randomUUID } from 'node:crypto'
import type { ChatId, MessageId, Note, ThreadPage } from '@parley/protocol/model'
import { type AppClient, aNewMessage, startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const COUNT = 30

let world: TestWorld
let manager: AppClient
let chatId: ChatId
/** The whole conversation, oldest first: every fifth of it is a note. */
let all: string[]
let ids: Map<string, string>
let timeOf: (text: string) => number

beforeAll(async () => {
  world = await startTestWorld()
  const channel = await world.aChannel()
  manager = await channel.account.asManager()
  all = []
  ids = new Map()
  const times = new Map<string, number>()
  for (let index = 0; index < COUNT; index += 1) {
    await world.clock.advance(60_000)
    const at = world.now()
    const text = index % 5 === 4 ? `note ${index}` : `message ${index}`
    if (text.startsWith('note')) {
      const { note } = await manager.post<{ note: Note }>(`/chats/${chatId}/notes`, { id: randomUUID(), text })
      ids.set(text, note.id)
    } else {
      // Two at one moment now and then: their ids are the order.
      const sent = await channel.send(
        aNewMessage({ conversation_id: 'hc-1', sender: { id: 'nora', name: 'Nora' }, text, at }),
      )
      chatId = sent.conversation_id as ChatId
      ids.set(text, sent.msgid)
    }
    times.set(text, at.getTime())
    all.push(text)
  }
  timeOf = (text) => times.get(text)!
})
afterAll(() => world.stop())

/** As it is read: oldest first, messages and notes together. */
function textsOf(page: ThreadPage): string[] {
  const both = [
    ...page.items.map((message) => ({ at: message.sentAt, text: message.text })),
    ...page.notes.map((note) => ({ at: note.createdAt, text: note.text })),
  ]
  return both.sort((a, b) => a.at - b.at).map(({ text }) => text)
}

const read = (query: string) => manager.listMessages(chatId, `?${query}`)

describe('a conversation is read in pages', () => {
  test('from the end to the beginning, each message and note once', async () => {
    const seen: string[] = []
    let page = await read('limit=7')
    expect(page.previous).toBeNull()
    for (;;) {
      expect(page.items.length + page.notes.length).toBeLessThanOrEqual(7)
      seen.unshift(...textsOf(page))
      if (page.next === null) break
      page = await read(`limit=7&before=${page.next}`)
      expect(page.previous).not.toBeNull()
    }
    expect(seen).toEqual(all)
  })

  test('around a message, and from there both ways', async () => {
    const middle = await read(`limit=6&around=${ids.get('message 13')}`)
    expect(textsOf(middle)).toEqual(all.slice(11, 17))
    const older = await read(`limit=6&before=${middle.next}`)
    expect(textsOf(older)).toEqual(all.slice(5, 11))
    const newer = await read(`limit=6&after=${middle.previous}`)
    expect(textsOf(newer)).toEqual(all.slice(17, 23))
    const end = await read(`limit=50&after=${newer.previous}`)
    expect(textsOf(end)).toEqual(all.slice(23))
    expect(end.previous).toBeNull()
    expect((await read(`limit=50&before=${older.next}`)).next).toBeNull()
  })

  test('around a note, and around a time', async () => {
    expect(textsOf(await read(`limit=3&around=${ids.get('note 14')?.toUpperCase()}`))).toEqual(all.slice(13, 16))
    const between = timeOf('message 20') + 1
    expect(textsOf(await read(`limit=2&around=${between}`))).toEqual(all.slice(20, 22))
    const long = await read('limit=2&around=0')
    expect([textsOf(long), long.next]).toEqual([all.slice(0, 1), null])
    const ahead = await read(`limit=2&around=${Date.UTC(2100, 0)}`)
    expect([textsOf(ahead), ahead.previous]).toEqual([all.slice(-1), null])
  })

  test.each([
    ['around=yesterday', 400],
    ['around=', 400],
    ['around=1e99', 400],
    ['after=nonsense', 400],
    ['before=nonsense', 400],
    ['around=1&after=MQ', 400],
    [`around=${randomUUID()}`, 404],
  ])('%s: %d', async (query, status) => {
    expect((await manager.request('GET', `/chats/${chatId}/messages?${query}`)).status).toBe(status)
  })

  test('a message of another chat is not found in this one', async () => {
    const other = await world.aChannel()
    const sent = await other.send(aNewMessage())
    expect((await manager.request('GET', `/chats/${chatId}/messages?around=${sent.msgid as MessageId}`)).status).toBe(
      404,
    )
  })
})
