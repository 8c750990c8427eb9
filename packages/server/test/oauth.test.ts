import { createHash, randomBytes } from 'node:crypto'
import type { AccountId, AuditPage, Consent, Integration } from '@parley/protocol/model'
import {
  type AppClient,
  pairOf,
  startTestWorld,
  type TestAccount,
  TestIntegration,
  type TestWorld,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

async function anIntegration(wish: Parameters<typeof TestIntegration.register>[2] = {}) {
  const account = await world.anAccount()
  const admin = await account.asAdmin()
  return { account, admin, third: await TestIntegration.register(world, admin, wish) }
}

async function anInstalled(wish: Parameters<typeof TestIntegration.register>[2] = {}) {
  const made = await anIntegration(wish)
  return { ...made, pair: await made.third.install(made.admin) }
}

const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
const actionsOf = async (admin: AppClient) =>
  (await admin.get<AuditPage>('/audit?limit=50')).items
    .filter(({ action }) => action.startsWith('integration.'))
    .map(({ action }) => action.replace('integration.', ''))
const queryOf = (query: Record<string, string>) => `?${new URLSearchParams(query)}`

/** Everything that is kept, as text. */
async function dumpOf(account: { id: AccountId }): Promise<string> {
  const { db } = world.deps
  const rows = await Promise.all([
    db.selectFrom('integration').selectAll().where('account_id', '=', account.id).execute(),
    db.selectFrom('authorization_code').selectAll().where('account_id', '=', account.id).execute(),
    db.selectFrom('refresh_token').selectAll().where('account_id', '=', account.id).execute(),
    db.selectFrom('token_family').selectAll().where('account_id', '=', account.id).execute(),
    db.selectFrom('audit').selectAll().where('account_id', '=', account.id).execute(),
  ])
  return JSON.stringify(rows, (_, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
  )
}

describe('the whole way', () => {
  test('consent, code, tokens, account, refresh, revocation', async () => {
    const { account, admin, third } = await anIntegration()
    const sent = await third.consent(admin, { state: 'x&y=1\r\nSet-Cookie: a=b' })
    expect(sent.origin + sent.pathname).toBe('https://third.example/callback')
    expect(Object.fromEntries(sent.searchParams)).toEqual({
      code: expect.any(String),
      referer: new URL(world.url).host,
      platform: '1',
      client_id: third.id,
      state: 'x&y=1\r\nSet-Cookie: a=b',
    })
    expect(sent.href).not.toMatch(/[\r\n]/)
    const first = await third.exchange(sent.searchParams.get('code')!)
    expect(first.status).toBe(200)
    const now = Math.floor(world.clock.now().getTime() / 1000)
    expect(first.body).toEqual({
      token_type: 'Bearer',
      expires_in: 86_400,
      server_time: now,
      access_token: expect.any(String),
      refresh_token: expect.any(String),
    })
    expect(first.headers.get('cache-control')).toBe('no-store')
    const { access, refresh } = pairOf(first)
    expect(claimsOf(access)).toMatchObject({
      aud: third.id,
      sub: String(account.admin.id),
      account_id: account.id,
      scopes: ['crm'],
      iat: now,
      nbf: now,
      exp: now + 86_400,
      version: 2,
      base_domain: new URL(world.url).host,
      jti: expect.any(String),
    })
    const read = await third.read(access)
    expect(read.body).toMatchObject({ id: account.id, amojo_id: account.amojoId, current_user_id: account.admin.id })
    expect((await third.read(access, '/api/v2/account')).body).toMatchObject({ id: account.id })
    const next = pairOf(await third.refresh(refresh))
    expect((await third.read(next.access)).status).toBe(200)
    expect((await third.revoke(next.refresh)).status).toBe(200)
    for (const token of [access, next.access]) expect((await third.read(token)).status).toBe(401)
    const again = await third.refresh(next.refresh)
    expect(again).toMatchObject({ status: 401, body: { hint: 'Token has been revoked', error: 'invalid_grant' } })
    expect(await actionsOf(admin)).toEqual(['tokens_revoked', 'installed', 'made'])
  })

  test('form-encoded, and with the secret by Basic', async () => {
    const { admin, third } = await anIntegration()
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      code: await third.code(admin),
      redirect_uri: third.redirectUri,
    })
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${third.id}:${third.secret}`).toString('base64')}`,
    }
    expect((await third.send('POST', '/oauth2/access_token', headers, form.toString())).status).toBe(200)
  })

  test('nothing that opens anything lies open in the database', async () => {
    const { account, admin, third, pair } = await anInstalled()
    const code = await third.code(admin)
    const dump = await dumpOf(account)
    for (const secret of [third.secret, code, pair.access, pair.refresh, code.split('.')[1]!])
      expect(dump).not.toContain(secret)
  })
})

