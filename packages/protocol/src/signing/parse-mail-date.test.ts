import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseMailDate } from './parse-mail-date.ts'

const INSTANT = Date.UTC(2026, 2, 3, 10, 15, 30)

describe('the Date header', () => {
  test.each([
    'Tue, 03 Mar 2026 10:15:30 +0000',
    'Tue, 03 Mar 2026 10:15:30 GMT',
    'Tue, 03 Mar 2026 10:15:30 UT',
    'Tue, 03 Mar 2026 10:15:30 UTC',
    'Tue, 03 Mar 2026 13:15:30 +0300',
    'Tue, 03 Mar 2026 13:15:30 +03:00',
    'Tue, 3 Mar 2026 6:15:30 -0400',
    'Tue, 03 Mar 2026 15:45:30 +05:30',
    '03 Mar 2026 10:15:30 +0000',
    'Mon, 03 Mar 2026 10:15:30 +0000',
    'tue, 03 mar 2026 10:15:30 gmt',
    'Wed, 04 Mar 2026 00:14:30 +1359',
  ])('%s is read', (text) => expect(parseMailDate(text)).toBe(INSTANT))

  test('seconds may be left out, and a leap second is the next one', () => {
    expect(parseMailDate('Tue, 03 Mar 2026 10:15 +0000')).toBe(INSTANT - 30_000)
    expect(parseMailDate('Wed, 31 Dec 2025 23:59:60 GMT')).toBe(Date.UTC(2026, 0, 1))
  })

  test.each([
    '',
    'now',
    '2026-03-03T10:15:30Z',
    '1772532930',
    'Tue Mar 03 2026 10:15:30 GMT+0000',
    'Tue, 03 Mar 2026 10:15:30',
    'Tue, 03 Mar 26 10:15:30 GMT',
    'Tue, 03 March 2026 10:15:30 GMT',
    'Tue, 03 Мар 2026 10:15:30 GMT',
    'Tue, 31 Feb 2026 10:15:30 GMT',
    'Tue, 00 Mar 2026 10:15:30 GMT',
    'Tue, 03 Mar 2026 24:15:30 GMT',
    'Tue, 03 Mar 2026 10:60:30 GMT',
    'Tue, 03 Mar 2026 10:15:61 GMT',
    'Tue, 03 Mar 2026 10:15:30 EST',
    'Tue, 03 Mar 2026 10:15:30 +3',
    'Tue, 03 Mar 2026 10:15:30 GMT\n',
    ' Tue, 03 Mar 2026 10:15:30 GMT',
    'Tue, 03 Mar 1826 10:15:30 GMT',
  ])('%j is refused', (text) => expect(parseMailDate(text)).toBeUndefined())

  test('every instant survives in every offset', () => {
    const instants = fc.date({ min: new Date('1901-01-01'), max: new Date('9998-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 0, max: 99 }),
        fc.integer({ min: 0, max: 59 }),
        fc.boolean(),
        (instant, hours, minutes, east) => {
          const wholeSecondMs = Math.floor(instant.getTime() / 1000) * 1000
          const shiftMs = (hours * 60 + minutes) * 60_000 * (east ? 1 : -1)
          const local = new Date(wholeSecondMs + shiftMs).toUTCString()
          const offset = `${east ? '+' : '-'}${String(hours).padStart(2, '0')}${String(minutes).padStart(2, '0')}`
          expect(parseMailDate(local.replace('GMT', offset))).toBe(wholeSecondMs)
        },
      ),
    )
  })

  test('nothing makes it throw', () => {
    const nearly = fc.stringMatching(
      /^[A-Za-z]{0,3},? ?\d{0,3} [A-Za-z]{0,4} \d{0,5} \d{0,3}:\d{0,3}:\d{0,3} [+-]?[\dA-Z:]{0,6}$/,
    )
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), nearly), (text) => {
        const read = parseMailDate(text)
        expect(read === undefined || Number.isSafeInteger(read)).toBe(true)
      }),
    )
  })
})
