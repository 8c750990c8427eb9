import type { ChatId, Message } from '@parley/protocol/model'
import { aNewMessage, aSender, startTestWorld, type TestChannel, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
let channel: TestChannel

beforeAll(async () => {
  world = await startTestWorld()
  channel = await world.aChannel()
})
afterAll(() => world.stop())

const CDN = 'https://cdn.example.net'

/** Sends it and answers what a manager then sees of it. */
async function show(message: Record<string, unknown>, fields: Record<string, unknown> = {}): Promise<Message> {
  const { conversation_id, msgid } = await channel.send(aNewMessage({ message, ...fields }))
  const { items } = await (await channel.account.asManager()).listMessages(conversation_id as ChatId)
  return items.find(({ id }) => id === msgid)!
}

const refuse = async (message: Record<string, unknown>, to = channel) => {
  const answer = await to.post(aNewMessage({ message }))
  const { error_type, error_description } = (await answer.json()) as Record<string, string>
  return [answer.status, error_type, error_description]
}

/** What is to be copied, as the media job will find it. */
const fetchesOf = (id: string) =>
  world.deps.db
    .selectFrom('media_fetch')
    .select(['owner_kind', 'slot', 'url', 'max_bytes'])
    .where('account_id', '=', channel.account.id)
    .where('owner_id', '=', id)
    .orderBy('slot')
    .execute()

describe('every kind of message', () => {
  const file = { media: `${CDN}/p/9.jpg?x=1`, file_name: 'box.jpg', file_size: 48211 }

  test.each(['picture', 'file', 'video', 'audio', 'voice', 'sticker'])('%s', async (type) => {
    const message = await show({ type, text: 'This one', ...file, media_duration: 12.5 })
    expect(message).toMatchObject({
      kind: type,
      text: 'This one',
      media: { state: 'waiting', url: null, fileName: 'box.jpg', sizeBytes: 48211, durationMs: 12_500, failure: null },
    })
    expect(await fetchesOf(message.id)).toEqual([
      { owner_kind: 'message', slot: 'media', url: file.media, max_bytes: 100 * 1024 * 1024 },
    ])
  })

  test('image is the picture of 2017, and its size may be text', async () => {
    expect(await show({ type: 'image', ...file, file_size: '48211' })).toMatchObject({
      kind: 'picture',
      media: { sizeBytes: 48211 },
    })
  })

  test.each([
    [`${CDN}/a/%D1%84%D0%BE%D1%82%D0%BE.png?x=/y`, 'фото.png'],
    [`${CDN}/a/%zz.png`, '%zz.png'],
    [`${CDN}/..%2f..%2fetc%2fpasswd`, 'passwd'],
    [`${CDN}/`, 'file'],
    [CDN, 'file'],
  ])('without a name the link %s gives one', async (media, fileName) => {
    expect(await show({ type: 'file', media })).toMatchObject({ media: { fileName, sizeBytes: null } })
  })

  test('a thumbnail is copied, too', async () => {
    const { id } = await show({ type: 'video', ...file, thumbnail: `${CDN}/t.jpg` })
    expect((await fetchesOf(id)).map(({ slot, url }) => [slot, url])).toEqual([
      ['media', file.media],
      ['thumbnail', `${CDN}/t.jpg`],
    ])
  })

  test('location, contact, a sticker by its id', async () => {
    const location = { lon: 18.0686, lat: '59.3293' }
    expect(await show({ type: 'location', location })).toMatchObject({
      kind: 'location',
      text: '',
      location: { lon: 18.0686, lat: 59.3293 },
    })
    expect(await show({ type: 'contact', contact: { name: 'Ines', phone: 46700000055 } })).toMatchObject({
      kind: 'contact',
      contact: { name: 'Ines', phone: '46700000055' },
    })
    expect((await show({ type: 'sticker', sticker_id: 77 })).media).toBeUndefined()
  })

  test('a shared post, and the row of a list that was picked', async () => {
    const shared_post = {
      url: `${CDN}/p/1`,
      preview_link: `${CDN}/dies.jpg`,
      preview_permalink: `${CDN}/stays.jpg`,
      site_name: 'Harbor',
    }
    const message = await show({ type: 'text', text: 'Look', callback_data: 'row-1', shared_post })
    expect(message.sharedPost).toMatchObject({
      id: null,
      url: `${CDN}/p/1`,
      caption: 'Harbor',
      preview: { state: 'waiting' },
    })
    expect(await fetchesOf(message.id)).toMatchObject([{ slot: 'preview', url: `${CDN}/stays.jpg` }])
    const { content } = await world.deps.db
      .selectFrom('message')
      .select('content')
      .where('account_id', '=', channel.account.id)
      .where('id', '=', message.id)
      .executeTakeFirstOrThrow()
    expect(content).toMatchObject({ callbackData: 'row-1' })
  })

  test('what is empty in PHP is absent', async () => {
    const message = { type: 'text', text: 'x', shared_post: [], post: '' }
    expect(await show(message, { source: [], receiver: [], reply_to: {}, forwards: null })).toMatchObject({ text: 'x' })
  })

  test('many of every kind at once stay what they are', async () => {
    const ofClient = { conversation_id: 'mixed', sender: aSender({ id: 'u-mixed' }) }
    const sent = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        channel.send(
          aNewMessage({
            ...ofClient,
            msgid: `mixed-${index}`,
            message:
              index % 2
                ? { type: 'text', text: `${index}` }
                : { type: 'file', text: `${index}`, media: `${CDN}/${index}"{},\\x` },
          }),
        ),
      ),
    )
    const manager = await channel.account.asManager()
    const { items } = await manager.listMessages(sent[0]!.conversation_id as ChatId, '?limit=100')
    const kinds = new Map(items.map((message) => [message.id, message]))
    for (const [index, { msgid }] of sent.entries()) {
      expect(kinds.get(msgid as Message['id'])).toMatchObject({ text: `${index}`, kind: index % 2 ? 'text' : 'file' })
    }
  })
})

