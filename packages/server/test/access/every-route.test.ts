import { sql } from '@parley/server/internals'
import { type AppClient, askAsStranger, startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CASES, type Case } from './cases.ts'
import { type Fingerprint, fingerprintsOf, untilQuiet } from './fingerprint.ts'
import { makeThings, SECRET, type Things } from './things.ts'

const PREFIX = '/api/app/v1'

let world: TestWorld
let things: Things
let fingerprint: () => Promise<Fingerprint>

beforeAll(async () => {
  world = await startTestWorld()
  things = await makeThings(world)
  fingerprint = await fingerprintsOf(world, { accountId: things.accountId, without: NOT_LOOKED_AT })
  known = await untilQuiet(fingerprint)
})
afterAll(() => world.stop())

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

test('every route of the app API has a case, and every case its route', () => {
  const routes = world.routeNames
    .filter((name) => name.includes(` ${PREFIX}/`) && !name.startsWith('HEAD '))
    .map((name) => name.replace(PREFIX, ''))
  const missing = routes.filter((name) => CASES[name] === undefined)
  expect(missing, 'add a line for each in cases.ts').toEqual([])
  expect(Object.keys(CASES).filter((name) => !routes.includes(name))).toEqual([])
})

const OPEN: readonly Case['kind'][] = ['open', 'link']
const cases = Object.entries(CASES).map(([name, one]) => [name, one] as const)

describe('nobody who is not logged in', () => {
  test.each(cases.filter(([, { kind }]) => !OPEN.includes(kind)))('%s', async (name, one) => {
    const { method, path, body } = toRequest(name, one)
    expect((await askAsStranger(world, method, path, body)).status).toBe(401)
  })

  test('has changed anything', () => same())
})

describe('another site, with the admin’s cookie', () => {
  test.each(cases.filter(([name, { kind }]) => !name.startsWith('GET ') && kind !== 'link'))(
    '%s',
    async (name, one) => {
      const { method, path, body } = toRequest(name, one)
      const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
      const answer = await unchanged(() => things.admin.request(method, path, body, headers))
      expect(answer.status).toBe(403)
    },
  )
})

describe('an admin of another account', () => {
  const expected: Partial<Record<Case['kind'], readonly number[]>> = { thing: [404], admin: [404], operator: [403] }
  test.each(cases.filter(([, { kind }]) => !OPEN.includes(kind) && kind !== 'own'))('%s', async (name, one) => {
    const answer = await ask(things.stranger, name, one)
    // What names nothing of ours is about his own account.
    if (name.includes('/:')) expect(expected[one.kind] ?? [200, 204, 400, 404]).toContain(answer.status)
    expect(answer.status).toBeLessThan(500)
  })

  test('has changed anything', () => same())
})

describe('an admin whose account is a customer of the channel’s owner', () => {
  /** What a connection of one's own has; all else of a channel is its owner's. */
  const HIS = /\/(connect|disconnect|icon|sources)$/
  const owners = cases.filter(([name]) => name.includes(' /channels/:channelId') && !HIS.test(name))

  test.each(owners)('%s', async (name, one) => {
    const answer = await ask(things.customer, name, one)
    expect([403, 404]).toContain(answer.status)
  })

  test('has changed anything', () => same())
})

describe('a colleague whose role shows him nothing of it', () => {
  const expected: Partial<Record<Case['kind'], readonly number[]>> = {
    thing: [403, 404],
    admin: [403],
    operator: [403],
    shared: [200, 403, 404],
    bulk: [200, 204, 400, 403, 404],
  }
  test.each(cases.filter(([, { kind }]) => !OPEN.includes(kind) && kind !== 'own'))('%s', async (name, one) => {
    const answer = await ask(things.shut, name, one)
    expect(expected[one.kind]).toContain(answer.status)
    // That there is such a thing at all is not told either.
    if (one.kind === 'thing' && name.startsWith('GET ')) expect(answer.status).toBe(404)
  })

  test('has changed anything', () => same())
})

test('the admin himself reaches every single thing', async () => {
  for (const [name, one] of cases) {
    if (!name.startsWith('GET ') || OPEN.includes(one.kind)) continue
    const { path } = toRequest(name, one)
    expect((await things.admin.request('GET', path)).status, name).toBe(200)
  }
})

/** Asks as somebody who may not: what comes back holds nothing of the things, and none of them is different then. */
async function ask(client: AppClient, name: string, one: Case): Promise<Response> {
  const { method, path, body } = toRequest(name, one)
  const answer = await unchanged(() => client.request(method, path, body), one.leaves)
  expect(await answer.clone().text()).not.toContain(SECRET)
  return answer
}

function toRequest(name: string, one: Case): { method: Method; path: string; body: unknown } {
  const [method = '', pattern = ''] = name.split(' ')
  const path = pattern.replaceAll(/:(\w+)/g, (_, param: string) => {
    const value = things.ids[param]
    if (value === undefined) throw new Error(`things.ts makes no ${param}: add it there.`)
    return value
  })
  const isBody = method !== 'GET' && method !== 'DELETE'
  return {
    method: method as Method,
    path: path + (one.query?.(things.ids) ?? ''),
    body: one.body?.(things.ids) ?? (isBody ? {} : undefined),
  }
}

/** Every change is told by an event, so its number is looked at each time; at everything there is, at the end. */
async function unchanged<T>(attempt: () => Promise<T>, leaves: readonly string[] = []): Promise<T> {
  const before = await lastSeq()
  const result = await attempt()
  if (leaves.length === 0) {
    expect(await lastSeq()).toBe(before)
    return result
  }
  await untilQuiet(fingerprint)
  await same(leaves)
  return result
}

async function lastSeq(): Promise<unknown> {
  const { rows } = await sql<{ seq: number }>`select last_seq as seq from account_seq
    where account_id = ${things.accountId}`.execute(world.deps.db)
  return rows[0]?.seq
}

/** As everything was when it was looked at last. */
let known: Fingerprint = {}

async function same(leaves: readonly string[] = []): Promise<void> {
  const now = await fingerprint()
  for (const table of leaves) known[table] = now[table] ?? ''
  expect(now).toEqual(known)
}

/** When somebody was last seen, and how far what follows events has come, is no change. */
const NOT_LOOKED_AT = ['user_session', 'event_cursor', 'api_token', 'log_in_step']
