import { expect, test } from 'vitest'
import { placeOf, toNotice } from './push-notice.ts'

const ORIGIN = 'https://chat.example.com'

test('a push is shown with its place, and replaces the one before of the same chat', () => {
  const payload = { title: 'Nora', text: 'Hello', url: '/inbox?c=1', tag: 'c-1', unread: 3, at: 5 }
  const { title, options } = toNotice(() => payload)
  expect(title).toBe('Nora')
  expect(options).toMatchObject({ body: 'Hello', tag: 'c-1', renotify: true, data: { url: '/inbox?c=1' } })
})

test('a push that cannot be read is shown all the same', () => {
  const broken = () => {
    throw new SyntaxError()
  }
  expect(toNotice(broken)).toMatchObject({ title: 'Parley', options: { data: { url: '/notifications' } } })
})

test.each([
  [{ url: '/inbox?c=1' }, '/inbox?c=1'],
  [{ url: 'https://elsewhere.example/x' }, '/notifications'],
  [{ url: '//elsewhere.example/x' }, '/notifications'],
  [{ url: 'javascript:alert(1)' }, '/notifications'],
  [null, '/notifications'],
])('of %j a click opens %s', (data, place) => {
  expect(placeOf(data, ORIGIN)).toBe(place)
})
