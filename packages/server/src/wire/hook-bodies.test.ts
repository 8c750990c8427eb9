import type { AmojoId, ChatId, MessageId, ParticipantId } from '@parley/protocol/model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Reply } from '../domain/replies/send-reply.ts'
import { buildTextHook } from './hook-bodies.ts'

const aText = (overrides: Partial<Reply> = {}): Reply => ({
  account: 'b8f4e1d2-07c3-4a95-8e6b-3f2a1d0c9e78' as AmojoId,
  madeAt: new Date(1772533001999),
  sender: { id: 'f06d2a9b-5e37-4c81-8b14-92e7c3d0a5f6' },
  receiver: {
    id: '71c0d9e4-3a5f-4b86-9d27-e8f1a2b3c4d5' as ParticipantId,
    clientId: 'hc-user-55',
    phone: '+46700000055',
    email: null,
  },
  chat: {
    id: 'e27b9c05-8d14-4f63-a0b2-7c5e1f9d3a86' as ChatId,
    clientId: 'hc-conv-1001',
    sourceExternalId: 'shop-front-1',
  },
  message: {
    id: '9a1e6f30-4c7b-4d28-b5f1-0e3d2c8a7b64' as MessageId,
    text: 'We kept one for you',
    sentAt: new Date(1772533000417),
  },
  ...overrides,
})

describe('version 2', () => {
  test('has every field, in the order of the vendor’s sample', () => {
    expect(buildTextHook('v2', aText())).toEqual({
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

  test('leaves out what nobody knows yet', () => {
    const { receiver, chat } = aText()
    const { body } = buildTextHook(
      'v2',
      aText({
        receiver: { ...receiver, clientId: null, phone: null },
        chat: { ...chat, clientId: null, sourceExternalId: null },
      }),
    )
    const { message } = JSON.parse(body)
    expect(message.receiver).toEqual({ id: receiver.id, phone: '', email: '' })
    expect(message.conversation).toEqual({ id: chat.id })
    expect(message).not.toHaveProperty('source')
  })
})

describe('version 1', () => {
  test('is the vector of the specification (W09)', () => {
    expect(buildTextHook('v1', aText())).toEqual({
      hookVersion: 'v1',
      body: '{"receiver":"hc-user-55","conversation_id":"hc-conv-1001","msec_timestamp":1772533000417,"type":"text","text":"We kept one for you","media":"","thumbnail":"","file_name":"","file_size":0}',
    })
  })

  test('cannot name a client the integration does not know: that one gets version 2', () => {
    const { chat } = aText()
    expect(buildTextHook('v1', aText({ chat: { ...chat, clientId: null } })).hookVersion).toBe('v2')
  })
})

test('whatever is written, parsing and writing the body again gives the same bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('v1', 'v2'), (text, version) => {
      const { body } = buildTextHook(version, aText({ message: { ...aText().message, text } }))
      expect(JSON.stringify(JSON.parse(body))).toBe(body)
      expect(Buffer.from(body).toString()).toBe(body)
    }),
  )
  const broken = buildTextHook(
    'v2',
    aText({ message: { ...aText().message, text: 'half \uD83D pair </script>' } }),
  ).body
  expect(JSON.stringify(JSON.parse(broken))).toBe(broken)
  expect(Buffer.from(broken).toString()).toBe(broken)
})
