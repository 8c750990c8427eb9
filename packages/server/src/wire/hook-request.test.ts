import { createHash } from 'node:crypto'
import type { DeliveryId } from '@parley/protocol/model'
import { createSigningKey } from '@parley/protocol/signing'
import { describe, expect, test } from 'vitest'
import { hookHeaders, hookUrl, withScope } from './hook-request.ts'

const SCOPE = '5d0c7a4e-2b61-4f0d-9a3b-6e1f8c2d7b90_b8f4e1d2-07c3-4a95-8e6b-3f2a1d0c9e78'

describe('the scope id goes', () => {
  test.each([
    ['where the marker stands', 'https://a.test/in/:scope_id/x?y=1', `https://a.test/in/${SCOPE}/x?y=1`],
    ['where the marker stands in the query', 'https://a.test/in?scope=:scope_id', `https://a.test/in?scope=${SCOPE}`],
    ['behind the path', 'https://a.test/hooks/amo', `https://a.test/hooks/amo/${SCOPE}`],
    ['behind a slash', 'https://a.test/hooks/', `https://a.test/hooks/${SCOPE}`],
    ['behind the host', 'https://a.test', `https://a.test/${SCOPE}`],
    ['before the query', 'https://a.test/hooks?key=a/b', `https://a.test/hooks/${SCOPE}?key=a/b`],
    ['and a fragment is dropped', 'https://a.test/hooks?k=1#top', `https://a.test/hooks/${SCOPE}?k=1`],
  ])('%s', (_, url, expected) => expect(withScope(url, SCOPE)).toBe(expected))
})

describe('the URL is', () => {
  test.each([
    ['v1', 'https://a.test/one', 'https://a.test/two', `https://a.test/one/${SCOPE}`],
    ['v2', 'https://a.test/one', 'https://a.test/two', `https://a.test/two/${SCOPE}`],
    ['v1', null, 'https://a.test/two', `https://a.test/two/${SCOPE}`],
    ['v2', 'https://a.test/one', null, `https://a.test/one/${SCOPE}`],
    ['v2', null, '', undefined],
  ] as const)('%s of %s and %s: %s', (version, webhookUrlV1, webhookUrlV2, expected) => {
    expect(hookUrl(version, { webhookUrlV1, webhookUrlV2 }, SCOPE)).toBe(expected)
  })
})

test('only the date and the number tell attempts apart', () => {
  const given = {
    deliveryId: '019c0000-0000-7000-8000-000000000001' as DeliveryId,
    attempt: 1,
    body: Buffer.from('{"text":"hej å"}'),
    secret: createSigningKey('secret'),
    now: new Date('2026-03-03T10:16:40Z'),
  }
  const first = hookHeaders(given)
  expect(first).toMatchObject({
    'Content-Type': 'application/json',
    'User-Agent': 'amoCRM amoJo/1.0',
    'Content-MD5': createHash('md5').update(given.body).digest('hex'),
    'X-Request-Id': given.deliveryId,
    'X-Parley-Attempt': '1',
    Date: 'Tue, 03 Mar 2026 10:16:40 GMT',
  })
  expect(first['X-Signature']).toMatch(/^[0-9a-f]{40}$/)
  const second = hookHeaders({ ...given, attempt: 2, now: new Date('2026-03-03T10:16:45Z') })
  const changed = Object.keys(first).filter((name) => first[name] !== second[name])
  expect(changed).toEqual(['Date', 'X-Parley-Attempt'])
})
