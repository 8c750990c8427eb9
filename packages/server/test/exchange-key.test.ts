import type { AuditPage, NewApiKey } from '@parley/protocol/model'
import { type HookReceiver, pairOf, startTestWorld, TestIntegration, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

const PATH = '/oauth2/exchange_api_key'
const FIVE_MINUTES_MS = 5 * 60_000

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

/** A program of before OAuth: it knows an admin's API key, and listens at its redirect URI. */
async function aProgram() {
  const [account, receiver] = await Promise.all([world.anAccount(), world.aHookReceiver()])
  const admin = await account.asAdmin()
  const { key } = await admin.post<NewApiKey>('/me/api-key', { password: account.admin.password })
  const third = await TestIntegration.register(world, admin, { redirectUris: [`${receiver.url}?mine=1`] })
  const given = { login: account.admin.email, api_key: key, client_uuid: third.id, client_secret: third.secret }
  return { account, admin, receiver, third, given }
}

const exchange = (third: TestIntegration, body: Record<string, unknown>) =>
  third.send('POST', PATH, { 'content-type': 'application/json' }, JSON.stringify(body))

async function codeFrom(receiver: HookReceiver): Promise<{ method: string; query: Record<string, string> }> {
  const { method, path } = await receiver.next()
  return { method, query: Object.fromEntries(new URL(path, receiver.url).searchParams) }
}

test('an admin’s key lets the integration in; the code comes to its redirect URI and is changed for tokens', async () => {
  const { account, admin, receiver, third, given } = await aProgram()
  const answer = await exchange(third, { ...given, state: 'a&b\r\nX: y' })
  expect(answer).toMatchObject({ status: 202, body: undefined })
  const { method, query } = await codeFrom(receiver)
  expect(method).toBe('GET')
  expect(query).toEqual({
    mine: '1',
    code: expect.any(String),
    referer: new URL(world.url).host,
    platform: '1',
    client_id: third.id,
    state: 'a&b\r\nX: y',
    from_exchange: '1',
  })
  const { access } = pairOf(await third.exchange(query.code!))
  expect((await third.read(access)).body).toMatchObject({ id: account.id, current_user_id: account.admin.id })
  const { items } = await admin.get<AuditPage>('/audit?limit=1')
  expect(items).toMatchObject([{ action: 'integration.installed', target: { id: third.id } }])
})

test('a form is taken, too, and a state is not made up', async () => {
  const { receiver, third, given } = await aProgram()
  const form = new URLSearchParams(given).toString()
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  expect((await third.send('POST', PATH, type, form)).status).toBe(202)
  expect((await codeFrom(receiver)).query).not.toHaveProperty('state')
})

test('once in five minutes for an account and an integration; what was refused does not count', async () => {
  const { receiver, third, given } = await aProgram()
  expect((await exchange(third, { ...given, api_key: 'wrong' })).status).toBe(401)
  expect((await exchange(third, given)).status).toBe(202)
  const soon = await exchange(third, given)
  expect(soon).toMatchObject({ status: 429, body: { error: 'temporarily_unavailable' } })
  expect(soon.headers.get('retry-after')).toBe('300')
  await world.clock.jump(FIVE_MINUTES_MS)
  expect((await exchange(third, given)).status).toBe(202)
  const codes = [await codeFrom(receiver), await codeFrom(receiver)].map(({ query }) => query.code)
  expect(new Set(codes).size).toBe(2)
  expect(receiver.requests).toHaveLength(2)
})

test('whoever is wrong in any part is refused, and nothing is let in', async () => {
  const { account, receiver, third, given } = await aProgram()
  const other = await aProgram()
  const refused: [Record<string, unknown>, number][] = [
    [{ ...given, client_secret: other.third.secret }, 401],
    [{ ...given, client_uuid: 'nobody' }, 401],
    [{ ...given, login: other.account.admin.email }, 401],
    [{ ...given, login: 'a\0b@harbor.example' }, 401],
    [{ ...given, api_key: undefined }, 400],
    [{ ...given, login: { $ne: '' } }, 400],
    // A private integration is its own account's.
    [{ ...given, client_uuid: other.third.id, client_secret: other.third.secret }, 404],
  ]
  for (const [body, status] of refused) expect([body, (await exchange(third, body)).status]).toEqual([body, status])
  const grants = await world.deps.db
    .selectFrom('integration_grant')
    .selectAll()
    .where('account_id', 'in', [account.id, other.account.id])
    .execute()
  expect(grants).toEqual([])
  expect([...receiver.requests, ...other.receiver.requests]).toEqual([])
})

test('a key of somebody who is an admin no more installs nothing', async () => {
  const { account, admin, third, given } = await aProgram()
  const user = await account.aUser({ role: 'admin' })
  const { key } = await (await user.logIn()).post<NewApiKey>('/me/api-key', { password: user.password })
  await admin.patch(`/users/${user.id}`, { role: 'manager' })
  const answer = await exchange(third, { ...given, login: user.email, api_key: key })
  expect([401, 403]).toContain(answer.status)
})
