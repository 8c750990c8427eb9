import { expect, test } from 'vitest'
import { createSseParser } from './parse-sse.ts'

test('reads frames and passes over comments', () => {
  const push = createSseParser()
  expect(push('id: 7\ndata: {"seq":7}\n\n: ping\n\nid: 8\ndata: {"seq":8}\n\n')).toEqual([
    { id: '7', data: '{"seq":7}' },
    { id: '8', data: '{"seq":8}' },
  ])
})

test('a frame may come in pieces, with any line ends', () => {
  const push = createSseParser()
  expect(push('id: 7\r\nda')).toEqual([])
  expect(push('ta: one\r\ndata: two\r')).toEqual([])
  expect(push('\n\r\n')).toEqual([{ id: '7', data: 'one\ntwo' }])
})