describe('a code', () => {
  test('is good for twenty minutes', async () => {
    const { admin, third } = await anIntegration()
    const [early, late] = [await third.code(admin), await third.code(admin)]
    await world.clock.jump(20 * MINUTE_MS - 1000)
    expect((await third.exchange(early)).status).toBe(200)
    await world.clock.jump(1000)
    expect(await third.exchange(late)).toMatchObject({
      status: 400,
      body: {
        status: 400,
        title: 'Bad Request',
        type: 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson',
        hint: 'Authorization code has expired',
        error: 'invalid_grant',
        detail: expect.any(String),
      },
    })
  })

  test('is good once; a second use ends what the first one got', async () => {
    const { admin, third } = await anIntegration()
    const code = await third.code(admin)
    const pair = pairOf(await third.exchange(code))
    const again = await third.exchange(code)
    expect(again).toMatchObject({ status: 400, body: { hint: 'Authorization code has been revoked' } })
    expect((await third.read(pair.access)).status).toBe(401)
    expect((await third.refresh(pair.refresh)).status).toBe(401)
    expect(await actionsOf(admin)).toEqual(['tokens_revoked', 'installed', 'made'])
  })

  test('five at once: one gets tokens', async () => {
    const { admin, third } = await anIntegration()
    const code = await third.code(admin)
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => third.exchange(code)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400])
  })

  test('of another integration, another address, or made up: refused with the hint, and still good for its owner', async () => {
    const { admin, third } = await anIntegration({
      redirectUris: ['https://third.example/callback', 'https://third.example/other'],
    })
    const other = await TestIntegration.register(world, admin)
    const code = await third.code(admin)
    expect((await other.exchange(code)).body.hint).toBe('Check the `client_id` parameter')
    for (const redirect_uri of [
      'https://third.example/other',
      'https://third.example/callback/',
      'https://evil.example/',
    ])
      expect((await third.exchange(code, { redirect_uri })).body.hint).toBe('Check the `redirect_uri` parameter')
    for (const made of ['nonsense', `1.${'A'.repeat(43)}`, `99999999999.${'A'.repeat(43)}`])
      expect(await third.exchange(made)).toMatchObject({
        status: 400,
        body: { hint: 'Cannot decrypt the authorization code' },
      })
    expect((await third.exchange(code)).status).toBe(200)
  })

  test('PKCE: only with the verifier, and no verifier where there was no challenge', async () => {
    const { admin, third } = await anIntegration()
    const verifier = randomBytes(32).toString('base64url')
    const codeChallenge = createHash('sha256').update(verifier).digest('base64url')
    const proven = { codeChallenge, codeChallengeMethod: 'S256' }
    const code = await third.code(admin, proven)
    const hint = 'Check the `code_verifier` parameter'
    expect((await third.exchange(code)).body.hint).toBe(hint)
    expect((await third.exchange(code, { code_verifier: 'another' })).body.hint).toBe(hint)
    expect((await third.exchange(code, { code_verifier: verifier })).status).toBe(200)
    const bare = await third.code(admin)
    expect((await third.exchange(bare, { code_verifier: verifier })).body.hint).toBe(hint)
    await expect(third.consent(admin, { codeChallenge, codeChallengeMethod: 'plain' })).rejects.toThrow('400')
  })
})

describe('a client', () => {
  test('with a wrong secret, a wrong id, or none is told the same', async () => {
    const { admin, third } = await anIntegration()
    const code = await third.code(admin)
    for (const more of [
      { client_secret: 'f'.repeat(64) },
      { client_id: '0d6b3f92-7e14-4c58-a9d0-5b8e2f71c346' },
      { client_id: 'no id' },
    ])
      expect(await third.exchange(code, more)).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    expect((await third.exchange(code)).status).toBe(200)
  })

  test('that asks for something else is told what', async () => {
    const { third } = await anIntegration()
    const cases = [
      [{ grant_type: 'password' }, 'unsupported_grant_type'],
      [{}, 'invalid_request'],
      [{ grant_type: 'authorization_code' }, 'invalid_request'],
      [{ grant_type: 'refresh_token' }, 'invalid_request'],
      [{ grant_type: ['refresh_token'] }, 'invalid_request'],
    ] as const
    for (const [more, error] of cases)
      expect(await third.ask('/oauth2/access_token', more)).toMatchObject({ status: 400, body: { error } })
    const headers = { 'content-type': 'application/json' }
    expect((await third.send('POST', '/oauth2/access_token', headers, '{"client_id":')).status).toBe(400)
    expect((await third.send('POST', '/oauth2/access_token', headers, '[]')).status).toBe(400)
  })
})

