import { expect, test } from 'vitest'
import { planRequest } from './plan-request.ts'

const ORIGIN = 'https://chat.example.com'
const ask = (path: string, more: { method?: string; mode?: string } = {}) =>
  planRequest({ method: 'GET', mode: 'navigate', url: new URL(path, ORIGIN).href, ...more }, ORIGIN)

test.each([
  ['/', 'shell'],
  ['/inbox?c=1', 'shell'],
  ['/settings/notifications', 'shell'],
  // A screen may be named like the beginning of what is none.
  ['/apiary', 'shell'],
  ['/api/app/v1/unsubscribe/abc', 'leave'],
  ['/files/1/2/offer.pdf', 'leave'],
  ['/realtime', 'leave'],
  ['/oauth?client_id=a', 'leave'],
  ['/v2/origin/custom/x', 'leave'],
  ['/healthz', 'leave'],
  ['https://elsewhere.example/inbox', 'leave'],
])('opening %s: %s', (path, plan) => {
  expect(ask(path)).toBe(plan)
})

test.each([
  ['/assets/index-4fG.js', 'file'],
  ['/icons/icon-192.png', 'file'],
  ['/favicon.svg', 'file'],
  ['/api/app/v1/me', 'leave'],
  ['/service-worker.js', 'leave'],
  ['https://elsewhere.example/assets/index.js', 'leave'],
])('asking for %s: %s', (path, plan) => {
  expect(ask(path, { mode: 'cors' })).toBe(plan)
})

test('what changes something is left alone', () => {
  expect(ask('/assets/index-4fG.js', { method: 'POST' })).toBe('leave')
})
