import { MESSAGE_KINDS } from '@parley/protocol/wire'
import { aNewMessage, startTestWorld, type TestChannel, type TestWorld } from '@parley/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

let world: TestWorld
let channel: TestChannel
beforeAll(async () => {
  world = await startTestWorld()
  channel = await world.aChannel()
})
afterAll(() => world.stop())

/** Every field there is, each with something that it could hold, or with anything at all. */
const almostRight = (() => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '0', 'c-1', 'hc-bot', 'https://cdn.example.net/a%b'),
  )
  const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -1, 1e300, 1772532930, Number.MAX_SAFE_INTEGER))
  const value = fc.oneof(text, text, number, fc.constantFrom(null, true, [], {}), fc.jsonValue())
  const some = (...keys: string[]) => fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 6 })
  const person = fc.oneof(value, some('id', 'ref_id', 'name', 'avatar', 'profile', 'profile_link'))
  const kind = fc.constantFrom(...MESSAGE_KINDS, 'image', 'hologram')
  const message = fc
    .tuple(
      kind,
      some('text', 'media', 'file_name', 'file_size', 'media_duration', 'thumbnail', 'sticker_id', 'callback_data'),
      fc.record(
        {
          media: fc.constant('https://cdn.example.net/%zz'),
          location: some('lon', 'lat'),
          contact: some('name', 'phone'),
          post: some('id', 'url', 'preview_url', 'username', 'caption'),
          shared_post: some('url', 'preview_link', 'preview_permalink', 'site_name'),
          delivery_status: some('status_code', 'error_code', 'error'),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([type, fields, parts]) => ({ type, ...fields, ...parts }))
  const embedded = fc
    .tuple(some('id', 'msgid', 'type', 'text', 'timestamp', 'sender'), kind)
    .map(([fields, type]) => ({ type, ...fields }))
  const payload = fc.record(
    {
      id: value,
      msgid: value,
      conversation_id: value,
      conversation_ref_id: value,
      timestamp: number,
      silent: fc.boolean(),
      sender: person,
      receiver: person,
      message,
      reply_to: fc.record({ message: embedded }),
      forwards: fc.record({ messages: fc.array(embedded, { maxLength: 2 }) }),
    },
    { requiredKeys: ['message', 'msgid', 'sender'] },
  )
  return fc.record({ event_type: fc.constantFrom('new_message', 'edit_message'), payload })
})()

test('whatever is sent, it is never our fault', async () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.record({ event_type: fc.constant('new_message'), payload: fc.object() }),
    fc
      .dictionary(
        fc.constantFrom('msgid', 'sender', 'message', 'timestamp', 'msec_timestamp', 'source', 'silent'),
        fc.jsonValue(),
      )
      .map((fields) => aNewMessage(fields)),
    almostRight,
  )
  await fc.assert(
    fc.asyncProperty(anything, async (payload) => {
      expect([200, 400, 404]).toContain((await channel.post(payload)).status)
    }),
    { numRuns: 250 },
  )
})
