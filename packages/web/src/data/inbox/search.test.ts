import type { InboxView, ViewId } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { filtersOf, listOf, readInboxSearch, toSearch } from './search.ts'

const saved = { id: 701 as ViewId, filters: { unread: true, tagId: 3 }, sort: 'waiting' } as InboxView

test('an address is read as far as it makes sense', () => {
  expect(readInboxSearch({ view: 701, stage: '7', tag: -1, state: 'gone', unread: true, c: '', sort: 'x' })).toEqual({
    view: '701',
    stage: 7,
    unread: true,
  })
})

test('filters go into the address and come out of it again', () => {
  const filters = { state: 'all', responsible: 'me', channelId: 'c', stageId: 4, pipelineId: 5, tagId: 6 } as const
  expect(filtersOf(readInboxSearch({ ...toSearch(filters) }))).toEqual(filters)
})

test('what is narrowed beside a view counts on top of it', () => {
  expect(listOf({}, undefined)).toEqual({ filters: { state: 'open' }, sort: 'newest' })
  expect(listOf({ view: 'mine', unread: true }, [])).toEqual({
    filters: { state: 'open', responsible: 'me', unread: true },
    sort: 'newest',
  })
  expect(listOf({ view: '701', tag: 4 }, [saved])).toEqual({ filters: { unread: true, tagId: 4 }, sort: 'waiting' })
  expect(listOf({ view: '701' }, undefined)).toBeUndefined()
  expect(listOf({ view: '999' }, [saved])).toBeUndefined()
})
