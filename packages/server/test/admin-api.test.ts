import { sendRaw, startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

async function call(method: string, path: string, body?: unknown, token: string | undefined = world.adminToken) {
  const headers: Record<string, string> = token === '' ? {} : { authorization: `Bearer ${token}` }
  if (body !== undefined) headers['content-type'] = 'application/json'
  const raw = {
    method,
    path: `/api/admin/v1${path}`,
    headers,
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
  }
  const answer = await sendRaw(world.url, raw, world.agent)
  return { status: answer.status, headers: answer.headers, json: JSON.parse(await answer.text()) }
}

const anAccountBody = (overrides: Record<string, unknown> = {}) => ({
  name: 'Harbor Shop',
  subdomain: `shop-${Math.random().toString(36).slice(2, 10)}`,
  owner_email: 'ana@example.net',
  owner_password: 'correct horse',
  ...overrides,
})

describe('the admin token', () => {
  test.each([
    ['missing', ''],
    ['wrong', 'x'.repeat(48)],
  ])('%s: refused', async (_, token) => {
    const { status, headers, json } = await call('GET', '/accounts', undefined, token)
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toBe('Bearer')
    expect(json.error).toMatchObject({
      code: 'not_logged_in',
      message: expect.stringContaining('Authorization: Bearer'),
    })
  })
})

describe('accounts', () => {
  test('is made with its owner, and listed', async () => {
    const body = anAccountBody()
    const { status, json } = await call('POST', '/accounts', body)
    expect(status).toBe(200)
    expect(json).toEqual({
      id: expect.any(Number),
      subdomain: body.subdomain,
      amojo_id: expect.any(String),
      owner: { id: expect.any(Number), amojo_id: expect.any(String), email: 'ana@example.net' },
    })
    const list = await call('GET', '/accounts')
    expect(list.json.items).toContainEqual(
      expect.objectContaining({ id: json.id, name: 'Harbor Shop', amojo_id: json.amojo_id }),
    )
  })

  test('a taken subdomain is a conflict', async () => {
    const body = anAccountBody()
    await call('POST', '/accounts', body)
    const { status, json } = await call('POST', '/accounts', body)
    expect([status, json.error.code]).toEqual([409, 'conflict'])
  })

  test('every bad field is named', async () => {
    const { status, json } = await call('POST', '/accounts', { name: 7, subdomain: 'shop-1' })
    expect(status).toBe(400)
    expect(json.error.code).toBe('invalid_request')
    expect(json.error.message).toBe('name: must be a text; owner_email: is missing; owner_password: is missing.')
  })

  test('what the domain refuses is named as it was sent', async () => {
    const { json } = await call('POST', '/accounts', anAccountBody({ owner_password: 'short' }))
    expect(json.error.message).toBe('owner_password: must have at least 8 characters.')
  })

  test.each(['[1]', '"text"', '{', ''])('a body of %s is refused', async (body) => {
    const headers = { authorization: `Bearer ${world.adminToken}`, 'content-type': 'application/json' }
    const answer = await sendRaw(world.url, {
      method: 'POST',
      path: '/api/admin/v1/accounts',
      headers,
      body: Buffer.from(body),
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { code: 'invalid_request' } })
  })
})

describe('users', () => {
  test('is added to an account and can log in', async () => {
    const account = await world.anAccount()
    const user = {
      account_id: account.id,
      email: 'Kim@Example.net',
      password: 'correct horse',
      name: 'Kim Park',
      role: 'manager',
    }
    const { status, json } = await call('POST', '/users', user)
    expect([status, json]).toEqual([
      200,
      { id: expect.any(Number), amojo_id: expect.any(String), email: 'kim@example.net', role: 'manager' },
    ])
    const { json: list } = await call('GET', `/accounts/${account.id}/users`)
    expect(list.items.map(({ email }: { email: string }) => email)).toEqual([
      account.admin.email,
      account.manager.email,
      'kim@example.net',
    ])
  })

  test('no such account', async () => {
    const user = { account_id: 1, email: 'kim@example.net', password: 'correct horse', name: 'Kim', role: 'manager' }
    expect(await call('POST', '/users', user)).toMatchObject({ status: 404, json: { error: { code: 'not_found' } } })
  })

  test('an unknown role is refused', async () => {
    const account = await world.anAccount()
    const user = {
      account_id: account.id,
      email: 'kim@example.net',
      password: 'correct horse',
      name: 'Kim',
      role: 'boss',
    }
    expect((await call('POST', '/users', user)).json.error.message).toBe('role: must be admin or manager.')
  })
})

describe('tokens', () => {
  test('lasts five years unless told otherwise', async () => {
    const account = await world.anAccount()
    const { json } = await call('POST', '/tokens', { account_id: account.id })
    expect(json.token).toMatch(/^prl_\d+\.[\w-]{43}$/)
    const days = (Date.parse(json.expires_at) - world.now().getTime()) / 86_400_000
    expect(days).toBeCloseTo(1825)
    const short = await call('POST', '/tokens', {
      account_id: account.id,
      user_id: account.manager.id,
      lifetime_days: 1,
    })
    expect(Date.parse(short.json.expires_at) - world.now().getTime()).toBe(86_400_000)
  })

  test('not for a user of another account', async () => {
    const [account, other] = [await world.anAccount(), await world.anAccount()]
    const { status } = await call('POST', '/tokens', { account_id: account.id, user_id: other.manager.id })
    expect(status).toBe(404)
  })
})

describe('channels', () => {
  test('is registered with its secret and bot', async () => {
    const account = await world.anAccount()
    const code = `amo.ext.test-${account.id}`
    const body = { name: 'Harbor Chat', code, webhook_url: 'https://chat.example.net/hooks', accounts: [account.id] }
    const { status, json } = await call('POST', '/channels', body)
    expect(status).toBe(200)
    expect(json).toEqual({
      id: expect.any(String),
      code,
      secret: expect.stringMatching(/^[0-9a-f]{40}$/),
      bot: { id: expect.any(String), client_id: expect.any(String), name: expect.any(String) },
      accounts: [account.id],
    })
  })

  test('a bad address is named', async () => {
    const { json } = await call('POST', '/channels', { name: 'Harbor', code: 'harbor.bad', webhook_url: 'ftp://x' })
    expect(json.error.message).toBe('webhook_url: must be an address that begins with http:// or https://.')
  })
})
