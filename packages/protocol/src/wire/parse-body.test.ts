import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import {
  chatEvent,
  connectRequest,
  deliveryStatusRequest,
  disconnectRequest,
  newMessageAnswer,
  parseBody,
} from './index.ts'

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
const anEvent = (fields: Record<string, unknown> = {}) => ({
  event_type: 'new_message',
  payload: {
    timestamp: 1,
    msgid: 'm',
    conversation_id: 'c',
    sender: { id: 'u' },
    message: { type: 'text', text: 'x' },
    ...fields,
  },
})
const payloadOf = (fields: Record<string, unknown>) => {
  const parsed = parseBody(chatEvent.lenient, bytes(anEvent(fields)))
  if (!parsed.ok) return parsed.description
  return parsed.data.event_type === 'new_message' ? parsed.data.payload : undefined
}

describe('the bodies of the signature vectors', () => {
  interface Vector {
    id: string
    target: string
    body_base64: string
    verdict: string
  }
  const file = new URL('../../../../fixtures/wire/signature-vectors.json', import.meta.url)
  const vectors = JSON.parse(readFileSync(file, 'utf8')) as { requests: Vector[]; legacy_requests: Vector[] }
  const all = [...vectors.requests, ...vectors.legacy_requests].filter(({ body_base64: body }) => body !== '')

  test.each(all.map((vector) => [vector.id, vector] as const))('%s', (_, { target, body_base64: body }) => {
    const schema = [
      [/\/connect$/, connectRequest] as const,
      [/\/disconnect$/, disconnectRequest] as const,
      [/\/delivery_status$/, deliveryStatusRequest] as const,
      [/custom\/[^/]+$/, chatEvent] as const,
    ].find(([path]) => path.test(target))?.[1]
    if (schema === undefined) return // chats, typing and reactions are later issues
    expect(parseBody<z.ZodType>(schema.lenient, Buffer.from(body, 'base64'))).toMatchObject({ ok: true })
  })
})

describe('fields', () => {
  test('numbers become strings where ids, phones and sources were numbers', () => {
    expect(
      payloadOf({
        msgid: 7,
        conversation_id: 1.5,
        sender: { id: 0, profile: { phone: 79990001122 } },
        source: { external_id: 42 },
      }),
    ).toMatchObject({
      msgid: '7',
      conversation_id: '1.5',
      sender: { id: '0', profile: { phone: '79990001122' } },
      source: { external_id: '42' },
    })
  })

  test('null and the empty string are absent where a field is optional', () => {
    const sender = { id: 'u', name: '', avatar: null, profile: { phone: '', email: null }, profile_link: '' }
    const payload = payloadOf({ sender, source: { external_id: '' }, msec_timestamp: null, conversation_ref_id: '' })
    expect(JSON.parse(JSON.stringify(payload))).toEqual({
      timestamp: 1,
      msgid: 'm',
      conversation_id: 'c',
      sender: { id: 'u', profile: {} },
      message: { type: 'text', text: 'x' },
      source: {},
    })
  })

  test('characters are code points: an emoji counts once', () => {
    expect(payloadOf({ message: { type: 'text', text: '🚚'.repeat(20_000) } })).toBeTypeOf('object')
    expect(payloadOf({ message: { type: 'text', text: '🚚'.repeat(20_001) } })).toMatch(/^payload\.message\.text: /)
    expect(payloadOf({ message: { type: 'text', text: `${'🚚'.repeat(10_000)}${'x'.repeat(10_001)}` } })).toMatch(
      /20000/,
    )
  })

  test('ids are measured in bytes', () => {
    expect(payloadOf({ msgid: 'я'.repeat(127) })).toBeTypeOf('object')
    expect(payloadOf({ msgid: 'я'.repeat(128) })).toBe('payload.msgid: must not be longer than 255 bytes')
  })

  test.each(['пристань', 's'.repeat(41), 'a\tb'])('a source %j is refused', (external_id) => {
    expect(payloadOf({ source: { external_id } })).toMatch(/^payload\.source\.external_id: /)
  })

  test('an error code with a Cyrillic letter in its name is read', () => {
    const parsed = parseBody(deliveryStatusRequest.lenient, bytes('{"status_code":-1,"error_\u0441ode":904}'))
    expect(parsed).toMatchObject({ ok: true, data: { error_сode: 904 } })
  })

  test('the answers of 2017 and of today are both answers', () => {
    expect(newMessageAnswer.safeParse({ new_message: { msgid: 'a', ref_id: 'b' } }).success).toBe(true)
    const today = { conversation_id: 'c', sender_id: 's', receiver_id: null, msgid: 'a', ref_id: 'b' }
    expect(newMessageAnswer.safeParse({ new_message: today }).success).toBe(true)
  })
})

test('whatever the bytes, a body is read or refused with a path and a reason', () => {
  const values = fc.oneof(
    fc.uint8Array().map((array) => Buffer.from(array)),
    fc.json().map((json) => Buffer.from(json)),
    fc
      .string({ unit: 'binary' })
      .map((text) => Buffer.from(JSON.stringify(anEvent({ message: { type: 'text', text } })))),
    fc
      .dictionary(
        fc.constantFrom('msgid', 'sender', 'message', 'timestamp', 'source', 'silent', 'receiver', 'conversation_id'),
        fc.jsonValue(),
      )
      .map((fields) => Buffer.from(JSON.stringify(anEvent(fields)))),
  )
  fc.assert(
    fc.property(values, (body) => {
      for (const schema of [chatEvent, connectRequest, disconnectRequest, deliveryStatusRequest]) {
        for (const mood of [schema.lenient, schema.strict]) {
          const parsed = parseBody<z.ZodType>(mood, body)
          if (!parsed.ok) expect(parsed.description).toMatch(/^(body|[\w-]+)([.][\w-]+|\[.+?\])*: ./)
        }
      }
    }),
    { numRuns: 500 },
  )
})
