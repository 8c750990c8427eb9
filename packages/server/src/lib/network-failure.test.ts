import { expect, test } from 'vitest'
import { describeNetworkError, noAnswerWithin } from './network-failure.ts'

const withCode = (code: string) => Object.assign(new Error(`secret text about https://u:p@host (${code})`), { code })

test.each([
  ['ECONNREFUSED', 'refused', 'connection refused'],
  ['ENOTFOUND', 'name', 'name not found'],
  ['UND_ERR_SOCKET', 'lost', 'connection closed without an answer'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout', 'no connection in time'],
  ['CERT_HAS_EXPIRED', 'tls', 'certificate expired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', 'certificate is for another name'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', 'no TLS connection could be made'],
  ['HPE_INVALID_CONSTANT', 'other', 'the answer was not HTTP'],
  ['EWHATEVER', 'other', 'the request failed (EWHATEVER)'],
])('%s', (code, cause, reason) => expect(describeNetworkError(withCode(code))).toEqual({ cause, reason }))

test('several addresses tried in vain: the first tells', () => {
  const error = new AggregateError([withCode('ECONNREFUSED'), withCode('ENETUNREACH')])
  expect(describeNetworkError(error).reason).toBe('connection refused')
})

test('what wraps another is looked into', () => {
  expect(describeNetworkError(new TypeError('fetch failed', { cause: withCode('ENOTFOUND') })).cause).toBe('name')
})

test('what has no code says nothing of itself', () => {
  expect(describeNetworkError(new Error('at https://u:p@host')).reason).toBe('the request failed')
})

test('a deadline is told in seconds', () => expect(noAnswerWithin(10_000).reason).toBe('no answer within 10 s'))
