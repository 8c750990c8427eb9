import { expect, test } from 'vitest'
import { createMasker } from './mask-secrets.ts'

const SECRET = '0123456789abcdef0123456789abcdef01234567'

test('the channel’s secret is taken out wherever it stands', () => {
  const masker = createMasker([SECRET])
  expect(masker.headers([['X-Signature', SECRET]])).toEqual([['X-Signature', '***']])
  expect(masker.text(`{"text":"my secret is ${SECRET}"}`)).toBe('{"text":"my secret is ***"}')
  expect(masker.path(`/v2/origin/custom/x?s=${SECRET}`)).toBe('/v2/origin/custom/x?s=***')
  expect(masker.bytes(Buffer.from(`\xff${SECRET}`, 'latin1')).toString('latin1')).toBe('\xff***')
  expect(masker.hasMasked).toBe(true)
})

test('a signature is not secret, and nothing else is touched', () => {
  const masker = createMasker([SECRET])
  const headers: [string, string][] = [
    ['X-Signature', 'b6d0bd3ba0c4d8c9'],
    ['Content-MD5', 'd41d8cd98f00b204e9800998ecf8427e'],
  ]
  const body = '{"event_type":"new_message","payload":{"message":{"text":"tokens and \\"secret\\" words"}}}'
  expect(masker.headers(headers)).toEqual(headers)
  expect(masker.text(body)).toBe(body)
  expect(masker.path('/v2/origin/custom/a_b/chats?limit=5')).toBe('/v2/origin/custom/a_b/chats?limit=5')
  expect(masker.hasMasked).toBe(false)
})

test('what is named like a secret is taken out', () => {
  const masker = createMasker([])
  expect(
    masker.headers([
      ['Authorization', 'Bearer abc'],
      ['Cookie', 'sid=1'],
      ['X-Api-Key', 'k'],
      ['X-Auth-Token', 't'],
    ]),
  ).toEqual([
    ['Authorization', '***'],
    ['Cookie', '***'],
    ['X-Api-Key', '***'],
    ['X-Auth-Token', '***'],
  ])
  expect(masker.text('{"access_token": "a\\"b", "client_secret":17,"n":1}')).toBe(
    '{"access_token": "***", "client_secret":"***","n":1}',
  )
  expect(masker.path('/x?access_token=abc&n=1')).toBe('/x?access_token=***&n=1')
})

test('a body that was cut within a secret shows none of it', () => {
  expect(createMasker([]).text('{"access_token":"abcdef')).toBe('{"access_token":"***"')
})
