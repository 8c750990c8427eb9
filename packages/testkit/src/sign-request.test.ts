import { createSigningKey, verifyHook, verifyRequest } from '@parley/protocol/signing'
import { describe, expect, test } from 'vitest'
import { hmac, signBody, signHeaders, toWireDate } from './sign-request.ts'

const SECRET = '0123456789abcdef0123456789abcdef01234567'
const AT = new Date('2026-03-03T10:15:30Z')
const KEY = createSigningKey(SECRET)

const requests = [
  ['a message', { method: 'POST', path: '/v2/origin/custom/a_b', body: Buffer.from('{"text":"Grüße"}') }],
  ['a query is not signed', { method: 'POST', path: '/v2/origin/custom/a_b?x=1', body: Buffer.from('{}') }],
  ['no body', { method: 'GET', path: '/v2/origin/custom/a_b/chats/c/history', body: Buffer.alloc(0) }],
] as const

describe('the two implementations of the signature agree', () => {
  test.each(requests)('%s', (_, request) => {
    const { headers } = signHeaders(request, SECRET, AT)
    const signed = {
      method: request.method,
      path: request.path.split('?')[0]!,
      body: request.body,
      date: headers.date,
      contentMd5: headers['content-md5'],
      contentType: headers['content-type'],
      signature: headers['x-signature'],
    }
    const policy = { now: AT, operation: 'message', legacy: 'none' } as const
    expect(verifyRequest(signed, KEY, policy)).toMatchObject({ ok: true })
  })

  test('over a body alone', () => {
    const body = Buffer.from('{"account_id":"x"}')
    const { headers } = signBody({ method: 'POST', path: '/', body }, SECRET)
    expect(verifyHook(body, headers['x-signature'], KEY)).toMatchObject({ ok: true })
    expect(headers['x-signature']).toBe(hmac(SECRET, body))
  })

  test('the date as the wire has it', () => {
    expect(toWireDate(AT)).toBe('Tue, 03 Mar 2026 10:15:30 +0000')
  })
})
