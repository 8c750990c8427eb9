import { describe, expect, test } from 'vitest'
import { chatEvent, connectRequest, deliveryStatusRequest, parseBody } from './index.ts'

const good = {
  timestamp: 1772532930,
  msec_timestamp: 1772532930125,
  msgid: 'm',
  conversation_id: 'c',
  sender: { id: 'u', name: 'Nora', profile: { phone: '+46700000055' } },
  message: { type: 'text', text: 'x' },
  silent: false,
}
const file = { type: 'picture', media: 'https://cdn.example.net/9.jpg', file_name: '9.jpg', file_size: 48211 }

/** What strict mode says; undefined: nothing. */
function faultOf(event: Record<string, unknown>): string | undefined {
  const body = Buffer.from(JSON.stringify(event))
  expect(parseBody(chatEvent.lenient, body)).toMatchObject({ ok: true })
  const parsed = parseBody(chatEvent.strict, body)
  return parsed.ok ? undefined : parsed.description
}
const faultWith = (fields: Record<string, unknown>) =>
  faultOf({ event_type: 'new_message', payload: { ...good, ...fields } })

describe('what lenient mode repairs, strict mode refuses', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['a number for an id', { msgid: 7 }, 'payload.msgid: must be a string, not a number'],
    [
      'a number for a phone',
      { sender: { id: 'u', profile: { phone: 46 } } },
      'payload.sender.profile.phone: must be a string, not a number',
    ],
    [
      'a number for a source',
      { source: { external_id: 1 } },
      'payload.source.external_id: must be a string, not a number',
    ],
    ['null', { sender: { id: 'u', avatar: null } }, 'payload.sender.avatar: is null; leave it out instead'],
    ['null for an object', { receiver: null }, 'payload.receiver: is null; leave it out instead'],
    ['null for a flag', { silent: null }, 'payload.silent: is null; leave it out instead'],
    ['an empty string', { sender: { id: 'u', name: '' } }, 'payload.sender.name: is empty; leave it out instead'],
    ['an empty list for an object', { source: [] }, 'payload.source: must be an object'],
    ['no milliseconds', { msec_timestamp: undefined }, 'payload.msec_timestamp: is missing'],
    ['a file without a name', { message: { ...file, file_name: undefined } }, 'payload.message.file_name: is missing'],
    ['a file without a size', { message: { ...file, file_size: undefined } }, 'payload.message.file_size: is missing'],
    [
      'a size in words',
      { message: { ...file, file_size: '48211' } },
      'payload.message.file_size: must be a whole number of bytes',
    ],
    [
      'the picture of 2017',
      { message: { ...file, type: 'image' } },
      'payload.message.type: is the name of 2017; send picture',
    ],
    [
      'an avatar that is no link',
      { sender: { id: 'u', avatar: 'default.png' } },
      'payload.sender.avatar: must be an absolute http or https URL',
    ],
    ['an unknown field', { mood: 1 }, 'payload.mood: is not a field of this method'],
    [
      'an unknown field within',
      { message: { type: 'text', text: 'x', 'a b': 1 } },
      'payload.message["a b"]: is not a field of this method',
    ],
  ])('%s', (_, fields, fault) => expect(faultWith(fields)).toBe(fault))

  test.each<[string, Record<string, unknown>]>([
    ['a text', {}],
    ['a picture', { message: file }],
    ['audio without a name', { message: { type: 'audio', media: 'https://cdn.example.net/9' } }],
    ['an answer', { reply_to: { message: { msgid: 'm-1' } } }],
  ])('it takes what is documented: %s', (_, fields) => expect(faultWith(fields)).toBeUndefined())

  test('an edit may repeat what it does not change', () => {
    const { message, ...rest } = good
    expect(faultOf({ event_type: 'edit_message', payload: { ...rest, receiver: null, message } })).toBeUndefined()
    expect(faultOf({ event_type: 'edit_message', payload: { ...rest, message: { ...message, mood: 1 } } })).toBe(
      'payload.message.mood: is not a field of this method',
    )
  })

  test('other methods', () => {
    const account_id = 'b8f4e1d2-07c3-4a95-8e6b-3f2a1d0c9e78'
    const fault = parseBody(connectRequest.strict, Buffer.from(JSON.stringify({ account_id, title: '' })))
    expect(fault).toEqual({ ok: false, description: 'title: is empty; leave it out instead' })
    const status = { msgid: 'm', status_code: 1, error_code: null, error: null }
    expect(parseBody(deliveryStatusRequest.strict, Buffer.from(JSON.stringify(status)))).toMatchObject({ ok: true })
  })
})