describe('a refresh token', () => {
  test('again within thirty seconds gets the same pair; later ends the family', async () => {
    const { admin, third, pair } = await anInstalled()
    const first = await third.refresh(pair.refresh)
    await world.clock.jump(29_000)
    const again = await third.refresh(pair.refresh)
    expect(pairOf(again)).toEqual(pairOf(first))
    expect(again.body.expires_in).toBe(86_400 - 29)
    await world.clock.jump(1000)
    const late = await third.refresh(pair.refresh)
    expect(late).toMatchObject({ status: 401, body: { hint: 'Token has been revoked' } })
    expect((await third.read(pairOf(first).access)).status).toBe(401)
    expect((await third.refresh(pairOf(first).refresh)).status).toBe(401)
    const [entry] = (await admin.get<AuditPage>('/audit?limit=1')).items
    expect(entry).toMatchObject({
      action: 'integration.tokens_revoked',
      actor: null,
      details: { reason: 'used_twice' },
    })
  })

  test('five at once get one pair', async () => {
    const { third, pair } = await anInstalled()
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => third.refresh(pair.refresh)))
    expect(new Set(answers.map((answer) => JSON.stringify(pairOf(answer)))).size).toBe(1)
  })

  test('is good for three months from its own making', async () => {
    const { third, pair } = await anInstalled()
    await world.clock.jump(91 * DAY_MS)
    const next = pairOf(await third.refresh(pair.refresh))
    await world.clock.jump(91 * DAY_MS)
    expect((await third.refresh(next.refresh)).status).toBe(200)
    const last = await anInstalled()
    await world.clock.jump(92 * DAY_MS)
    expect(await last.third.refresh(last.pair.refresh)).toMatchObject({
      status: 400,
      body: { hint: 'Invalid refresh token' },
    })
  })

  test('of another integration, or with an address nobody registered: refused', async () => {
    const { admin, third, pair } = await anInstalled()
    const other = await TestIntegration.register(world, admin)
    expect((await other.refresh(pair.refresh)).body.hint).toBe('Check the `client_id` parameter')
    const elsewhere = await third.refresh(pair.refresh, { redirect_uri: 'https://evil.example/' })
    expect(elsewhere.body.hint).toBe('Check the `redirect_uri` parameter')
    expect((await third.refresh(pair.refresh, { redirect_uri: undefined })).status).toBe(200)
  })

  test('tells where its account lives, without being used up', async () => {
    const { account, third, pair } = await anInstalled()
    const where = { id: account.id, subdomain: account.subdomain, domain: new URL(world.url).host }
    const headers = { 'x-refresh-token': pair.refresh }
    expect((await third.send('GET', '/oauth2/account/current/subdomain', headers)).body).toMatchObject(where)
    expect((await third.read(pair.access, '/oauth2/account/subdomain')).body).toMatchObject(where)
    expect((await third.refresh(pair.refresh)).status).toBe(200)
    expect((await third.send('GET', '/oauth2/account/current/subdomain', headers)).status).toBe(401)
    expect((await third.send('GET', '/oauth2/account/current/subdomain')).status).toBe(401)
  })
})

