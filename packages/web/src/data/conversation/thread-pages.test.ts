import type { ChatId, Message, Note, RealtimeEvent, ThreadPage } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import { applyToThread, flattenMessages, flattenNotes, putNote, reachesEnd, type ThreadData } from './thread-pages.ts'

const CHAT = 'chat' as ChatId
const message = (id: string, sentAt: number, more: Partial<Message> = {}) =>
  ({ id, chatId: CHAT, sentAt, status: 'received', ...more }) as Message
const note = (id: string, createdAt: number, more: Partial<Note> = {}) =>
  ({ id, chatId: CHAT, createdAt, ...more }) as Note
const received = (one: Message): RealtimeEvent => ({ seq: 1, type: 'message.received', message: one })
const added = (one: Note): RealtimeEvent => ({ seq: 1, type: 'note.added', note: one })
const page = (
  items: Message[],
  next: string | null,
  previous: string | null = null,
  notes: Note[] = [],
): ThreadPage => ({
  items,
  notes,
  next,
  previous,
})
const ids = (data: ThreadData) => flattenMessages(data).map((one) => one.id as string)
const noteIds = (data: ThreadData) => flattenNotes(data).map((one) => one.id as string)
const apply = (data: ThreadData, ...events: RealtimeEvent[]) => applyToThread(data, CHAT, events)

const loaded = (next: string | null = 'older', previous: string | null = null): ThreadData => ({
  pageParams: [{ kind: 'newest' }, { kind: 'before', key: 'p2' }],
  pages: [
    page([message('d', 40), message('c', 30)], 'p2', previous),
    page([message('b', 20), message('a', 10)], next, 'n1', [note('n', 15)]),
  ],
})

describe('messages', () => {
  test('new ones go to the end, in the order they were sent', () => {
    const data = apply(loaded(), received(message('f', 60)), received(message('e', 50)))
    expect(ids(data)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    expect(ids(apply(data, received(message('f', 60))))).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  test('of one millisecond the id decides', () => {
    expect(ids(apply(loaded(), received(message('da', 40))))).toEqual(['a', 'b', 'c', 'd', 'da'])
  })

  test('a new status replaces the message where it stands; the other page stays the same object', () => {
    const before = loaded()
    const data = apply(before, {
      seq: 2,
      type: 'message.status_changed',
      message: message('b', 20, { status: 'read' }),
    })
    expect(flattenMessages(data)[1]?.status).toBe('read')
    expect(data.pages[0]).toBe(before.pages[0])
  })

  test('a late one takes its place by the sender’s clock', () => {
    expect(ids(apply(loaded(), received(message('x', 25))))).toEqual(['a', 'b', 'x', 'c', 'd'])
  })

  test('what is older than everything loaded comes with its own page, unless there is none', () => {
    expect(ids(apply(loaded(), received(message('x', 5))))).toEqual(['a', 'b', 'c', 'd'])
    expect(ids(apply(loaded(null), received(message('x', 5))))).toEqual(['x', 'a', 'b', 'c', 'd'])
  })

  test('a stretch in the middle takes what falls into it, and no news', () => {
    const middle = loaded('older', 'newer')
    expect(reachesEnd(middle)).toBe(false)
    expect(ids(apply(middle, received(message('e', 50)), received(message('x', 25))))).toEqual([
      'a',
      'b',
      'x',
      'c',
      'd',
    ])
  })

  test('the first one of an empty conversation is shown', () => {
    const empty: ThreadData = { pageParams: [{ kind: 'newest' }], pages: [page([], null)] }
    expect(ids(apply(empty, received(message('a', 1))))).toEqual(['a'])
    expect(noteIds(apply(empty, added(note('n', 1))))).toEqual(['n'])
  })

  test('another chat’s change nothing', () => {
    const data = loaded()
    expect(apply(data, received(message('x', 99, { chatId: 'other' as ChatId })))).toBe(data)
  })
})

describe('notes', () => {
  test('are added, changed where they stand, and left alone with what is not loaded', () => {
    const data = apply(loaded(), added(note('m', 50)), added(note('early', 5)))
    expect(noteIds(data)).toEqual(['n', 'm'])
    const changed = apply(data, { seq: 3, type: 'note.changed', note: note('n', 15, { isDeleted: true }) })
    expect(flattenNotes(changed).map(({ isDeleted }) => isDeleted)).toEqual([true, undefined])
    expect(noteIds(putNote(changed, note('m', 50)))).toEqual(['n', 'm'])
  })

  test('bound a stretch as messages do', () => {
    const only: ThreadData = {
      pageParams: [{ kind: 'around', place: '1' }],
      pages: [page([], 'o', 'p', [note('b', 20), note('a', 10)])],
    }
    expect(ids(apply(only, received(message('x', 15)), received(message('y', 25)), received(message('z', 5))))).toEqual(
      ['x'],
    )
  })
})
