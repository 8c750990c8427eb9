import type { AccountId } from '@parley/protocol/model'
import { openTestDatabase, TestClock } from '@parley/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAccount } from '../accounts/create-account.ts'
import { logIn } from '../security/log-in.ts'
import { createToken, findToken } from './api-tokens.ts'
import { createUser } from './create-user.ts'
import { endSession, findSession } from './sessions.ts'

const DAY_MS = 24 * 60 * 60_000
const CHEAP = { memoryKiB: 64, passes: 1, lanes: 1 }
const PASSWORD = 'correct horse'
const USER_AGENT = 'Test/1.0'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let clock: TestClock
let deps: Parameters<typeof logIn>[0]

beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(() => {
  clock = new TestClock()
  deps = { db: database.db, clock, nudge: () => undefined, passwordCost: CHEAP }
})
afterAll(() => database.close())

const nonce = () => Math.random().toString(36).slice(2, 10)

async function anAccount(email = `ana-${nonce()}@example.net`, password = PASSWORD) {
  const subdomain = `shop-${nonce()}`
  const account = await createAccount(deps, {
    name: `Shop ${subdomain}`,
    subdomain,
    ownerEmail: email,
    ownerPassword: password,
  })
  return { ...account, name: `Shop ${subdomain}`, email }
}

async function enter(email: string, password = PASSWORD, subdomain?: string) {
  const opened = await logIn(deps, { email, password, subdomain, userAgent: USER_AGENT, address: null })
  if (opened.kind !== 'session') throw new Error('A second factor is asked for.')
  return opened
}

async function disable(userId: number): Promise<void> {
  await database.db
    .updateTable('account_user')
    .set({ disabled_at: clock.now() })
    .where('id', '=', userId as never)
    .execute()
}

describe('a log-in', () => {
  test('opens a session that says who and where', async () => {
    const account = await anAccount()
    const { token, me, expiresAt } = await enter(` ${account.email.toUpperCase()} `)
    expect(me).toMatchObject({
      user: { id: account.owner.id, amojoId: account.owner.amojoId, email: account.email, role: 'admin' },
      account: {
        id: account.id,
        amojoId: account.amojoId,
        subdomain: account.subdomain,
        timeZone: 'UTC',
        currency: 'EUR',
      },
    })
    expect(expiresAt.getTime() - clock.now().getTime()).toBe(30 * DAY_MS)
    expect(await findSession(deps, token)).toEqual({ ...me, expiresAt, isProlonged: false })
  })

  test('only the digest of the token is stored', async () => {
    const account = await anAccount()
    const { token } = await enter(account.email)
    const rows = await database.db.selectFrom('user_session').selectAll().where('account_id', '=', account.id).execute()
    expect(token).toMatch(new RegExp(`^${account.id}\\.[\\w-]{43}$`))
    expect(JSON.stringify(rows)).not.toContain(token.split('.')[1])
    expect(rows).toMatchObject([{ user_agent: USER_AGENT, user_id: account.owner.id }])
  })

  test.each([
    ['a wrong password', (email: string) => enter(email, 'wrong horse')],
    ['an unknown e-mail', () => enter('nobody@example.net')],
    [
      'the right password in another account',
      async (email: string) => enter(email, PASSWORD, (await anAccount()).subdomain),
    ],
    ['an e-mail no database can hold', () => enter('a\0@example.net')],
    ['a subdomain no database can hold', (email: string) => enter(email, PASSWORD, 'a\0')],
  ])('%s is refused, always in the same words', async (_, attempt) => {
    const { email } = await anAccount()
    await expect(attempt(email)).rejects.toMatchObject({
      code: 'wrong_credentials',
      message: 'The e-mail or the password is wrong.',
      details: {},
    })
  })

  test('an unknown e-mail costs as much work as a known one', async () => {
    const dear = { ...deps, passwordCost: { memoryKiB: 19_456, passes: 2, lanes: 1 } }
    const account = await createAccount(dear, {
      name: 'Dear',
      subdomain: `dear-${nonce()}`,
      ownerEmail: `dear-${nonce()}@example.net`,
      ownerPassword: PASSWORD,
    })
    const timeOf = async (email: string) => {
      const times: number[] = []
      for (let round = 0; round < 3; round++) {
        const started = performance.now()
        await logIn(dear, { email, password: 'wrong horse', userAgent: USER_AGENT, address: null }).catch(
          () => undefined,
        )
        times.push(performance.now() - started)
      }
      return Math.min(...times)
    }
    const [known, unknown] = [await timeOf(account.owner.email), await timeOf('nobody@example.net')]
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(4)
  })

  test('the same e-mail in several accounts: asks which, among those whose password this is', async () => {
    const email = `shared-${nonce()}@example.net`
    const [a, b] = [await anAccount(email), await anAccount(email)]
    const other = await anAccount(email, 'another horse')
    await expect(enter(email)).rejects.toMatchObject({
      code: 'account_ambiguous',
      details: { accounts: [a, b].map(({ name, subdomain }) => ({ name, subdomain })) },
    })
    expect((await enter(email, PASSWORD, b.subdomain.toUpperCase())).me.account.id).toBe(b.id)
    expect((await enter(email, 'another horse')).me.account.id).toBe(other.id)
  })

  test('a user who was switched off is unknown, and so is their session', async () => {
    const account = await anAccount()
    const { token } = await enter(account.email)
    await disable(account.owner.id)
    expect(await findSession(deps, token)).toBeUndefined()
    await expect(enter(account.email)).rejects.toMatchObject({ code: 'wrong_credentials' })
  })
})

