import { randomUUID } from 'node:crypto'
import {
  type AppClient,
  MailServer,
  sendRaw,
  startTestWorld,
  type TestAccount,
  type TestChannel,
  TestIntegration,
  type TestWorld,
  totpCode,
} from '@parley/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const HOUR_MS = 3_600_000
const APP_API = '/api/app/v1'

let world: TestWorld
let account: TestAccount
let admin: AppClient
let channel: TestChannel
let third: TestIntegration
let authenticator: string
let mail: MailServer

beforeAll(async () => {
  mail = await MailServer.start()
  world = await startTestWorld({ env: { PARLEY_SIGN_UP: 'on', PARLEY_SMTP_URL: mail.url } })
  channel = await world.aChannel({ isOwned: true })
  account = channel.account
  admin = await account.asAdmin()
  third = await TestIntegration.register(world, admin)
  const manager = await account.asManager()
  const { secret } = await manager.post<{ secret: string }>('/me/totp', { password: account.manager.password })
  await manager.post('/me/totp/confirm', { code: totpCode(secret, world.clock.now()) })
  authenticator = secret
})
afterAll(async () => {
  await world.stop()
  await mail.stop()
})
// What one of them used up is another's no more.
beforeEach(() => world.clock.jump(HOUR_MS))

interface Asked {
  method?: 'GET' | 'POST' | 'PUT'
  path: string
  body?: unknown
  headers?: Record<string, string>
}

function ask({ method = 'POST', path, body, headers = {} }: Asked): Promise<Response> {
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
  const text = body === undefined ? '' : JSON.stringify(body)
  return sendRaw(world.url, { method, path, headers: { ...type, ...headers }, body: Buffer.from(text) })
}
const askApp = (path: string, body?: unknown, more: Partial<Asked> = {}) =>
  ask({ path: `${APP_API}${path}`, body, ...more })

const atLocalhost = () => ({ host: world.url.replace('http://127.0.0.1', 'localhost') })

interface Limit {
  /** So many are answered as ever. */
  free: number
  /** 429 but where the API of 2017 has its own. */
  status?: number
  /** What makes one attempt. */
  begin: () => Promise<() => Promise<Response>> | (() => Promise<Response>)
}

const aForm = () => ({
  company: 'Blue Harbor',
  subdomain: account.subdomain,
  name: 'Nora Lind',
  email: 'nora@example.net',
  password: 'a good long one',
  timeZone: 'Europe/Lisbon',
  language: 'pt',
})
const oauthBody = () => ({ client_id: third.id, client_secret: 'wrong', grant_type: 'refresh_token' })
const logIn = (email: string, password: string) => ({ email, password, subdomain: account.subdomain })

const LIMITS: Record<string, Limit> = {
  'a log-in by form': { free: 10, begin: () => () => askApp('/session', logIn(account.admin.email, 'wrong')) },
  'a log-in by form, of one address whoever it says it is': {
    free: 50,
    begin: () => {
      return () => askApp('/session', logIn(`nobody-${randomUUID()}@example.net`, 'wrong'))
    },
  },
  // Five wrong ones end a ticket; anew with the password they go on being counted.
  'a code of a second factor': {
    free: 10,
    begin: () => {
      let ticket = ''
      let tries = 0
      return async () => {
        if (tries % 5 === 0) {
          const answer = await askApp('/session', logIn(account.manager.email, account.manager.password))
          ticket = ((await answer.json()) as { error: { details: { ticket: string } } }).error.details.ticket
        }
        tries += 1
        const right = totpCode(authenticator, world.clock.now())
        return askApp('/session/code', { ticket, code: right === '000000' ? '111111' : '000000' })
      }
    },
  },
  'a passkey’s beginning': {
    free: 60,
    begin: () => () => askApp('/session/passkey/options', {}, { headers: atLocalhost() }),
  },
  'the password again, for what is behind it': {
    free: 10,
    begin: () => () => admin.request('POST', '/me/tokens', { name: 'Mine', password: 'wrong' }),
  },
  'auth.php': {
    free: 20,
    status: 401,
    begin: () => () =>
      ask({ path: '/private/api/auth.php?type=json', body: { USER_LOGIN: account.admin.email, USER_HASH: 'wrong' } }),
  },
  'a key in the query': {
    free: 20,
    status: 401,
    begin: () => () =>
      ask({
        method: 'GET',
        path: `/private/api/v2/json/accounts/current?USER_LOGIN=${account.admin.email}&USER_HASH=wrong`,
      }),
  },
  'the token endpoint': { free: 100, begin: () => () => ask({ path: '/oauth2/access_token', body: oauthBody() }) },
  'the revocation endpoint': { free: 100, begin: () => () => ask({ path: '/oauth2/revoke', body: oauthBody() }) },
  'an account’s address by a refresh token': {
    free: 100,
    begin: () => () =>
      ask({ method: 'GET', path: '/oauth2/account/current/subdomain', headers: { 'x-refresh-token': 'x' } }),
  },
  consent: {
    free: 30,
    begin: () => () => admin.request('POST', '/consent', { clientId: third.id, decision: 'decline' }),
  },
  'what a consent page is about': {
    free: 60,
    begin: () => () => admin.request('GET', `/consent?clientId=${third.id}`),
  },
  'the signature lab': {
    free: 30,
    begin: () => () =>
      admin.request('POST', `/channels/${channel.id}/signature-check`, { pasted: 'POST /v2/origin/custom/x' }),
  },
  'a sign-up': { free: 10, begin: () => () => askApp('/sign-ups', aForm()) },
  'a free subdomain': {
    free: 60,
    begin: () => () => askApp('/sign-ups/subdomain?subdomain=mine', undefined, { method: 'GET' }),
  },
  'a link for a forgotten password': {
    free: 3,
    begin: () => () => askApp('/password-links', { email: account.admin.email }),
  },
  'a link for a forgotten password, of one address': {
    free: 20,
    begin: () => {
      return () => askApp('/password-links', { email: `nobody-${randomUUID()}@example.net` })
    },
  },
  'an invitation’s link': {
    free: 60,
    begin: () => () => askApp(`/invites/${account.id}.${'A'.repeat(43)}`, undefined, { method: 'GET' }),
  },
}

describe('too often', () => {
  test.each(Object.entries(LIMITS))('%s: is told when to come again, and heard then', async (_, limit) => {
    const { free, status = 429 } = limit
    const attempt = await limit.begin()
    for (let count = 0; count < free; count += 1)
      expect((await attempt()).headers.get('retry-after'), `the ${count + 1}th`).toBeNull()
    const refused = await attempt()
    const seconds = Number(refused.headers.get('retry-after'))
    expect([refused.status, seconds > 0]).toEqual([status, true])
    expect(await refused.text()).toContain(`Try again in ${seconds} seconds`)
    await world.clock.jump(seconds * 1000)
    const later = await attempt()
    expect([later.status === 429, later.headers.get('retry-after')]).toEqual([false, null])
  })
})
