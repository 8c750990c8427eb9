import type { RealtimeEvent, Task, TaskId, UserId } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import type { TaskWish } from './task-keys.ts'
import { applyToTasks, flattenTasks, type TasksData } from './task-list.ts'

const MAX = 500002 as UserId
const aTask = (id: number, dueAt: number, more: Partial<Task> = {}): Task => ({
  ...{
    id: id as TaskId,
    kind: 'call',
    text: `Task ${id}`,
    dueAt,
    dueOn: null,
    lead: null,
    contact: null,
    chatId: null,
  },
  ...{ responsible: { id: MAX, name: 'Max' }, createdBy: null, createdAt: 0, doneAt: null, doneBy: null, result: null },
  ...more,
})
const mine: TaskWish = { isDone: false, responsible: MAX }
const aList = (items: Task[], next: string | null = null): TasksData => ({
  pages: [{ items, next }],
  pageParams: [null],
})
const told = (event: Partial<RealtimeEvent>): RealtimeEvent => ({ seq: 1, type: 'task.changed', ...event })
const idsOf = (data: TasksData) => flattenTasks(data).map(({ id }) => id)

test('a new task stands where it is due, and a moved one goes there', () => {
  const list = aList([aTask(1, 100), aTask(2, 300)])
  const more = applyToTasks(list, [told({ task: aTask(3, 200) })], mine)
  expect(idsOf(more)).toEqual([1, 3, 2])
  expect(idsOf(applyToTasks(more, [told({ task: aTask(1, 400) })], mine))).toEqual([3, 2, 1])
})

test('one that is done, deleted, hidden or somebody else’s leaves', () => {
  const list = aList([aTask(1, 100), aTask(2, 200), aTask(3, 300), aTask(4, 400)])
  const events = [
    told({ task: aTask(1, 100, { doneAt: 5 }) }),
    told({ removedTaskId: 2 as TaskId }),
    { ...told({ hiddenTaskId: 3 as TaskId }), type: 'hidden' as const },
    told({ task: aTask(4, 400, { responsible: { id: 1 as UserId, name: 'Ana' } }) }),
  ]
  expect(idsOf(applyToTasks(list, events, mine))).toEqual([])
})

test('what belongs behind the loaded pages stays unloaded', () => {
  const list = aList([aTask(1, 100), aTask(2, 200)], 'next')
  expect(idsOf(applyToTasks(list, [told({ task: aTask(3, 300) })], mine))).toEqual([1, 2])
  expect(applyToTasks(list, [told({ task: aTask(3, 300) })], mine).pages.at(-1)!.next).toBe('next')
  expect(idsOf(applyToTasks(list, [told({ task: aTask(3, 150) })], mine))).toEqual([1, 3, 2])
})

test('of what is done the last one comes first', () => {
  const done: TaskWish = { isDone: true, responsible: 'all' }
  const list = aList([aTask(1, 100, { doneAt: 10 })])
  expect(idsOf(applyToTasks(list, [told({ task: aTask(2, 50, { doneAt: 20 }) })], done))).toEqual([2, 1])
})

test('a week takes only what is due in it', () => {
  const week: TaskWish = { isDone: false, responsible: 'all', from: 100, to: 200 }
  const list = aList([aTask(1, 150)])
  expect(idsOf(applyToTasks(list, [told({ task: aTask(2, 200) }), told({ task: aTask(3, 100) })], week))).toEqual([
    3, 1,
  ])
})

test('an event about something else changes nothing', () => {
  const list = aList([aTask(1, 100)])
  expect(applyToTasks(list, [told({})], mine)).toBe(list)
})
