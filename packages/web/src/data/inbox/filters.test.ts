import { readFileSync } from 'node:fs'
import type { Chat, InboxFilters, InboxSort, UserId } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { fits, listKeyOf, toQuery } from './filters.ts'

interface Cases {
  chats: Record<string, CaseChat>
  cases: { filters: Record<string, unknown>; sort?: InboxSort; fits: string[] }[]
}
interface CaseChat {
  channel: number
  source?: string
  isAccepted?: boolean
  responsible?: 'me' | 'other'
  stage?: number
  hasTag?: boolean
  isRead?: boolean
  isAnswered?: boolean
  state?: 'snoozed' | 'closed'
}

const { chats, cases } = JSON.parse(
  readFileSync(new URL('../../../../../fixtures/inbox-filters.json', import.meta.url), 'utf8'),
) as Cases

const ME = 1 as UserId
const VALUES: Record<string, unknown> = { '@other': 2, '@pipeline': 5, '@tag': 6, '@channel0': 'c0', '@channel1': 'c1' }
for (let stage = 0; stage < 7; stage += 1) VALUES[`@stage${stage}`] = 40 + stage

/** As the server makes it of the same words (packages/server/test/inbox-world.ts). */
const toChat = (wish: CaseChat): Chat =>
  ({
    state: wish.state ?? 'open',
    unread: wish.isRead || wish.state === 'closed' ? 0 : 1,
    waitingSince: wish.isAnswered || wish.state === 'closed' ? null : 1000,
    channel: { id: `c${wish.channel}` },
    source: wish.source ?? null,
    responsible: wish.isAccepted ? { id: wish.responsible === 'other' ? 2 : ME } : null,
    lead: { pipelineId: 5, stageId: 40 + (wish.stage ?? (wish.isAccepted ? 1 : 0)), tagIds: wish.hasTag ? [6] : [] },
  }) as unknown as Chat

test.each(cases.map((one) => [JSON.stringify(one.filters), one] as const))(
  '%s',
  (_, { filters, sort, fits: expected }) => {
    const resolved = Object.fromEntries(
      Object.entries(filters).map(([name, value]) => [name, VALUES[value as string] ?? value]),
    ) as InboxFilters
    const of = { filters: resolved, sort: sort ?? ('newest' as const) }
    expect(Object.keys(chats).filter((name) => fits(toChat(chats[name]!), of, ME))).toEqual(expected)
  },
)

test('the same list has one key, however it is written', () => {
  const one = listKeyOf({ filters: { unread: true, responsible: 'me' }, sort: 'newest' })
  expect(listKeyOf({ filters: { responsible: 'me', state: 'open', unread: true }, sort: 'newest' })).toBe(one)
  expect(listKeyOf({ filters: { responsible: 'me', unread: true }, sort: 'waiting' })).not.toBe(one)
})

test('filters as the server reads them', () => {
  expect(toQuery({ filters: { unread: true, stageId: 7 }, sort: 'newest' }, { limit: 50 })).toBe(
    'state=open&sort=newest&unread=1&stageId=7&limit=50',
  )
})
