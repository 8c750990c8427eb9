import type { MessageStatus } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { type DeliveryReport, planStatus } from './set-delivery-status.ts'

const SENT: DeliveryReport = { status: 'sent' }
const DELIVERED: DeliveryReport = { status: 'delivered' }
const READ: DeliveryReport = { status: 'read' }
const FAILED: DeliveryReport = { status: 'failed', reason: 'The number is unknown.' }

test.each<[MessageStatus, DeliveryReport, string | undefined]>([
  ['queued', SENT, undefined],
  ['queued', DELIVERED, 'delivered'],
  ['sent', DELIVERED, 'delivered'],
  ['sent', READ, 'read'],
  ['sent', FAILED, 'failed'],
  ['delivered', DELIVERED, undefined],
  ['delivered', READ, 'read'],
  ['delivered', FAILED, 'failed'],
  ['read', DELIVERED, undefined],
  ['read', READ, undefined],
  ['read', FAILED, undefined],
  ['failed', SENT, undefined],
  ['failed', DELIVERED, 'delivered'],
  ['failed', READ, 'read'],
])('%s, then %o: %s', (status, report, next) => {
  expect(planStatus({ status, failure: null }, report)?.status).toBe(next)
})

test('the same failure again is no news; another reason is', () => {
  expect(planStatus({ status: 'failed', failure: 'The number is unknown.' }, FAILED)).toBeUndefined()
  expect(planStatus({ status: 'failed', failure: 'No answer.' }, FAILED)).toEqual({
    status: 'failed',
    failure: 'The number is unknown.',
  })
})
