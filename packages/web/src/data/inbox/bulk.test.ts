import type { BulkJob, BulkJobId } from '@parley/protocol/model'
import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { bulkKeys, hearBulk } from './bulk.ts'

const aJob = (phase: BulkJob['phase'], handled = 0, restored = 0) =>
  ({ id: '7' as BulkJobId, action: { type: 'close' }, phase, total: 4, handled, changed: handled, restored }) as BulkJob

function hear(...told: BulkJob[]) {
  const client = new QueryClient()
  const last = told.map((job) => hearBulk(client, job)).at(-1)
  expect(client.getQueryData(bulkKeys.job('7' as BulkJobId))).toEqual(last)
  return { last, running: client.getQueryData<BulkJob[]>(bulkKeys.running) }
}

test('an answer that comes behind the end of its job begins nothing again', () => {
  expect(hear(aJob('done', 4), aJob('collecting'))).toEqual({ last: aJob('done', 4), running: [] })
  expect(hear(aJob('running', 3), aJob('running', 1)).last).toEqual(aJob('running', 3))
  expect(hear(aJob('undone', 4, 4), aJob('undoing', 4)).last).toEqual(aJob('undone', 4, 4))
})

test('what goes on is among those under way until it is over', () => {
  expect(hear(aJob('collecting'), aJob('running', 1)).running).toEqual([aJob('running', 1)])
  expect(hear(aJob('running', 1), aJob('done', 4)).running).toEqual([])
  expect(hear(aJob('done', 4), aJob('undoing', 4)).running).toEqual([aJob('undoing', 4)])
})
