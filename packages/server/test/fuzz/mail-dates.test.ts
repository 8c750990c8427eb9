import { parseMailDate } from '@parley/protocol/signing'
import { fuzz } from '@parley/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const MINUTE_MS = 60_000

interface MailDate {
  weekday: string
  day: string
  month: string
  year: string
  hour: string
  minute: string
  second: string
  zone: string
}

const write = ({ weekday, day, month, year, hour, minute, second, zone }: MailDate) =>
  `${weekday}${day} ${month} ${year} ${hour}:${minute}:${second} ${zone}`

const two = (value: number) => String(value).padStart(2, '0')
const oneOrTwo = (value: number) => fc.constantFrom(String(value), two(value))

const offsets = fc
  .record({ minutes: fc.integer({ min: -14 * 60, max: 14 * 60 }), colon: fc.constantFrom('', ':') })
  .map(({ minutes, colon }) => {
    const distance = Math.abs(minutes)
    const sign = minutes < 0 ? '-' : '+'
    return { minutes, text: `${sign}${two(Math.floor(distance / 60))}${colon}${two(distance % 60)}` }
  })
const zones = fc.oneof(
  offsets,
  fc.constantFrom('GMT', 'UT', 'UTC', 'gmt', '-0000').map((text) => ({ minutes: 0, text })),
)

/** A date in one of the accepted forms, and the instant it names. */
const dates = fc
  .record({ atMs: fc.integer({ min: Date.UTC(1970, 0, 3), max: Date.UTC(2099, 11, 29) }), zone: zones })
  .chain(({ atMs, zone }) => {
    const instantMs = atMs - (atMs % 1000)
    const local = new Date(instantMs + zone.minutes * MINUTE_MS)
    const parts = fc.record<MailDate>({
      // The weekday is not checked.
      weekday: fc.constantFrom('', 'Mon, ', 'tue, ', 'Sunday, ', 'Wed,'),
      day: oneOrTwo(local.getUTCDate()),
      month: fc.constantFrom(MONTHS[local.getUTCMonth()]!, MONTHS[local.getUTCMonth()]!.toLowerCase()),
      year: fc.constant(String(local.getUTCFullYear())),
      hour: oneOrTwo(local.getUTCHours()),
      minute: fc.constant(two(local.getUTCMinutes())),
      second: fc.constant(two(local.getUTCSeconds())),
      zone: fc.constant(zone.text),
    })
    return parts.map((date) => ({ date, instantMs }))
  })

/** What makes a date none. */
const faults = fc.oneof(
  fc.constantFrom<Partial<MailDate>>(
    { day: '0' },
    { day: '00' },
    { day: '32' },
    { day: '' },
    { day: '003' },
    { day: '30', month: 'Feb' },
    { day: '31', month: 'Apr' },
    { day: '29', month: 'Feb', year: '2026' },
    { month: 'Foo' },
    { month: '03' },
    { month: 'March' },
    { year: '26' },
    { year: '02026' },
    { year: '-2026' },
    { hour: '24' },
    { hour: '-1' },
    { hour: '007' },
    { minute: '60' },
    { minute: '5' },
    { second: '61' },
    { second: '5' },
    { second: '05.5' },
    { zone: '' },
    { zone: 'Z' },
    { zone: 'EST' },
    { zone: '+3' },
    { zone: '+030' },
    { zone: '+03000' },
    { zone: '0300' },
    { zone: '+03.00' },
    { zone: 'GMT+0300' },
    { zone: 'GMT (UTC)' },
    { weekday: 'Tue ' },
    { weekday: '3, ' },
  ),
)

describe('the Date header', () => {
  test('every accepted form names its instant', () => {
    fc.assert(
      fc.property(dates, ({ date, instantMs }) => {
        expect(parseMailDate(write(date))).toBe(instantMs)
      }),
      fuzz(2000),
    )
  })

  test('a near miss is no date', () => {
    fc.assert(
      fc.property(dates, faults, ({ date }, fault) => {
        expect(parseMailDate(write({ ...date, ...fault }))).toBeUndefined()
      }),
      fuzz(1000),
    )
  })

  test('with a character changed it is no date, or still the one it says', () => {
    const changes = fc.record({
      at: fc.nat(40),
      dropped: fc.nat(1),
      put: fc.oneof(fc.constantFrom('', ' ', ':', '+', '-', '0', '9', ',', '\t', '\0'), fc.string({ maxLength: 2 })),
    })
    fc.assert(
      fc.property(dates, changes, ({ date }, { at, dropped, put }) => {
        const text = write(date)
        const changed = text.slice(0, at) + put + text.slice(at + dropped)
        const parsed = parseMailDate(changed)
        if (parsed === undefined) return
        expect(parsed).toSatisfy(Number.isSafeInteger)
        // The engine's own reader is far laxer, but where it reads the same text it reads the same instant.
        const asEngine = Date.parse(changed)
        if (!Number.isNaN(asEngine) && !/[+-]\d\d:?[6-9]\d$/.test(changed)) expect(parsed).toBe(asEngine)
      }),
      fuzz(3000),
    )
  })

  test('any text at all is a date or none', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.date({ noInvalidDate: false }).map(String))
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseMailDate(text)
        expect(parsed === undefined || Number.isSafeInteger(parsed)).toBe(true)
      }),
      fuzz(300),
    )
  })
})
