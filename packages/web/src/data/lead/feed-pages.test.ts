import type { ChatId, FeedItem, LeadId, Message, Note, RealtimeEvent, Task, TaskId } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { applyToFeed, type FeedData, type FeedScope, flattenFeed, putPage } from './feed-pages.ts'

const leadId = 7 as LeadId
const chatId = 'c1' as ChatId
const scope: FeedScope = { leadId, kinds: [], chatIds: new Set([chatId]) }
const change = (id: number, at: number) => ({ kind: 'change', at, key: `change:${id}`, change: { id } }) as FeedItem
const message = (id: string, sentAt: number, more: object = {}) => ({ id, sentAt, chatId, ...more }) as Message
const task = (id: number, doneAt: number | null) =>
  ({ id, createdAt: 50, doneAt, lead: { id: leadId } }) as unknown as Task
const dataOf = (items: FeedItem[], next: string | null = null): FeedData => ({
  pages: [{ items, next, seq: 1 }],
  pageParams: [null],
})
const keysOf = (data: FeedData) => flattenFeed(data).map(({ key }) => key)
const event = (given: Partial<RealtimeEvent>) => ({ seq: 2, type: 'message.received', ...given }) as RealtimeEvent

test('what comes stands at its moment, once, however often it is told', () => {
  const events = [event({ message: message('m1', 30) }), event({ note: { id: 'n1', createdAt: 20, chatId } as Note })]
  const once = applyToFeed(dataOf([change(2, 40), change(1, 10)]), scope, events)
  expect(keysOf(once)).toEqual(['change:1', 'note:n1', 'message:m1', 'change:2'])
  expect(keysOf(applyToFeed(once, scope, events))).toEqual(keysOf(once))
})

test('what is known already is replaced where it stands', () => {
  const before = applyToFeed(dataOf([]), scope, [event({ message: message('m1', 30, { status: 'sent' }) })])
  const after = applyToFeed(before, scope, [event({ message: message('m1', 30, { status: 'read' }) })])
  expect(flattenFeed(after)).toMatchObject([{ message: { status: 'read' } }])
})

test('what is older than all that is loaded waits for its page', () => {
  const data = dataOf([change(2, 40)], 'more')
  expect(keysOf(applyToFeed(data, scope, [event({ message: message('m1', 5) })]))).toEqual(['change:2'])
})

test('other leads’ and kinds that were not asked for stay out', () => {
  const others = [
    event({ message: message('m1', 30, { chatId: 'c2' }) }),
    event({ note: { id: 'n1', createdAt: 20, chatId: null, leadId: 8 } as Note }),
    event({ task: { ...task(1, null), lead: { id: 8 as LeadId, title: '' } } }),
  ]
  expect(keysOf(applyToFeed(dataOf([]), scope, others))).toEqual([])
  const onlyTasks: FeedScope = { ...scope, kinds: ['task'] }
  expect(keysOf(applyToFeed(dataOf([]), onlyTasks, [event({ message: message('m1', 30) })]))).toEqual([])
})

test('a task stands where it was made and where it was done, until it is opened again or deleted', () => {
  const done = applyToFeed(dataOf([]), scope, [event({ task: task(1, 90) })])
  expect(keysOf(done)).toEqual(['taskMade:1', 'taskDone:1'])
  expect(keysOf(applyToFeed(done, scope, [event({ task: task(1, null) })]))).toEqual(['taskMade:1'])
  expect(keysOf(applyToFeed(done, scope, [event({ removedTaskId: 1 as TaskId })]))).toEqual([])
})

test('history that is read anew is put in; with a gap before it, it is all that is held', () => {
  const held = dataOf([change(2, 40), change(1, 10)], 'older')
  const joined = putPage(held, { items: [change(3, 50), change(2, 40)], next: 'x', seq: 3 })
  expect(keysOf(joined)).toEqual(['change:1', 'change:2', 'change:3'])
  const far = putPage(held, { items: [change(9, 90), change(8, 80)], next: 'x', seq: 3 })
  expect(keysOf(far)).toEqual(['change:8', 'change:9'])
  expect(far.pages[0]!.next).toBe('x')
})
