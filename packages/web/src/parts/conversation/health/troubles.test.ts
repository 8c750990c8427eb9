import type { ChannelId, Connection, ConnectionHealth } from '@parley/protocol/model'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadTexts } from '../../../i18n/texts.ts'
import { format } from '../../../parts/format.ts'
import { describeState, describeTrouble, listTroubles, switchRight, troubleKey } from './troubles.ts'

beforeAll(() => loadTexts('common'))

const NOW = Date.parse('2026-11-20T14:30:00Z')
const SINCE = NOW - 25 * 60_000

const aConnection = (health: Partial<ConnectionHealth> = {}, more: Partial<Connection> = {}): Connection => ({
  channelId: 'harbor' as ChannelId,
  code: 'amo.ext.harbor',
  title: 'Harbor Chat',
  iconPath: null,
  isConnected: true,
  switchedBy: 'account',
  canWriteFirst: false,
  health: { state: 'failing', since: SINCE, lastFailure: 'The endpoint answered 500', waiting: 0, ...health },
  ...more,
})

describe('what is worth a line', () => {
  test('channels in trouble that are connected', () => {
    const [failing, off] = [aConnection(), aConnection({ state: 'switched_off' })]
    const well = aConnection({ state: 'ok', since: null })
    expect(listTroubles([failing, off, well, aConnection({}, { isConnected: false })], [])).toEqual([failing, off])
  })

  test('what was put away comes back as another trouble, or the same one begun anew', () => {
    const hidden = [troubleKey(aConnection())]
    expect(listTroubles([aConnection({ waiting: 9 })], hidden)).toEqual([])
    expect(listTroubles([aConnection({ state: 'switched_off' })], hidden)).toHaveLength(1)
    expect(listTroubles([aConnection({ since: SINCE + 1 })], hidden)).toHaveLength(1)
    expect(listTroubles([aConnection({}, { channelId: 'other' as ChannelId })], hidden)).toHaveLength(1)
  })
})

describe('in sentences', () => {
  test.each<[string, Partial<ConnectionHealth>, string]>([
    ['failing', {}, 'Harbor Chat has not taken messages since {time}.'],
    [
      'with one answer',
      { waiting: 1 },
      'Harbor Chat has not taken messages since {time}. 1 answer waits and will be sent when it does.',
    ],
    [
      'with three',
      { waiting: 3 },
      'Harbor Chat has not taken messages since {time}. 3 answers wait and will be sent when it does.',
    ],
    [
      'switched off',
      { state: 'switched_off', waiting: 12 },
      'Harbor Chat has been switched off since {time}. 12 answers wait.',
    ],
    ['well', { state: 'ok', since: null, waiting: 2 }, ''],
  ])('%s', (_, health, said) => {
    expect(describeTrouble(aConnection(health), NOW)).toBe(said.replace('{time}', format.time(SINCE)))
  })

  test('an older trouble is told with its day', () => {
    const since = NOW - 3 * 24 * 3_600_000
    expect(describeState(aConnection({ since }), NOW)).toContain(format.fullTime(since))
  })
})

test.each<[Partial<ConnectionHealth>, Connection['switchedBy'], 'admin' | 'manager', ReturnType<typeof switchRight>]>([
  [{ state: 'failing' }, 'account', 'admin', null],
  [{ state: 'switched_off' }, 'account', 'admin', 'may'],
  [{ state: 'switched_off' }, 'account', 'manager', 'ask_admin'],
  [{ state: 'switched_off' }, 'developer', 'admin', 'ask_developer'],
  [{ state: 'switched_off' }, 'operator', 'admin', 'ask_operator'],
  [{ state: 'switched_off' }, 'operator', 'manager', 'ask_operator'],
])('who can switch it on: %j, switched by %s, %s', (health, switchedBy, role, right) => {
  expect(switchRight(aConnection(health, { switchedBy }), role)).toBe(right)
})