describe('refused', () => {
  const invalid = (description: string) => [400, 'ORIGIN_INVALID_PAYLOAD', `payload.message.${description}`]
  test.each([
    [{ type: 'picture' }, 'media: is missing'],
    [{ type: 'voice', media: '' }, 'media: is empty'],
    [{ type: 'file', media: 'box.jpg' }, 'media: must be an absolute http or https URL'],
    [{ type: 'file', media: 'javascript:alert(1)' }, 'media: must be an absolute http or https URL'],
    [{ type: 'file', media: 'https://' }, 'media: must be an absolute http or https URL'],
    [{ type: 'file', media: `${CDN}/${'x'.repeat(4096)}` }, 'media: must not be longer than 4096 characters'],
    [{ type: 'file', media: CDN, file_size: '12 kB' }, 'file_size: must be a whole number of bytes'],
    [{ type: 'file', media: CDN, file_size: -1 }, 'file_size: must be a whole number of bytes'],
    [
      { type: 'audio', media: CDN, media_duration: '9'.repeat(500_000) },
      'media_duration: must be a number of seconds from 0 to 1000000',
    ],
    [{ type: 'sticker' }, 'media: is missing; a sticker needs it or sticker_id'],
    [{ type: 'location', location: { lon: 181, lat: 0 } }, 'location.lon: must be a number from -180 to 180'],
    [{ type: 'location', location: { lon: 1 } }, 'location.lat: is missing'],
    [{ type: 'location' }, 'location: is missing'],
    [{ type: 'contact', contact: { name: 'Ines' } }, 'contact.phone: is missing'],
    [{ type: 'text', text: 'x', post: { id: 'p' } }, 'post.url: is missing'],
    [{ type: 'text', text: 'x', post: { url: CDN } }, 'post.id: is missing'],
    [{ type: 'text', text: 'x', shared_post: 'p' }, 'shared_post: must be an object'],
  ])('%j', async (message, description) => expect(await refuse(message)).toEqual(invalid(description)))

  test('voice where the channel has none', async () => {
    const mute = await world.aChannel({ settings: { supports_voice: false } })
    expect(await refuse({ type: 'voice', media: CDN }, mute)).toEqual([
      400,
      'ORIGIN_UNSUPPORTED',
      expect.stringMatching(/^payload\.message\.type: voice/),
    ])
    expect((await mute.post(aNewMessage({ message: { type: 'audio', media: CDN } }))).status).toBe(200)
  })
})

test('a strict channel says what others have repaired for them', async () => {
  const strict = await world.aChannel({ settings: { is_strict: true } })
  const refusal = async (fields: Record<string, unknown>) => {
    const answer = await strict.post(aNewMessage(fields))
    return [answer.status, ((await answer.json()) as { error_description?: string }).error_description]
  }
  expect(await refusal({ msgid: 7 })).toEqual([400, 'payload.msgid: must be a string, not a number'])
  expect(await refusal({ receiver: null })).toEqual([400, 'payload.receiver: is null; leave it out instead'])
  expect(await refusal({ mood: 1 })).toEqual([400, 'payload.mood: is not a field of this method'])
  expect((await refusal({}))[0]).toBe(200)
})

describe('the picture of a client', () => {
  test('is copied when it is new, and again when the link is another one', async () => {
    const of = (avatar: unknown, fields: Record<string, unknown> = {}) =>
      aNewMessage({ conversation_id: 'c-avatar', sender: { id: 'u-avatar', name: 'Nora', avatar }, ...fields })
    const { sender_id } = await channel.send(of(`${CDN}/1.png`))
    expect(await fetchesOf(sender_id)).toMatchObject([
      { owner_kind: 'participant', slot: 'avatar', url: `${CDN}/1.png` },
    ])
    await channel.send(of('', {}))
    await channel.send(of(`${CDN}/old.png`, { silent: true }))
    expect(await fetchesOf(sender_id)).toMatchObject([{ url: `${CDN}/1.png` }])
    await channel.send(of(`${CDN}/2.png`))
    expect(await fetchesOf(sender_id)).toMatchObject([{ url: `${CDN}/2.png` }])
  })
})
