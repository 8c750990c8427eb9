import type { ChatId, LeadId, RealtimeEvent } from '@parley/protocol/model'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiRefusal } from '../api.ts'
import { applyAccess, dropRefused } from './access.ts'

let client: QueryClient
const stops: (() => void)[] = []

beforeEach(() => {
  client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } } })
  stops.push(dropRefused(client))
})
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  client.clear()
})

const refusal = (status: number) => new ApiRefusal(status, { code: 'no', message: 'no' })
const anEvent = (event: Partial<RealtimeEvent>): RealtimeEvent => ({ seq: 1, type: 'hidden', ...event })

/** Something a screen shows; asked again, it answers with `again`. */
async function show(queryKey: readonly unknown[], again: () => Promise<unknown>) {
  const queryFn = vi.fn().mockResolvedValueOnce('secret').mockImplementation(again)
  const observer = new QueryObserver(client, { queryKey, queryFn })
  stops.push(observer.subscribe(() => undefined))
  await vi.waitFor(() => expect(client.getQueryData(queryKey)).toBe('secret'))
  return queryFn
}

const gone = () => Promise.reject(refusal(404))

describe('hidden', () => {
  test('what is held and not shown goes', () => {
    client.setQueryData(['chat', 'c1'], 'secret')
    client.setQueryData(['messages', 'c1'], 'secret')
    client.setQueryData(['chat', 'c2'], 'kept')
    client.setQueryData(['lead', 7, 'feed'], 'secret')
    applyAccess(client, [anEvent({ hiddenChatId: 'c1' as ChatId, hiddenLeadId: 7 as LeadId })])
    expect(
      client
        .getQueryCache()
        .getAll()
        .map(({ queryKey }) => queryKey),
    ).toEqual([['chat', 'c2']])
  })

  test('what is shown goes at once, and the server is asked', async () => {
    const queryFn = await show(['chat', 'c1'], gone)
    applyAccess(client, [anEvent({ hiddenChatId: 'c1' as ChatId })])
    expect(client.getQueryData(['chat', 'c1'])).toBeUndefined()
    await vi.waitFor(() => expect(client.getQueryState(['chat', 'c1'])?.status).toBe('error'))
    expect(queryFn).toHaveBeenCalledTimes(2)
  })

  test('what may be seen again by the end of the same events stays', async () => {
    const queryFn = await show(['chat', 'c1'], gone)
    const chat = { id: 'c1' } as NonNullable<RealtimeEvent['chat']>
    applyAccess(client, [anEvent({ hiddenChatId: 'c1' as ChatId }), anEvent({ type: 'chat.updated', chat })])
    expect(client.getQueryData(['chat', 'c1'])).toBe('secret')
    expect(queryFn).toHaveBeenCalledTimes(1)
  })

  test('what was refused is asked again when it may be seen', async () => {
    await show(['chat', 'c1'], gone)
    await client.invalidateQueries({ queryKey: ['chat', 'c1'] })
    expect(client.getQueryData(['chat', 'c1'])).toBeUndefined()
    client.setQueryDefaults(['chat', 'c1'], {})
    const chat = { id: 'c1' } as NonNullable<RealtimeEvent['chat']>
    applyAccess(client, [anEvent({ type: 'chat.updated', chat })])
    expect(client.getQueryState(['chat', 'c1'])?.fetchStatus).toBe('fetching')
  })
})

describe('access.changed', () => {
  test('everything shown is asked again; what is refused now goes, what the network loses stays', async () => {
    client.setQueryData(['lead', 7], 'not shown')
    await show(['chat', 'c1'], gone)
    await show(['roles'], () => Promise.reject(refusal(403)))
    await show(['users'], () => Promise.reject(new Error('no answer')))
    await show(['chats'], () => Promise.resolve('fewer'))
    applyAccess(client, [anEvent({ type: 'access.changed' })])
    expect(client.getQueryData(['lead', 7])).toBeUndefined()
    await vi.waitFor(() => {
      expect(client.getQueryData(['chat', 'c1'])).toBeUndefined()
      expect(client.getQueryData(['roles'])).toBeUndefined()
      expect(client.getQueryData(['chats'])).toBe('fewer')
    })
    expect(client.getQueryData(['users'])).toBe('secret')
  })
})

test('settings.changed: what begins with the topic is asked again, once', async () => {
  const board = await show(['board', 7], async () => 'new')
  const [tags, tagsOfLead, users] = [
    await show(['tags'], async () => 'new'),
    await show(['tags', 'of', 7], async () => 'new'),
    await show(['users'], async () => 'new'),
  ]
  const changed = anEvent({ type: 'settings.changed', topic: 'tags' })
  applyAccess(client, [changed, { ...changed, seq: 2 }])
  await vi.waitFor(() => expect(client.getQueryData(['tags'])).toBe('new'))
  expect(tags).toHaveBeenCalledTimes(2)
  expect(tagsOfLead).toHaveBeenCalledTimes(2)
  // Cards show what tags are called.
  expect(board).toHaveBeenCalledTimes(2)
  expect(users).toHaveBeenCalledTimes(1)
})
