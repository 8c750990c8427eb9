import { describe, expect, test } from 'vitest'
import { boundsOf, dayOfTask, groupOf, movedTo, nameOfWeek, toRows, weekOf } from './group-tasks.ts'

const at = (year: number, month: number, date: number, hour = 12) => new Date(year, month - 1, date, hour).getTime()
const NOW = at(2026, 11, 30, 10)
const moment = (dueAt: number) => ({ dueAt, dueOn: null })
const wholeDay = (dueOn: string) => ({ dueOn, dueAt: Date.parse(`${dueOn}T23:59:59.999Z`) })

describe('a task belongs', () => {
  test.each([
    ['late', moment(NOW - 1)],
    ['today', moment(at(2026, 11, 30, 23))],
    ['tomorrow', moment(at(2026, 12, 1, 0))],
    ['later', moment(at(2026, 12, 2, 0))],
    ['today', wholeDay('2026-11-30')],
    ['tomorrow', wholeDay('2026-12-01')],
    ['late', wholeDay('2026-11-28')],
  ])('to %s', (group, task) => {
    expect(groupOf(task, NOW, 'UTC')).toBe(group)
  })
})

test('rows stand under the heads of their groups, and a group without any has none', () => {
  const tasks = [moment(NOW - 5), moment(at(2026, 12, 5))].map((due, id) => ({ ...due, id })) as never[]
  const rows = toRows(tasks, NOW, 'UTC')
  expect(rows.map((row) => (row.kind === 'head' ? `${row.group} ${row.count}` : row.task.id))).toEqual([
    'late 1',
    0,
    'later 1',
    1,
  ])
})

test('a week begins with its Monday, over the end of a month', () => {
  expect(weekOf('2026-12-03')).toEqual([
    ...['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04', '2026-12-05', '2026-12-06'],
  ])
  expect(weekOf('2026-12-06')[0]).toBe('2026-11-30')
  expect(nameOfWeek(weekOf('2026-12-03'), 'en')).toMatch(/Nov 30.*Dec 6, 2026/)
})

test('the bounds of a week hold whatever falls into it in any zone', () => {
  const { from, to } = boundsOf(weekOf('2026-12-03'))
  expect(from).toBeLessThanOrEqual(Date.parse('2026-11-29T10:00:00Z'))
  expect(to).toBeGreaterThanOrEqual(Date.parse('2026-12-07T12:00:00Z'))
})

test('another day keeps the time on the clock, or is a whole day as before', () => {
  expect(movedTo(moment(at(2026, 11, 30, 15)), '2026-12-02')).toEqual({ dueAt: at(2026, 12, 2, 15) })
  expect(movedTo(wholeDay('2026-11-30'), '2026-12-02')).toEqual({ dueOn: '2026-12-02' })
  expect(dayOfTask(moment(at(2026, 11, 30, 1)))).toBe('2026-11-30')
})
