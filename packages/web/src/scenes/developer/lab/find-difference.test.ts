import { describe, expect, test } from 'vitest'
import { findDifference, showControls } from './find-difference.ts'

describe('what differs', () => {
  test.each([
    ['POST', 'post', '', 'POST', ''],
    ['/v2/a', '/v2/a?x=1', '/v2/a', '', ''],
    ['/v2/a?x=1', '/v2/a', '/v2/a', '?x=1', ''],
    ['10:15:30 +0000', '10:15:31 +0000', '10:15:3', '0', ' +0000'],
    ['same', 'same', 'same', '', ''],
    ['aa', 'a', 'a', 'a', ''],
    ['', 'x', '', '', ''],
    ['👋a', '👍a', '', '👋', 'a'],
  ])('%j from %j', (text, other, before, differing, behind) => {
    expect(findDifference(text, other)).toEqual({ before, differing, behind })
  })
})

test('what nobody sees is shown', () => expect(showControls('a\r\nb\tc\0')).toBe('a␍␊\nb␉c␀'))
