import { beforeAll, describe, expect, test } from 'vitest'
import { loadTexts } from '../../../i18n/texts.ts'
import { readReplyWindow } from './reply-window.ts'

beforeAll(() => loadTexts('composer'))

const HOUR_MS = 3_600_000

describe('the reply window', () => {
  test('there may be none', () => {
    expect(readReplyWindow(null, 0)).toEqual({ state: 'none' })
  })

  test.each([
    [72 * HOUR_MS, '3 days left', false],
    [24 * HOUR_MS - 1, '23 h left', false],
    [2 * HOUR_MS, '2 h left', false],
    [2 * HOUR_MS - 1, '119 min left', true],
    [1, '1 min left', true],
  ])('%i ms before its end: %s', (leftMs, label, isSoon) => {
    expect(readReplyWindow(1_000 + leftMs, 1_000)).toEqual({ state: 'open', label, isSoon })
  })

  test('closed from its very end on', () => {
    expect(readReplyWindow(1_000, 1_000)).toEqual({ state: 'closed', at: 1_000 })
  })
})
