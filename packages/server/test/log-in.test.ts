import type {
  AuditPage,
  Entrance,
  Me,
  NewAuthenticator,
  NewPasskey,
  PasskeyStep,
  RecoveryCodes,
  SecondFactorNeeded,
  Security,
  SessionInfo,
  TokenInfo,
} from '@parley/protocol/model'
import {
  type AppApiRefusal,
  AppClient,
  askAsStranger,
  SoftAuthenticator,
  startTestWorld,
  type TestAccount,
  type TestUser,
  type TestWorld,
  totpCode,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const STEP_MS = 30_000

let world: TestWorld
/** As the browser's address line has it: passkeys belong to a name. */
let atLocalhost: Record<string, string>
let origin: string

beforeAll(async () => {
  world = await startTestWorld()
  const { port } = new URL(world.url)
  origin = `http://localhost:${port}`
  atLocalhost = { host: `localhost:${port}`, origin }
})
afterAll(() => world.stop())

const credentialsOf = ({ subdomain }: TestAccount, { email, password }: TestUser) => ({ email, password, subdomain })

/** The refusal that asks for the second step. */
async function beginLogIn(account: TestAccount, user: TestUser): Promise<SecondFactorNeeded> {
  const refusal = await AppClient.logIn(world, credentialsOf(account, user)).catch((error: unknown) => error)
  expect(refusal).toMatchObject({ status: 401, code: 'second_factor_needed' })
  return (refusal as AppApiRefusal).details as unknown as SecondFactorNeeded
}

const typeCode = (ticket: string, code: string) => AppClient.enter(world, '/session/code', { ticket, code })

async function turnCodesOn(client: AppClient, { password }: TestUser) {
  const { secret, uri } = await client.post<NewAuthenticator>('/me/totp', { password })
  const { codes } = await client.post<RecoveryCodes>('/me/totp/confirm', { code: totpCode(secret, world.clock.now()) })
  await world.clock.advance(STEP_MS)
  return { secret, uri, codes, now: () => totpCode(secret, world.clock.now()) }
}

async function aUserWithCodes() {
  const account = await world.anAccount()
  const user = account.manager
  const client = await account.asManager()
  return { account, user, client, ...(await turnCodesOn(client, user)) }
}

const actionsOf = async (account: TestAccount) =>
  (await (await account.asAdmin()).get<AuditPage>(`/audit?user=${account.manager.id}`)).items.map(
    ({ action, details, target }) => ({
      action,
      details,
      target,
    }),
  )

describe('codes of an authenticator app', () => {
  test('once on, the password alone opens nothing', async () => {
    const { account, user, uri, codes, now } = await aUserWithCodes()
    expect(uri).toMatch(/^otpauth:\/\/totp\/Parley/)
    expect(codes).toHaveLength(10)
    const { ticket, factors } = await beginLogIn(account, user)
    expect(factors).toEqual(['code'])
    const entered = await typeCode(ticket, ` ${now().slice(0, 3)} ${now().slice(3)}`)
    expect((await entered.get<Me>('/me')).user.id).toBe(user.id)
    expect((await actionsOf(account))[0]).toMatchObject({
      action: 'session.opened',
      details: { method: 'password_and_code' },
    })
  })

  test('a code opens once, also with another ticket', async () => {
    const { account, user, now } = await aUserWithCodes()
    const [one, two] = [await beginLogIn(account, user), await beginLogIn(account, user)]
    const code = now()
    const answers = await Promise.allSettled([typeCode(one.ticket, code), typeCode(two.ticket, code)])
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('one step early or late is taken, two are not', async () => {
    const { account, user, secret } = await aUserWithCodes()
    await world.clock.advance(5 * STEP_MS)
    const at = (steps: number) => totpCode(secret, new Date(world.clock.now().getTime() + steps * STEP_MS))
    for (const steps of [-2, 2]) {
      const { ticket } = await beginLogIn(account, user)
      await expect(typeCode(ticket, at(steps))).rejects.toMatchObject({ code: 'wrong_credentials' })
    }
    for (const steps of [-1, 1]) {
      const { ticket } = await beginLogIn(account, user)
      expect(await typeCode(ticket, at(steps))).toBeInstanceOf(AppClient)
    }
  })

  test('a recovery code stands in for one, once, however it is typed', async () => {
    const { account, user, codes, client } = await aUserWithCodes()
    const typed = codes[0]!.toUpperCase().replaceAll('-', ' ')
    await typeCode((await beginLogIn(account, user)).ticket, typed)
    await expect(typeCode((await beginLogIn(account, user)).ticket, typed)).rejects.toMatchObject({ status: 401 })
    expect((await client.get<Security>('/me/security')).recoveryCodesLeft).toBe(9)
    expect((await actionsOf(account)).map(({ action }) => action)).toContain('recovery_code.used')
  })

  test('a ticket dies after five wrong codes, after five minutes, and when it was used', async () => {
    const { account, user, now } = await aUserWithCodes()
    const { ticket } = await beginLogIn(account, user)
    for (let time = 0; time < 5; time += 1) await expect(typeCode(ticket, '000000')).rejects.toThrow()
    await expect(typeCode(ticket, now())).rejects.toMatchObject({ code: 'log_in_expired' })
    const late = await beginLogIn(account, user)
    await world.clock.advance(5 * 60_000)
    await expect(typeCode(late.ticket, now())).rejects.toMatchObject({ code: 'log_in_expired' })
    const used = await beginLogIn(account, user)
    await typeCode(used.ticket, now())
    await world.clock.advance(STEP_MS)
    await expect(typeCode(used.ticket, now())).rejects.toMatchObject({ code: 'log_in_expired' })
  })

  test('ten guesses, whatever the tickets, and the right one has to wait', async () => {
    const { account, user, now } = await aUserWithCodes()
    for (let time = 0; time < 10; time += 1) {
      const { ticket } = await beginLogIn(account, user)
      await expect(typeCode(ticket, '000000')).rejects.toMatchObject({ code: 'wrong_credentials' })
    }
    const { ticket } = await beginLogIn(account, user)
    await expect(typeCode(ticket, now())).rejects.toMatchObject({ status: 429 })
  })

  test('are turned on by a code only, and off by the password only', async () => {
    const account = await world.anAccount()
    const client = await account.asManager()
    await client.post('/me/totp', { password: account.manager.password })
    await expect(client.post('/me/totp/confirm', { code: '000000' })).rejects.toMatchObject({ status: 400 })
    expect((await client.get<Security>('/me/security')).codesSince).toBeNull()
    await account.manager.logIn()
    await turnCodesOn(client, account.manager)
    await expect(client.post('/me/totp/turn-off', { password: 'wrong' })).rejects.toMatchObject({ status: 400 })
    await expect(client.post('/me/totp', { password: account.manager.password })).rejects.toMatchObject({ status: 409 })
    await client.post('/me/totp/turn-off', { password: account.manager.password })
    expect(await client.get<Security>('/me/security')).toMatchObject({ codesSince: null, recoveryCodesLeft: 0 })
    await account.manager.logIn()
  })

  test('an admin takes them away from somebody who lost the phone', async () => {
    const { account, user, client } = await aUserWithCodes()
    await (await account.asAdmin()).delete(`/users/${user.id}/second-factor`)
    await user.logIn()
    expect((await client.get<Security>('/me/security')).codesSince).toBeNull()
    expect((await actionsOf(account)).map(({ action }) => action)).toContain('totp.turned_off')
  })

  test('neither the secret nor the recovery codes lie open in the database', async () => {
    const { secret, codes, account } = await aUserWithCodes()
    const rows = [
      await world.deps.db.selectFrom('user_totp').selectAll().where('account_id', '=', account.id).execute(),
      await world.deps.db.selectFrom('recovery_code').selectAll().where('account_id', '=', account.id).execute(),
      await world.deps.db.selectFrom('audit').selectAll().where('account_id', '=', account.id).execute(),
    ]
    const text = JSON.stringify(rows, (_, value: unknown) =>
      value && typeof value === 'object' && 'data' in value
        ? Buffer.from(value.data as number[]).toString('latin1')
        : value,
    )
    expect(text).not.toContain(secret)
    for (const code of codes) expect(text).not.toContain(code)
  })
})

describe('a passkey', () => {
  async function addPasskey(client: AppClient, { password }: TestUser, authenticator = new SoftAuthenticator(origin)) {
    const begun = await client.request('POST', '/me/passkeys/options', { password }, atLocalhost)
    const { step, options } = (await begun.json()) as PasskeyStep
    const body = { step, name: 'My phone', response: authenticator.create(options) }
    const answer = await client.request('POST', '/me/passkeys', body, atLocalhost)
    return { authenticator, answer, step }
  }

  async function aUserWithPasskey() {
    const account = await world.anAccount()
    const user = account.manager
    const client = await account.asManager()
    const { authenticator, answer } = await addPasskey(client, user)
    expect(answer.status).toBe(201)
    const made = (await answer.json()) as NewPasskey
    return { account, user, client, authenticator, made }
  }

  async function begin(ticket?: string): Promise<PasskeyStep> {
    const body = ticket === undefined ? {} : { ticket }
    const answer = await askAsStranger(world, 'POST', '/session/passkey/options', body, atLocalhost)
    return (await answer.json()) as PasskeyStep
  }
  const use = (step: string, response: object) =>
    AppClient.enter(world, '/session/passkey', { step, response }, atLocalhost)

  test('opens the account without a password or a name', async () => {
    const { account, user, authenticator, made, client } = await aUserWithPasskey()
    expect(made.recoveryCodes).toHaveLength(10)
    const { step, options } = await begin()
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
    const entered = await use(step, authenticator.get(options))
    expect(entered.me.user.id).toBe(user.id)
    expect((await client.get<Security>('/me/security')).passkeys).toMatchObject([
      { name: 'My phone', lastUsedAt: expect.any(Number), isBackedUp: false },
    ])
    expect((await actionsOf(account))[0]).toMatchObject({ action: 'session.opened', details: { method: 'passkey' } })
  })

  test('is asked for behind the password, and a recovery code stands in for it', async () => {
    const { account, user, authenticator, made } = await aUserWithPasskey()
    const { ticket, factors } = await beginLogIn(account, user)
    expect(factors).toEqual(['passkey'])
    const { step, options } = await begin(ticket)
    expect(options).toMatchObject({ allowCredentials: [{ id: authenticator.id.toString('base64url') }] })
    authenticator.verifiesUser = false
    expect((await use(step, authenticator.get(options))).me.user.id).toBe(user.id)
    const again = await beginLogIn(account, user)
    expect((await typeCode(again.ticket, made.recoveryCodes![3]!)).me.user.id).toBe(user.id)
  })

  const wrong: [what: string, (authenticator: SoftAuthenticator, options: object) => object][] = [
    ['a page of another origin', (one, options) => withOrigin(one, 'https://evil.example', options)],
    ['another site’s name', (one, options) => one.get({ ...options, rpId: 'evil.example' })],
    ['another challenge', (one, options) => one.get({ ...options, challenge: 'AAAAAAAAAAAAAAAAAAAAAA' })],
    [
      'a device that did not look who holds it',
      (one, options) => Object.assign(one, { verifiesUser: false }).get(options),
    ],
    ['a counter that went back', (one, options) => Object.assign(one, { counter: -1 }).get(options)],
    [
      'a changed signature',
      (one, options) => {
        const { response, ...rest } = one.get(options)
        return { ...rest, response: { ...response, signature: response.signature.replace(/.{4}$/, 'AAAA') } }
      },
    ],
    [
      'the handle of somebody else',
      (one, options) => {
        const { response, ...rest } = one.get(options)
        return { ...rest, response: { ...response, userHandle: Buffer.from('1.x').toString('base64url') } }
      },
    ],
  ]
  test.each(wrong)('from %s is refused', async (_, answer) => {
    const { authenticator } = await aUserWithPasskey()
    const first = await begin()
    await use(first.step, authenticator.get(first.options))
    const { step, options } = await begin()
    await expect(use(step, answer(authenticator, options))).rejects.toMatchObject({
      status: 401,
      code: 'wrong_credentials',
    })
  })

  test('a challenge is good once, and for five minutes', async () => {
    const { authenticator } = await aUserWithPasskey()
    const { step, options } = await begin()
    const response = authenticator.get(options)
    await use(step, response)
    await expect(use(step, response)).rejects.toMatchObject({ code: 'log_in_expired' })
    const late = await begin()
    await world.clock.advance(5 * 60_000)
    await expect(use(late.step, authenticator.get(late.options))).rejects.toMatchObject({ code: 'log_in_expired' })
  })

  test('is added with the password only, once, and from our page only', async () => {
    const account = await world.anAccount()
    const client = await account.asManager()
    const bare = await client.request('POST', '/me/passkeys/options', { password: 'wrong' }, atLocalhost)
    expect(bare.status).toBe(400)
    const foreign = await addPasskey(client, account.manager, new SoftAuthenticator('https://evil.example'))
    expect(foreign.answer.status).toBe(400)
    const { authenticator } = await addPasskey(client, account.manager)
    const again = await addPasskey(client, account.manager, authenticator)
    expect(again.answer.status).toBe(409)
    expect((await client.get<Security>('/me/security')).passkeys).toHaveLength(1)
    // Begun by one person, it is not ended by another.
    const admin = await account.asAdmin()
    const begun = await client.request(
      'POST',
      '/me/passkeys/options',
      { password: account.manager.password },
      atLocalhost,
    )
    const { step, options } = (await begun.json()) as PasskeyStep
    const body = { step, name: 'Mine', response: new SoftAuthenticator(origin).create(options) }
    expect((await admin.request('POST', '/me/passkeys', body, atLocalhost)).status).toBe(401)
  })

  test('is renamed and removed by its owner; the last one takes the recovery codes along', async () => {
    const { account, client, authenticator, user } = await aUserWithPasskey()
    const id = authenticator.id.toString('base64url')
    await client.patch(`/me/passkeys/${id}`, { name: 'Old phone' })
    const admin = await account.asAdmin()
    expect((await admin.request('PATCH', `/me/passkeys/${id}`, { name: 'X' })).status).toBe(404)
    expect((await client.request('POST', `/me/passkeys/${id}/remove`, { password: 'wrong' })).status).toBe(400)
    await client.post(`/me/passkeys/${id}/remove`, { password: user.password })
    expect(await client.get<Security>('/me/security')).toMatchObject({ passkeys: [], recoveryCodesLeft: 0 })
    await user.logIn()
  })

  test('opens nothing any more once its owner is switched off', async () => {
    const { account, user, authenticator } = await aUserWithPasskey()
    await (await account.asAdmin()).post(`/users/${user.id}/disable`, {})
    const { step, options } = await begin()
    await expect(use(step, authenticator.get(options))).rejects.toMatchObject({ code: 'wrong_credentials' })
  })

  test('needs a name: at a number there is none', async () => {
    const entrance = async (headers: Record<string, string>) =>
      (await (await askAsStranger(world, 'GET', '/entrance', undefined, headers)).json()) as Entrance
    expect(await entrance({})).toMatchObject({ canUsePasskeys: false, account: null })
    expect(await entrance(atLocalhost)).toMatchObject({ canUsePasskeys: true })
    expect((await askAsStranger(world, 'POST', '/session/passkey/options', {})).status).toBe(409)
  })
})

function withOrigin(authenticator: SoftAuthenticator, origin: string, options: object) {
  authenticator.origin = origin
  return authenticator.get(options)
}

describe('the password', () => {
  test('changed: this session stays, every other one is out at once', async () => {
    const account = await world.anAccount()
    const [here, there] = [await account.manager.logIn(), await account.manager.logIn()]
    const stream = await there.openStream()
    const change = (current: string, next: string) => here.request('PUT', '/me/password', { current, next })
    expect((await change('wrong', 'a new long password')).status).toBe(400)
    expect((await change(account.manager.password, 'short')).status).toBe(400)
    expect((await change(account.manager.password, 'a new long password')).status).toBe(204)
    await expect.poll(() => stream.isOpen).toBe(false)
    expect((await there.request('GET', '/me')).status).toBe(401)
    expect((await here.request('GET', '/me')).status).toBe(200)
    await expect(account.manager.logIn()).rejects.toMatchObject({ code: 'wrong_credentials' })
    await AppClient.logIn(world, { ...credentialsOf(account, account.manager), password: 'a new long password' })
    expect((await actionsOf(account)).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['password.changed', 'session.ended', 'session.refused']),
    )
  })

  test('guessed at from an open screen: ten times', async () => {
    const account = await world.anAccount()
    const client = await account.manager.logIn()
    const guess = () => client.request('PUT', '/me/password', { current: 'wrong', next: 'a new long password' })
    for (let time = 0; time < 10; time += 1) expect((await guess()).status).toBe(400)
    expect((await guess()).status).toBe(429)
  })

  test('forgotten: an admin makes a link, good once and for a day', async () => {
    const account = await world.anAccount()
    const admin = await account.asAdmin()
    const manager = await account.manager.logIn()
    const { link } = await admin.post<{ link: string }>(`/users/${account.manager.id}/password-link`)
    expect(link).toMatch(new RegExp(`^${world.url}/password/${account.id}\\.`))
    const path = `/password-links/${link.split('/').at(-1)}`
    const ask = (method: 'GET' | 'POST', body?: object) => askAsStranger(world, method, path, body)
    expect(await (await ask('GET')).json()).toEqual({ email: account.manager.email, accountName: 'Harbor Shop' })
    expect((await ask('POST', { password: 'short' })).status).toBe(400)
    expect((await ask('POST', { password: 'a new long password' })).status).toBe(204)
    expect((await ask('POST', { password: 'another long password' })).status).toBe(404)
    expect((await manager.request('GET', '/me')).status).toBe(401)
    await AppClient.logIn(world, { ...credentialsOf(account, account.manager), password: 'a new long password' })

    const late = await admin.post<{ link: string }>(`/users/${account.manager.id}/password-link`)
    await world.clock.jump(24 * 60 * 60_000)
    expect((await askAsStranger(world, 'GET', `/password-links/${late.link.split('/').at(-1)}`)).status).toBe(404)
  })

  test('without a mail server nobody is promised a mail', async () => {
    const answer = await askAsStranger(world, 'POST', '/password-links', { email: 'max@example.net' })
    expect(answer.status).toBe(409)
  })
})

describe('sessions', () => {
  const list = async (client: AppClient) => (await client.get<{ items: SessionInfo[] }>('/me/sessions')).items

  test('are listed, and ended one by one or all but this one', async () => {
    const account = await world.anAccount()
    const [one, two, three] = [
      await account.manager.logIn(),
      await account.manager.logIn(),
      await account.manager.logIn(),
    ]
    const items = await list(one)
    expect(items).toHaveLength(3)
    expect(items.filter(({ isThisOne }) => isThisOne)).toHaveLength(1)
    expect(items[0]).toMatchObject({ address: '127.0.0.1', method: 'password' })
    const mine = (await list(two)).find(({ isThisOne }) => isThisOne)!
    // Only the owner ends it.
    await (await account.asAdmin()).delete(`/me/sessions/${mine.id}`)
    expect((await two.request('GET', '/me')).status).toBe(200)
    const stream = await two.openStream()
    await one.delete(`/me/sessions/${mine.id}`)
    await expect.poll(() => stream.isOpen).toBe(false)
    expect((await two.request('GET', '/me')).status).toBe(401)
    await one.delete('/me/sessions')
    expect((await three.request('GET', '/me')).status).toBe(401)
    expect(await list(one)).toHaveLength(1)
  })

  test('tell when they were last in use, to some minutes', async () => {
    const client = await (await world.anAccount()).asManager()
    const before = (await list(client))[0]!.lastSeenAt
    await world.clock.advance(4 * 60_000)
    expect((await list(client))[0]?.lastSeenAt).toBe(before)
    await world.clock.advance(60_000)
    expect((await list(client))[0]?.lastSeenAt).toBe(before + 5 * 60_000)
  })

  test('an admin ends all of somebody', async () => {
    const account = await world.anAccount()
    const client = await account.manager.logIn()
    await (await account.asAdmin()).delete(`/users/${account.manager.id}/sessions`)
    expect((await client.request('GET', '/me')).status).toBe(401)
  })
})

test('a token is made with the password, shown once, and ended', async () => {
  const account = await world.anAccount()
  const client = await account.asManager()
  const wish = { name: 'Report', lifetimeDays: 30, password: account.manager.password }
  await expect(client.post('/me/tokens', { ...wish, password: 'wrong' })).rejects.toMatchObject({ status: 400 })
  const { token } = await client.post<{ token: string }>('/me/tokens', wish)
  const ask = () => askAsStranger(world, 'GET', '/me', undefined, { authorization: `Bearer ${token}` })
  expect((await ask()).status).toBe(200)
  const { items } = await client.get<{ items: TokenInfo[] }>('/me/tokens')
  expect(items).toMatchObject([{ name: 'Report', lastUsedAt: world.clock.now().getTime() }])
  await client.delete(`/me/tokens/${items[0]!.id}`)
  expect((await ask()).status).toBe(401)
  expect((await actionsOf(account)).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['token.made', 'token.ended']),
  )
})

test('a failed log-in of somebody we know is written down, without what was typed', async () => {
  const account = await world.anAccount()
  await expect(
    AppClient.logIn(world, { ...credentialsOf(account, account.manager), password: 'my other secret' }),
  ).rejects.toMatchObject({ status: 401 })
  const [entry] = await actionsOf(account)
  expect(entry).toMatchObject({
    action: 'session.refused',
    target: { id: String(account.manager.id) },
    details: { step: 'password' },
  })
  expect(JSON.stringify(entry)).not.toContain('my other secret')
})

test('the page of an account opens that account only', async () => {
  const email = 'shared@example.net'
  const [one, two] = [await world.anAccount({ adminEmail: email }), await world.anAccount({ adminEmail: email })]
  const { port } = new URL(world.url)
  const host = `${one.subdomain}.localhost:${port}`
  const at = { host, origin: `http://${host}` }
  const entrance = (await (await askAsStranger(world, 'GET', '/entrance', undefined, at)).json()) as Entrance
  expect(entrance.account).toEqual({ name: 'Harbor Shop', subdomain: one.subdomain })
  const credentials = { email, password: one.admin.password, subdomain: two.subdomain }
  expect((await AppClient.enter(world, '/session', credentials, at)).me.account.id).toBe(one.id)
})

test.each([
  ['DELETE', '/me/sessions/%00'],
  ['DELETE', '/me/tokens/%00'],
  ['PATCH', '/me/passkeys/%00'],
  ['GET', '/invites/%00'],
  ['POST', '/invites/1.%00'],
  ['GET', '/password-links/%00'],
] as const)('%s %s is nothing', async (method, path) => {
  const client = await (await world.anAccount()).asManager()
  const body = { name: 'X', email: 'x@example.net', password: 'a new long password' }
  const answer = await client.request(method, path, method === 'GET' ? undefined : body)
  expect(answer.status).toBe(404)
})