describe('an access token', () => {
  test('is good for a day', async () => {
    const { third, pair } = await anInstalled()
    await world.clock.jump(DAY_MS - 1000)
    expect((await third.read(pair.access)).status).toBe(200)
    await world.clock.jump(1000)
    expect((await third.read(pair.access)).status).toBe(401)
  })

  test('changed in any part is none', async () => {
    const { third, pair } = await anInstalled()
    const [head = '', body = '', signature = ''] = pair.access.split('.')
    const other = Buffer.from(JSON.stringify({ ...claimsOf(pair.access), account_id: 1 })).toString('base64url')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    for (const forged of [`${head}.${other}.${signature}`, `${none}.${body}.`, `${head}.${body}`, `${head}.${body}.x`])
      expect((await third.read(forged)).status).toBe(401)
  })

  test('opens what its scopes do, and nothing that changes who may do what', async () => {
    const { third, pair } = await anInstalled()
    expect((await third.read(pair.access, '/api/app/v1/pipelines')).status).toBe(200)
    expect((await third.read(pair.access, '/api/app/v1/notifications')).status).toBe(403)
    for (const path of ['/integrations', '/audit', '/me/tokens', '/channels', '/roles'])
      expect((await third.read(pair.access, `/api/app/v1${path}`)).status).toBe(403)
    const files = await anInstalled({ scopes: ['files'] })
    expect((await files.third.read(files.pair.access)).status).toBe(403)
    expect((await files.third.read(files.pair.access, '/api/v2/account')).status).not.toBe(200)
  })

  test('loses a scope that the integration gives up, at once, and gets a new one only by a new consent', async () => {
    const { admin, third, pair } = await anInstalled({ scopes: ['crm', 'notifications'] })
    await admin.patch(`/integrations/${third.id}`, { scopes: ['notifications', 'files'] })
    expect((await third.read(pair.access)).status).toBe(403)
    expect((await third.read(pair.access, '/api/app/v1/notifications')).status).toBe(200)
    const refreshed = pairOf(await third.refresh(pair.refresh))
    expect(claimsOf(refreshed.access).scopes).toEqual(['notifications'])
    const anew = await third.install(admin)
    expect(claimsOf(anew.access).scopes).toEqual(['files', 'notifications'])
  })

  test('ends with its user, and does what his role lets him', async () => {
    const { account, third } = await anIntegration()
    const other = await account.aUser({ role: 'admin' })
    const pair = await third.install(await other.logIn())
    await (await account.asAdmin()).post(`/users/${other.id}/disable`, {})
    expect((await third.read(pair.access)).status).toBe(401)
    expect((await third.refresh(pair.refresh)).status).toBe(401)
  })

  test('is of one account: below another one’s address it is refused', async () => {
    const { account, third, pair } = await anInstalled()
    const other = await world.anAccount()
    const { port } = new URL(world.url)
    const at = (subdomain: string) =>
      third.send('GET', '/api/v4/account', {
        authorization: `Bearer ${pair.access}`,
        host: `${subdomain}.localhost:${port}`,
      })
    expect((await at(account.subdomain)).status).toBe(200)
    expect((await at(other.subdomain)).status).toBe(401)
  })

  test('is good after a restart: the key is kept', async () => {
    const { third, pair } = await anInstalled()
    await world.restart()
    expect((await third.read(pair.access)).status).toBe(200)
  })
})

