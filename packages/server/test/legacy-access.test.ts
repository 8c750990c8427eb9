import type { ApiKeyInfo, AuditPage, NewApiKey } from '@parley/protocol/model'
import { AppClient, sendRaw, startTestWorld, type TestAccount, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const AUTH = '/private/api/auth.php?type=json'
const CURRENT = '/private/api/v2/json/accounts/current'
const MINUTE_MS = 60_000

let world: TestWorld
let port: string

beforeAll(async () => {
  world = await startTestWorld()
  port = new URL(world.url).port
})
afterAll(() => world.stop())

interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: string
  /** Whose address is asked; absent: the installation's. */
  at?: string
}

async function ask(path: string, { method = 'GET', headers = {}, body, at }: Asked = {}) {
  const host: Record<string, string> = at === undefined ? {} : { host: `${at}.localhost:${port}` }
  const request = { method, path, headers: { ...host, ...headers }, body: Buffer.from(body ?? '') }
  const answer = await sendRaw(world.url, request)
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, json: () => JSON.parse(text) }
}

const JSON_TYPE = { 'content-type': 'application/json' }
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }

const logIn = (login: string, key: string, more: Asked = {}) =>
  ask(AUTH, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ USER_LOGIN: login, USER_HASH: key }),
    ...more,
  })

const cookieOf = (answer: { headers: Headers }) => answer.headers.get('set-cookie')?.split(';')[0] ?? ''
const queryOf = (login: string, key: string) => `USER_LOGIN=${encodeURIComponent(login)}&USER_HASH=${key}`

async function makeKey(account: TestAccount): Promise<string> {
  const { password } = account.admin
  return (await (await account.asAdmin()).post<NewApiKey>('/me/api-key', { password })).key
}

async function anAccountWithKey(email?: string) {
  const account = await world.anAccount(email === undefined ? {} : { adminEmail: email })
  return { account, login: account.admin.email, key: await makeKey(account) }
}

const keyActionsOf = async (account: TestAccount) =>
  (await (await account.asAdmin()).get<AuditPage>('/audit?limit=50')).items
    .filter(({ action }) => action.startsWith('api_key.') || action === 'session.refused')
    .map(({ action, target }) => `${action} ${target?.id}`)

describe('the key', () => {
  test('is made with the password, shown once, and only its digest is kept', async () => {
    const { account, key } = await anAccountWithKey()
    expect(key).toMatch(/^[0-9a-f]{40}$/)
    const admin = await account.asAdmin()
    const { apiKey } = await admin.get<{ apiKey: ApiKeyInfo }>('/me/api-key')
    expect(apiKey).toEqual({ createdAt: world.clock.now().getTime(), lastUsedAt: null })
    const rows = await world.deps.db.selectFrom('api_key').selectAll().where('account_id', '=', account.id).execute()
    expect(JSON.stringify(rows)).not.toContain(key)
    expect(rows[0]?.key_hash.toString('hex')).not.toContain(key)
    await expect(admin.post('/me/api-key', { password: 'wrong' })).rejects.toMatchObject({ status: 400 })
  })

  test('is for admins: until one makes it, nobody logs in that way', async () => {
    const account = await world.anAccount()
    const { password } = account.manager
    const manager = await account.asManager()
    await expect(manager.post('/me/api-key', { password })).rejects.toMatchObject({ status: 403, code: 'forbidden' })
    expect(await manager.get('/me/api-key')).toEqual({ apiKey: null })
  })

  test('renewed, the one before and what it opened are refused at once; revoked, the new one too', async () => {
    const { account, login, key } = await anAccountWithKey()
    const cookie = cookieOf(await logIn(login, key))
    expect((await ask(CURRENT, { headers: { cookie } })).status).toBe(200)
    const next = await makeKey(account)
    expect((await ask(CURRENT, { headers: { cookie } })).status).toBe(401)
    expect((await logIn(login, key)).status).toBe(401)
    const again = cookieOf(await logIn(login, next))
    await (await account.asAdmin()).delete('/me/api-key')
    expect((await logIn(login, next)).status).toBe(401)
    expect((await ask(CURRENT, { headers: { cookie: again } })).status).toBe(401)
    const { id } = account.admin
    expect(await keyActionsOf(account)).toEqual([
      `api_key.revoked ${id}`,
      `session.refused ${id}`,
      `api_key.renewed ${id}`,
      `api_key.made ${id}`,
    ])
  })

  test('ends with its user', async () => {
    const account = await world.anAccount()
    const user = await account.aUser({ role: 'admin' })
    const { key } = await (await user.logIn()).post<NewApiKey>('/me/api-key', { password: user.password })
    const cookie = cookieOf(await logIn(user.email, key))
    await (await account.asAdmin()).post(`/users/${user.id}/disable`, {})
    expect((await logIn(user.email, key)).status).toBe(401)
    expect((await ask(CURRENT, { headers: { cookie } })).status).toBe(401)
    await (await account.asAdmin()).post(`/users/${user.id}/enable`)
    expect((await logIn(user.email, key)).status).toBe(401)
  })
})