describe('a session', () => {
  test('ends after 30 days without use', async () => {
    const { token } = await enter((await anAccount()).email)
    await clock.advance(30 * DAY_MS - 1)
    expect(await findSession({ ...deps, clock }, token)).toBeDefined()
    await clock.advance(30 * DAY_MS)
    expect(await findSession(deps, token)).toBeUndefined()
  })

  test('lives on while it is used, and is written once a day at most', async () => {
    const { token } = await enter((await anAccount()).email)
    await clock.advance(DAY_MS - 1)
    expect(await findSession(deps, token)).toMatchObject({ isProlonged: false })
    await clock.advance(1)
    const later = new Date(clock.now().getTime() + 30 * DAY_MS)
    expect(await findSession(deps, token)).toMatchObject({ isProlonged: true, expiresAt: later })
    expect(await findSession(deps, token)).toMatchObject({ isProlonged: false, expiresAt: later })
  })

  test('ended is gone, alone', async () => {
    const { email } = await anAccount()
    const [one, two] = [await enter(email), await enter(email)]
    await endSession(deps, one.token)
    await endSession(deps, one.token)
    expect(await findSession(deps, one.token)).toBeUndefined()
    expect(await findSession(deps, two.token)).toBeDefined()
  })

  test('a log-in sweeps what the user let expire', async () => {
    const account = await anAccount()
    await enter(account.email)
    await clock.advance(31 * DAY_MS)
    await enter(account.email)
    const rows = await database.db.selectFrom('user_session').selectAll().where('account_id', '=', account.id).execute()
    expect(rows).toHaveLength(1)
  })

  test.each([
    '',
    'x',
    '1.short',
    `99999999999.${'a'.repeat(43)}`,
    `4294967296.${'a'.repeat(43)}`,
    `1.${'a'.repeat(44)}`,
    '1.\0',
  ])('what is no token (%j) is nobody', async (token) => {
    expect(await findSession(deps, token)).toBeUndefined()
    await endSession(deps, token)
    expect(await findToken(deps, `prl_${token}`)).toBeUndefined()
  })

  test("its secret under another account's number is nobody", async () => {
    const [account, other] = [await anAccount(), await anAccount()]
    const { token } = await enter(account.email)
    expect(await findSession(deps, token.replace(`${account.id}.`, `${other.id}.`))).toBeUndefined()
  })
})

describe('a long-lived token', () => {
  test("acts as the account's first admin, or as whom it was made for", async () => {
    const account = await anAccount()
    const manager = await aManager(account.id)
    const asAdmin = await createToken(deps, { accountId: account.id })
    const asManager = await createToken(deps, { accountId: account.id, userId: manager.id })
    expect(await findToken(deps, asAdmin.token)).toMatchObject({
      user: { id: account.owner.id },
      account: { id: account.id },
    })
    expect(await findToken(deps, asManager.token)).toMatchObject({ user: { id: manager.id, role: 'manager' } })
  })

  test('expires', async () => {
    const { id } = await anAccount()
    const { token, expiresAt } = await createToken(deps, { accountId: id, lifetimeDays: 1 })
    await clock.advanceTo(expiresAt)
    expect(await findToken(deps, token)).toBeUndefined()
  })

  test('is no session, and a session is no token', async () => {
    const account = await anAccount()
    const { token } = await createToken(deps, { accountId: account.id })
    const session = await enter(account.email)
    expect(await findSession(deps, token)).toBeUndefined()
    expect(await findToken(deps, session.token)).toBeUndefined()
    expect(await findToken(deps, `prl_${session.token}`)).toBeUndefined()
  })

  test('is refused for nobody', async () => {
    const [account, other] = [await anAccount(), await anAccount()]
    await expect(createToken(deps, { accountId: 1 as AccountId })).rejects.toMatchObject({ code: 'not_found' })
    await expect(createToken(deps, { accountId: account.id, userId: other.owner.id })).rejects.toMatchObject({
      code: 'not_found',
    })
    await disable(account.owner.id)
    await expect(createToken(deps, { accountId: account.id })).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a user', () => {
  test('works once in an account, by e-mail', async () => {
    const account = await anAccount()
    const taken = {
      accountId: account.id,
      email: account.email.toUpperCase(),
      password: PASSWORD,
      name: 'Ana',
      role: 'manager' as const,
    }
    await expect(createUser(deps, taken)).rejects.toMatchObject({ code: 'conflict', details: { field: 'email' } })
  })
})

function aManager(accountId: AccountId) {
  return createUser(deps, {
    accountId,
    email: `kim-${nonce()}@example.net`,
    password: PASSWORD,
    name: 'Kim Park',
    role: 'manager',
  })
}