describe('consent', () => {
  test('says who asks, for what, in which account, and where the browser goes', async () => {
    const { account, admin, third } = await anIntegration({ about: 'Counts', isPublic: true, scopes: ['crm', 'files'] })
    const stranger = await (await world.anAccount({ name: 'Elsewhere' })).asAdmin()
    const asked = await stranger.get<Consent>(`/consent${queryOf({ clientId: third.id })}`)
    expect(asked).toEqual({
      integration: { id: third.id, name: 'Third', about: 'Counts', ownerName: account.name, isOwn: false },
      accountName: 'Elsewhere',
      scopes: ['crm', 'files'],
      redirectHost: 'third.example',
      isInstalled: false,
      canAllow: true,
    })
    await third.install(admin)
    expect(await admin.get(`/consent${queryOf({ clientId: third.id })}`)).toMatchObject({ isInstalled: true })
  })

  test('goes nowhere but to an address that was registered, letter by letter', async () => {
    const { admin, third } = await anIntegration({
      redirectUris: ['https://third.example/callback', 'http://127.0.0.1:9/dev?a=1'],
    })
    for (const redirectUri of [
      'https://third.example/callback/',
      'https://third.example/callback?x=1',
      'https://third.example/',
      'https://THIRD.example/callback',
      'https://third.example.evil.example/callback',
      '//evil.example',
      'javascript:alert(1)',
    ]) {
      await expect(third.consent(admin, { redirectUri })).rejects.toMatchObject({ status: 400 })
      await expect(third.consent(admin, { redirectUri, decision: 'decline' })).rejects.toMatchObject({ status: 400 })
      const answer = await admin.request('GET', `/consent${queryOf({ clientId: third.id, redirectUri })}`)
      expect(answer.status).toBe(400)
    }
    const sent = await third.consent(admin, { redirectUri: 'http://127.0.0.1:9/dev?a=1' })
    expect(sent.href).toMatch(/^http:\/\/127\.0\.0\.1:9\/dev\?a=1&code=/)
  })

  test('declined: the program is told so, and nothing is let in', async () => {
    const { admin, third } = await anIntegration()
    const sent = await third.consent(admin, { decision: 'decline', state: 's' })
    expect(sent.href).toBe('https://third.example/callback?error=access_denied&state=s')
    expect((await admin.get<Integration>(`/integrations/${third.id}`)).grant).toBeNull()
  })

  test('is an admin’s, on the screen: no manager’s, no token’s, no other site’s', async () => {
    const { account, admin, third } = await anIntegration()
    const manager = await account.asManager()
    expect(await manager.get(`/consent${queryOf({ clientId: third.id })}`)).toMatchObject({ canAllow: false })
    await expect(third.consent(manager)).rejects.toMatchObject({ status: 403 })
    const { password } = account.admin
    const { token } = await admin.post<{ token: string }>('/me/tokens', { name: 'Mine', password })
    const body = { clientId: third.id, decision: 'allow' }
    const asToken = await admin.request('POST', '/consent', body, { authorization: `Bearer ${token}`, cookie: '' })
    expect(asToken.status).toBe(403)
    const pair = await third.install(admin)
    const asThird = await admin.request('POST', '/consent', body, { authorization: `Bearer ${pair.access}` })
    expect(asThird.status).toBe(403)
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await admin.request('POST', '/consent', body, foreign)).status).toBe(403)
  })

  test('a private one is nobody else’s, and no other account learns that it exists', async () => {
    const { third } = await anIntegration()
    const stranger = await (await world.anAccount()).asAdmin()
    const unknown = '0d6b3f92-7e14-4c58-a9d0-5b8e2f71c346'
    const [real, made] = await Promise.all(
      [third.id, unknown].map((clientId) => stranger.request('GET', `/consent${queryOf({ clientId })}`)),
    )
    expect([real!.status, made!.status]).toEqual([404, 404])
    const messageOf = async (answer: Response) =>
      ((await answer.json()) as { error: { message: string } }).error.message
    expect(await messageOf(real!)).toBe(await messageOf(made!))
    await expect(third.consent(stranger)).rejects.toMatchObject({ status: 404 })
  })

  test('the page cannot be framed', async () => {
    const answer = await fetch(`${world.url}/oauth?client_id=x`, { headers: { accept: 'text/html' } })
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })
})