describe('POST /private/api/auth.php', () => {
  test('answers as the old API did and sets its cookie, for JSON and for a form', async () => {
    const { account, login, key } = await anAccountWithKey()
    const form = new URLSearchParams({ USER_LOGIN: login.toUpperCase(), USER_HASH: key }).toString()
    for (const given of [{}, { headers: FORM_TYPE, body: form }]) {
      const answer = await logIn(login, key, given)
      expect(answer.status).toBe(200)
      expect(answer.json()).toEqual({
        response: {
          auth: true,
          accounts: [
            {
              id: String(account.id),
              name: account.name,
              subdomain: account.subdomain,
              language: 'en',
              timezone: 'UTC',
            },
          ],
          user: { id: String(account.admin.id), language: 'en' },
          server_time: Math.floor(world.clock.now().getTime() / 1000),
        },
      })
      expect(answer.headers.get('set-cookie')).toMatch(/^session_id=[^;]+; Path=\/; HttpOnly; SameSite=Strict$/)
      expect(answer.text).not.toContain(key)
    }
  })

  test('XML, where JSON is not asked for', async () => {
    const { login, key } = await anAccountWithKey()
    const body = JSON.stringify({ USER_LOGIN: login, USER_HASH: key })
    const answer = await ask('/private/api/auth.php', { method: 'POST', headers: JSON_TYPE, body })
    expect(answer.headers.get('content-type')).toContain('text/xml')
    expect(answer.text).toContain('<root><auth>true</auth><accounts><account><id>')
  })

  test.each([
    ['no credentials', '{}'],
    ['half of them', '{"USER_LOGIN":"a@b.c"}'],
    ['others than text', '{"USER_LOGIN":{"a":1},"USER_HASH":["x"]}'],
    ['a zero byte', '{"USER_LOGIN":"a\\u0000@b.c","USER_HASH":"\\u0000"}'],
    ['somebody unknown', '{"USER_LOGIN":"nobody@example.net","USER_HASH":"0123456789"}'],
    ['null', 'null'],
  ])('%s: 401 and 110', async (_name, body) => {
    const answer = await ask(AUTH, { method: 'POST', headers: JSON_TYPE, body })
    expect(answer.status).toBe(401)
    expect(answer.json()).toEqual({
      response: {
        auth: false,
        error: expect.any(String),
        error_code: '110',
        ip: '127.0.0.1',
        domain: '127.0.0.1',
        server_time: Math.floor(world.clock.now().getTime() / 1000),
      },
    })
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  test('a password is no key, and a key no password', async () => {
    const { account, login, key } = await anAccountWithKey()
    expect((await logIn(login, account.admin.password)).json().response.error_code).toBe('110')
    const asPassword = AppClient.logIn(world, { email: login, password: key, subdomain: account.subdomain })
    await expect(asPassword).rejects.toMatchObject({ status: 401 })
  })

  test('bodies that are none are refused in the old form', async () => {
    for (const [type, body] of [
      ['application/json', '{'],
      ['application/x-www-form-urlencoded', '{'],
      ['application/xml', 'x'],
      ['application/json', JSON.stringify({ USER_LOGIN: 'x'.repeat(20_000) })],
    ] as const) {
      const answer = await ask(AUTH, { method: 'POST', headers: { 'content-type': type }, body })
      expect([400, 413, 415]).toContain(answer.status)
      expect(answer.json().response.error).toEqual(expect.any(String))
    }
  })

  test('who guesses is slowed down: 111; others and the user’s own log-in are not', async () => {
    const { account, login, key } = await anAccountWithKey()
    for (let tries = 0; tries < 20; tries++)
      expect((await logIn(login, `wrong-${tries}`)).json().response.error_code).toBe('110')
    const refused = await logIn(login, key)
    expect([refused.status, refused.json().response.error_code]).toEqual([401, '111'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    const byQuery = await ask(`${CURRENT}?${queryOf(login, key)}`)
    expect(byQuery.json().response.error_code).toBe('111')
    await account.admin.logIn()
    const other = await anAccountWithKey()
    expect((await logIn(other.login, other.key)).status).toBe(200)
    await world.clock.advance(10 * MINUTE_MS)
    expect((await logIn(login, key)).status).toBe(200)
  })
})

describe('whose account answers', () => {
  test('at an account’s own address only its keys, cookies and tokens do', async () => {
    const [one, other] = [await anAccountWithKey(), await anAccountWithKey()]
    const { subdomain } = one.account
    const wrong = await logIn(other.login, other.key, { at: subdomain })
    expect([wrong.status, wrong.json().response.error_code]).toEqual([401, '112'])
    expect(wrong.text).not.toContain(other.account.name)
    const nowhere = await logIn(other.login, other.key, { at: 'nobody-is-here' })
    expect([nowhere.status, nowhere.json().response.error_code]).toEqual([401, '101'])
    const right = await logIn(one.login, one.key, { at: subdomain })
    expect(right.json().response).toMatchObject({ auth: true, accounts: [{ subdomain }] })

    const cookie = cookieOf(await logIn(other.login, other.key))
    const { token } = await (await other.account.asAdmin()).post<{ token: string }>('/me/tokens', {
      name: 'x',
      lifetimeDays: 1,
      password: other.account.admin.password,
    })
    const bearer = { authorization: `Bearer ${token}` }
    for (const [path, headers] of [
      [CURRENT, { cookie }],
      ['/api/v2/account', { cookie }],
      ['/api/v2/account', bearer],
      ['/api/v4/account', bearer],
    ] as const) {
      expect((await ask(path, { headers, at: subdomain })).status).toBe(401)
      const own = await ask(path, { headers, at: other.account.subdomain })
      expect(own.status).toBe(200)
      expect(own.text).toContain(other.account.subdomain)
    }
  })

  test('one e-mail in two accounts: the key says which', async () => {
    const email = `both-${port}@example.net`
    const [one, other] = [await anAccountWithKey(email), await anAccountWithKey(email)]
    for (const { account, key } of [one, other]) {
      const answer = await ask(`${CURRENT}?amojo=Y&${queryOf(email, key)}`)
      expect(answer.json().response.account).toMatchObject({ id: String(account.id), amojo_id: account.amojoId })
    }
    const mixed = await ask(`${CURRENT}?${queryOf(other.account.manager.email, one.key)}`)
    expect(mixed.json().response.error_code).toBe('110')
  })

  test('the cookie of auth.php opens neither the app API nor v4', async () => {
    const { login, key } = await anAccountWithKey()
    const [, value] = cookieOf(await logIn(login, key)).split('=')
    for (const name of ['session_id', 'parley_session'])
      for (const path of ['/api/app/v1/me', '/api/app/v1/chats', '/api/v4/account', '/realtime'])
        expect((await ask(path, { headers: { cookie: `${name}=${value}` } })).status).toBe(401)
    expect((await ask('/api/v4/account', { headers: { authorization: `Bearer ${value}` } })).status).toBe(401)
  })
})

describe('GET /private/api/v2/json/accounts/current', () => {
  test('by cookie, until it was idle for 15 minutes', async () => {
    const { account, login, key } = await anAccountWithKey()
    const headers = { cookie: cookieOf(await logIn(login, key)) }
    for (let turn = 0; turn < 3; turn++) {
      await world.clock.advance(13 * MINUTE_MS)
      const { account: answer } = (await ask(`${CURRENT}?amojo=Y`, { headers })).json().response
      expect(answer.amojo_id).toBe(account.amojoId)
    }
    await world.clock.advance(15 * MINUTE_MS)
    const idle = await ask(`${CURRENT}?amojo=Y`, { headers })
    expect([idle.status, idle.json().response.error_code]).toEqual([401, '401'])
  })

  test('answers field by field; the chat id only when it is asked for', async () => {
    const { account, login, key } = await anAccountWithKey()
    const path = `${CURRENT}?${queryOf(login, key)}`
    const { response } = (await ask(path)).json()
    expect(response.server_time).toBe(Math.floor(world.clock.now().getTime() / 1000))
    expect(response.account).toMatchObject({
      id: String(account.id),
      name: account.name,
      subdomain: account.subdomain,
      currency: 'EUR',
      timezone: 'UTC',
      language: 'en',
      date_pattern: 'd.m.Y H:i',
      groups: [],
      custom_fields: { contacts: [], leads: [], companies: [] },
      note_types: expect.any(Array),
      task_types: expect.any(Array),
    })
    expect(response.account.users).toContainEqual(
      expect.objectContaining({ id: String(account.admin.id), login: account.admin.email, is_admin: 'Y' }),
    )
    expect(response.account.leads_statuses.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining(['142', '143']),
    )
    const [pipeline] = Object.values<{ is_main: boolean; statuses: object }>(response.account.pipelines)
    expect(pipeline).toMatchObject({ is_main: true, statuses: { 142: { id: '142' } } })
    expect(response.account).not.toHaveProperty('amojo_id')
    for (const asked of ['amojo=Y', 'amojo=y', 'with=amojo', 'with=x,amojo_id', 'with[]=amojo_id'])
      expect((await ask(`${path}&${asked}`)).json().response.account.amojo_id).toBe(account.amojoId)
  })

  test('a wrong query beside a right cookie is refused', async () => {
    const { login, key } = await anAccountWithKey()
    const headers = { cookie: cookieOf(await logIn(login, key)) }
    expect((await ask(`${CURRENT}?${queryOf(login, 'wrong')}`, { headers })).status).toBe(401)
  })
})

describe('accounts of later times', () => {
  test('GET /api/v2/account: flat, parts by with', async () => {
    const { account, login, key } = await anAccountWithKey()
    const path = `/api/v2/account?${queryOf(login, key)}`
    const plain = await ask(path, { at: account.subdomain })
    expect(plain.headers.get('content-type')).toContain('application/hal+json')
    expect(plain.json()).toEqual({
      _links: { self: { href: `http://${account.subdomain}.localhost:${port}/api/v2/account`, method: 'get' } },
      id: account.id,
      name: account.name,
      subdomain: account.subdomain,
      currency: 'EUR',
      timezone: 'UTC',
      timezone_offset: '+00:00',
      language: 'en',
      date_pattern: { date: 'd.m.Y', time: 'H:i', date_time: 'd.m.Y H:i', time_full: 'H:i:s' },
      current_user: account.admin.id,
      amojo_id: account.amojoId,
      _embedded: {},
    })
    const names = ['custom_fields', 'users', 'pipelines', 'groups', 'note_types', 'task_types']
    const full = (await ask(`${path}&with=${names.join(',')}`)).json()
    expect(Object.keys(full._embedded).sort()).toEqual(names.sort())
    expect(full._embedded.users[account.manager.id]).toMatchObject({ login: account.manager.email, is_admin: false })
  })

  test('GET /api/v4/account: by token and by the screens’ session', async () => {
    const account = await world.anAccount()
    const manager = await account.asManager()
    const wish = { name: 'x', lifetimeDays: 1, password: account.manager.password }
    const { token } = await manager.post<{ token: string }>('/me/tokens', wish)
    const headers = { authorization: `Bearer ${token}` }
    const answer = await ask('/api/v4/account?with=amojo_id', { headers })
    expect(answer.headers.get('content-type')).toContain('application/hal+json')
    const seconds = expect.any(Number)
    const plain = {
      id: account.id,
      name: account.name,
      subdomain: account.subdomain,
      created_at: seconds,
      created_by: 0,
      updated_at: seconds,
      updated_by: 0,
      current_user_id: account.manager.id,
      country: '',
      currency: 'EUR',
      currency_symbol: '€',
      customers_mode: 'disabled',
      is_unsorted_on: true,
      mobile_feature_version: 0,
      is_loss_reason_enabled: true,
      is_helpbot_enabled: false,
      is_technical_account: false,
      contact_name_display_order: 1,
      amojo_id: account.amojoId,
      _links: { self: { href: `${world.url}/api/v4/account` } },
    }
    expect(answer.json()).toEqual(plain)
    const asked = 'amojo_rights,users_groups,task_types,version,entity_names,datetime_settings,drive_url'
    const full = await ask(`/api/v4/account?with=${asked},is_api_filter_enabled,invoices_settings`, { headers })
    expect(full.json()).toEqual({
      ...plain,
      version: 1,
      drive_url: world.url,
      is_api_filter_enabled: false,
      entity_names: {},
      invoices_settings: {},
      _embedded: {
        amojo_rights: { can_direct: true, can_create_groups: true },
        users_groups: [],
        task_types: [
          { id: 1, name: 'Follow-up', code: 'FOLLOW_UP', color: null, icon_id: null },
          { id: 2, name: 'Meeting', code: 'MEETING', color: null, icon_id: null },
          { id: 3, name: 'Call', code: 'CALL', color: null, icon_id: null },
        ],
        datetime_settings: {
          date_pattern: 'd.m.Y H:i',
          short_date_pattern: 'd.m.Y',
          short_time_pattern: 'H:i',
          date_formant: 'd.m.Y',
          time_format: 'H:i:s',
          timezone: 'UTC',
          timezone_offset: '+00:00',
        },
      },
    })
    const { cookie } = manager
    for (const path of ['/api/v4/account', '/api/v2/account', `${CURRENT}?amojo=Y`]) {
      const bySession = await ask(path, { headers: { cookie } })
      expect([bySession.status, bySession.text.includes(account.amojoId)]).toEqual([200, true])
    }
  })

  test('nobody, and wrong tokens: 401 as problem+json', async () => {
    for (const headers of [{}, { authorization: 'Bearer prl_1.x' }, { cookie: 'parley_session=1.x; session_id=1.x' }]) {
      const answer = await ask('/api/v4/account', { headers: headers as Record<string, string> })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(answer.json()).toEqual({
        title: 'Unauthorized',
        type: 'https://httpstatus.es/401',
        status: 401,
        detail: expect.any(String),
      })
      expect((await ask('/api/v2/account', { headers: headers as Record<string, string> })).status).toBe(401)
    }
    const { login, key } = await anAccountWithKey()
    expect((await ask(`/api/v4/account?${queryOf(login, key)}`)).status).toBe(401)
  })

  test('what else was below /private/api is gone, and says where to go', async () => {
    for (const [method, path] of [
      ['POST', '/private/api/v2/json/contacts/set'],
      ['GET', '/private/api/auth.php'],
      ['GET', '/private/api/v2/json/leads/list'],
    ] as const) {
      const answer = await ask(path, { method })
      expect([answer.status, answer.text]).toEqual([410, expect.stringContaining('/api/v4')])
    }
  })
})