describe('integrations of an account', () => {
  test('are registered, changed and deleted by admins, and all of it is written down', async () => {
    const { account, admin, third } = await anIntegration({ name: 'Counter', about: 'Counts' })
    expect(third.secret).toMatch(/^[0-9a-f]{64}$/)
    const changed = await admin.patch<Integration>(`/integrations/${third.id}`, { name: 'Tally', about: null })
    expect(changed).toMatchObject({ name: 'Tally', about: null, isOwn: true, grant: null })
    expect(await admin.get('/integrations')).toEqual({ items: [changed] })
    const rotated = await admin.post<{ secret: string }>(`/integrations/${third.id}/secret`)
    const code = await third.code(admin)
    expect((await third.exchange(code)).status).toBe(401)
    expect((await third.exchange(code, { client_secret: rotated.secret })).status).toBe(200)
    await admin.delete(`/integrations/${third.id}`)
    expect(await admin.get('/integrations')).toEqual({ items: [] })
    expect(await actionsOf(admin)).toEqual(['uninstalled', 'deleted', 'installed', 'secret_rotated', 'changed', 'made'])
    const manager = await account.asManager()
    for (const ask of [
      () => manager.get('/integrations'),
      () => TestIntegration.register(world, manager),
      () => manager.post(`/integrations/${third.id}/secret`),
    ])
      await expect(ask()).rejects.toMatchObject({ status: 403 })
  })

  test.each([
    ['http://third.example/callback', 'http'],
    ['https://third.example/#part', 'a fragment'],
    ['https://user:pass@third.example/', 'a password'],
    ['https://*.third.example/', 'a wildcard'],
    ['javascript:alert(1)//https://x', 'a script'],
    ['/callback', 'a path'],
    ['https://third.example/\r\nSet-Cookie:a=b', 'line ends'],
    ['http://127.0.0.1.evil.example/', 'a name like a loopback'],
    ['http://10.0.0.1/', 'a private address in the open'],
  ])('no redirect to %s (%s)', async (uri) => {
    const admin = await (await world.anAccount()).asAdmin()
    await expect(TestIntegration.register(world, admin, { redirectUris: [uri] })).rejects.toMatchObject({ status: 400 })
  })

  test('another account can neither see nor touch them', async () => {
    const { admin, third } = await anInstalled({ isPublic: true })
    const other = await (await world.anAccount()).asAdmin()
    const path = `/integrations/${third.id}`
    for (const [method, at, body] of [
      ['GET', path],
      ['PATCH', path, { name: 'Mine' }],
      ['DELETE', path],
      ['POST', `${path}/secret`],
      ['POST', `${path}/uninstall`],
      ['GET', `${path}/tokens`],
      ['POST', `${path}/tokens`, { name: 'Mine', lifetimeDays: 1 }],
    ] as const)
      expect((await other.request(method, at, body)).status).toBe(404)
    // Where it is installed it is seen, without what is its owner's.
    await third.install(other)
    expect(await other.get<Integration>(path)).toMatchObject({
      isOwn: false,
      registration: null,
      grant: { scopes: ['crm'] },
    })
    for (const [method, at, body] of [
      ['PATCH', path, { name: 'Mine' }],
      ['DELETE', path],
      ['POST', `${path}/secret`],
    ] as const)
      expect((await other.request(method, at, body)).status).toBe(404)
    expect(await admin.get<Integration>(path)).toMatchObject({ name: 'Third', registration: { installs: 2 } })
  })

  test('uninstalled: every token and code of this account ends, other accounts’ stay, a new install wakes none', async () => {
    const { account, admin, third, pair } = await anInstalled({ isPublic: true })
    const other: TestAccount = await world.anAccount()
    const theirs = await third.install(await other.asAdmin())
    const code = await third.code(admin)
    await admin.post(`/integrations/${third.id}/uninstall`)
    expect((await third.read(pair.access)).status).toBe(401)
    expect(await third.refresh(pair.refresh)).toMatchObject({ status: 401, body: { hint: 'Token has been revoked' } })
    expect((await third.exchange(code)).status).toBe(400)
    expect((await third.read(theirs.access)).status).toBe(200)
    await third.install(admin)
    expect((await third.read(pair.access)).status).toBe(401)
    expect((await third.refresh(pair.refresh)).status).toBe(401)
    expect(account.id).not.toBe(other.id)
  })

  test('deleted: it ends in every account, and each one’s log says so', async () => {
    const { admin, third } = await anInstalled({ isPublic: true })
    const other = await (await world.anAccount()).asAdmin()
    const theirs = await third.install(other)
    await admin.delete(`/integrations/${third.id}`)
    expect((await third.read(theirs.access)).status).toBe(401)
    expect((await third.refresh(theirs.refresh)).status).toBe(401)
    expect(await actionsOf(other)).toEqual(['uninstalled', 'installed'])
    expect(await actionsOf(admin)).toEqual(['uninstalled', 'deleted', 'installed', 'made'])
  })

  test('are told of an uninstall, signed', async () => {
    const receiver = await world.aHookReceiver()
    const { account, admin, third } = await anInstalled({ uninstallUrl: `${receiver.url}?mine=1` })
    await admin.post(`/integrations/${third.id}/uninstall`)
    const hook = await receiver.next()
    const url = new URL(hook.path, receiver.url)
    expect([hook.method, url.searchParams.get('mine'), url.searchParams.get('client_uuid')]).toEqual([
      'GET',
      '1',
      third.id,
    ])
    expect(url.searchParams.get('account_id')).toBe(String(account.id))
    expect(url.searchParams.get('signature')).toMatch(/^[0-9a-f]{64}$/)
  })

  test('long-lived tokens: made by hand, shown once, revoked alone', async () => {
    const { admin, third, pair } = await anInstalled()
    const path = `/integrations/${third.id}/tokens`
    const made = await admin.post<{ token: string }>(path, { name: 'Nightly', lifetimeDays: 1825 })
    await admin.post(path, { name: 'Other', lifetimeDays: 1 })
    await world.clock.jump(2 * DAY_MS)
    expect((await third.read(made.token)).status).toBe(200)
    const { items } = await admin.get<{ items: { id: string; name: string; lastUsedAt: number }[] }>(path)
    expect(items).toMatchObject([{ name: 'Nightly', lastUsedAt: world.clock.now().getTime() }])
    await admin.delete(`${path}/${items[0]!.id}`)
    expect((await third.read(made.token)).status).toBe(401)
    expect((await third.refresh(pair.refresh)).status).toBe(200)
    const bare = await TestIntegration.register(world, admin)
    const refused = admin.post(`/integrations/${bare.id}/tokens`, { name: 'x', lifetimeDays: 1 })
    await expect(refused).rejects.toMatchObject({ status: 409 })
  })
})
