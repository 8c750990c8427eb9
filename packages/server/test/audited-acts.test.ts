import {
  AUDIT_ACTIONS,
  type AuditAction,
  type AuditEntry,
  type AuditPage,
  type ChannelDecision,
  MANAGER_RIGHTS,
} from '@parley/protocol/model'
import { setOperator } from '@parley/server/internals'
import {
  type AppClient,
  SoftAuthenticator,
  sendRaw,
  startTestWorld,
  type TestAccount,
  type TestChannel,
  TestIntegration,
  type TestUser,
  type TestWorld,
  totpCode,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
let account: TestAccount
let admin: AppClient
let channel: TestChannel
let atLocalhost: Record<string, string>
/** Everything that was shown once, or typed: no line of the log may hold any of it. */
const secrets: string[] = []

beforeAll(async () => {
  world = await startTestWorld({ env: { PARLEY_CHANNELS: 'moderated' } })
  account = await world.anAccount()
  await setOperator(world.deps, { email: account.admin.email, isOperator: true })
  admin = await account.asAdmin()
  channel = await world.aChannel({ account, isOwned: true })
  const { host } = new URL(world.url)
  const local = host.replace('127.0.0.1', 'localhost')
  atLocalhost = { host: local, origin: `http://${local}` }
  secrets.push(account.admin.password, channel.secret)
})
afterAll(() => world.stop())

/** What was written down since, oldest first. */
async function writtenBy(act: () => Promise<unknown>): Promise<AuditEntry[]> {
  const newest = async () => (await admin.get<AuditPage>('/audit?limit=50')).items
  const before = new Set((await newest()).map(({ id }) => id))
  await act()
  return (await newest()).filter(({ id }) => !before.has(id)).reverse()
}

const make = async (path: string, body: object): Promise<number> => (await admin.post<{ id: number }>(path, body)).id

async function withPasskey(client: AppClient, { password }: TestUser) {
  const authenticator = new SoftAuthenticator(atLocalhost.origin!)
  const begun = await client.request('POST', '/me/passkeys/options', { password }, atLocalhost)
  const { step, options } = (await begun.json()) as { step: string; options: object }
  const body = { step, name: 'My phone', response: authenticator.create(options) }
  await client.request('POST', '/me/passkeys', body, atLocalhost)
  return authenticator.id.toString('base64url')
}

async function withAuthenticator(client: AppClient, { password }: TestUser): Promise<string> {
  const { secret } = await client.post<{ secret: string }>('/me/totp', { password })
  secrets.push(secret)
  const { codes } = await client.post<{ codes: string[] }>('/me/totp/confirm', {
    code: totpCode(secret, world.clock.now()),
  })
  secrets.push(...codes)
  return codes[0]!
}

async function logInWithCode(user: TestUser, code: string): Promise<void> {
  const body = { email: user.email, password: user.password, subdomain: account.subdomain }
  const path = '/api/app/v1/session'
  const send = (to: string, given: object) =>
    sendRaw(world.url, {
      method: 'POST',
      path: to,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(given)),
    })
  const { error } = (await (await send(path, body)).json()) as { error: { details: { ticket: string } } }
  expect((await send(`${path}/code`, { ticket: error.details.ticket, code })).status).toBe(200)
}

const invite = () => admin.post<{ invitation: { id: number }; link: string }>('/invitations', { name: 'Guest' })

async function anIntegration() {
  const third = await TestIntegration.register(world, admin)
  secrets.push(third.secret)
  return third
}

async function installed() {
  const third = await anIntegration()
  const pair = await third.install(admin)
  secrets.push(pair.access, pair.refresh)
  return { third, pair }
}

/** A channel of the account's that waits for the operator. */
async function waiting(): Promise<string> {
  const webhookUrl = 'https://mine.example.net/:scope_id'
  const made = await admin.post<{ channel: { id: string }; secret: string }>('/channels', { name: 'Mine', webhookUrl })
  secrets.push(made.secret)
  return made.channel.id
}

async function decide(decision: ChannelDecision) {
  const id = await waiting()
  return () => admin.post(`/installation/registrations/${id}/decision`, { decision, note: 'So it is' })
}

async function anotherAdmin(): Promise<TestUser> {
  return account.aUser({ role: 'admin' })
}

type Act = () => Promise<unknown>

/** What comes of each, and how it is done: what is needed for it first, then the act itself. */
const ACTS: Partial<Record<AuditAction, () => Promise<Act>>> = {
  'session.opened': async () => () => account.admin.logIn(),
  'session.refused': async () => () =>
    sendRaw(world.url, {
      method: 'POST',
      path: '/api/app/v1/session',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ email: account.manager.email, password: 'not it at all' })),
    }),
  'session.ended': async () => {
    await account.manager.logIn()
    return () => admin.delete(`/users/${account.manager.id}/sessions`)
  },
  'password.changed': async () => {
    const user = await account.aUser()
    const client = await user.logIn()
    return () => client.put('/me/password', { current: user.password, next: 'a better one than that' })
  },
  'password.link_made': async () => () => admin.post(`/users/${account.manager.id}/password-link`),
  'totp.turned_on': async () => {
    const user = await account.aUser()
    const client = await user.logIn()
    return () => withAuthenticator(client, user)
  },
  'totp.turned_off': async () => {
    const user = await account.aUser()
    await withAuthenticator(await user.logIn(), user)
    return () => admin.delete(`/users/${user.id}/second-factor`)
  },
  'recovery_codes.made': async () => {
    const user = await account.aUser()
    const client = await user.logIn()
    await withAuthenticator(client, user)
    return async () => {
      const { codes } = await client.post<{ codes: string[] }>('/me/recovery-codes', { password: user.password })
      secrets.push(...codes)
    }
  },
  'recovery_code.used': async () => {
    const user = await account.aUser()
    const code = await withAuthenticator(await user.logIn(), user)
    return () => logInWithCode(user, code)
  },
  'passkey.added': async () => {
    const user = await account.aUser()
    const client = await user.logIn()
    return () => withPasskey(client, user)
  },
  'passkey.removed': async () => {
    const user = await account.aUser()
    const client = await user.logIn()
    const id = await withPasskey(client, user)
    return () => client.request('POST', `/me/passkeys/${id}/remove`, { password: user.password }, atLocalhost)
  },
  'token.made': async () => async () => {
    const body = { name: 'Mine', password: account.admin.password }
    secrets.push((await admin.post<{ token: string }>('/me/tokens', body)).token)
  },
  'token.ended': async () => {
    await admin.post('/me/tokens', { name: 'Mine', password: account.admin.password })
    const { items } = await admin.get<{ items: { id: string }[] }>('/me/tokens')
    return () => admin.delete(`/me/tokens/${items[0]!.id}`)
  },
  'api_key.made': async () => {
    const user = await anotherAdmin()
    const client = await user.logIn()
    return () => makeKey(client, user)
  },
  'api_key.renewed': async () => {
    const user = await anotherAdmin()
    const client = await user.logIn()
    await makeKey(client, user)
    return () => makeKey(client, user)
  },
  'api_key.revoked': async () => {
    const user = await anotherAdmin()
    const client = await user.logIn()
    await makeKey(client, user)
    return () => client.delete('/me/api-key')
  },
  'user.made': async () => () =>
    admin.post('/users', { name: 'New', email: 'new@example.net', password: 'a good long one' }),
  'user.changed': async () => {
    const { id } = await account.aUser()
    return () => admin.patch(`/users/${id}`, { role: 'admin' })
  },
  'user.disabled': async () => {
    const { id } = await account.aUser()
    return () => admin.post(`/users/${id}/disable`, {})
  },
  'user.enabled': async () => {
    const { id } = await account.aUser()
    await admin.post(`/users/${id}/disable`, {})
    return () => admin.post(`/users/${id}/enable`)
  },
  'role.made': async () => () => admin.post('/roles', { name: 'Made', rights: MANAGER_RIGHTS }),
  'role.changed': async () => {
    const id = await make('/roles', { name: 'Changed', rights: MANAGER_RIGHTS })
    return () => admin.patch(`/roles/${id}`, { rights: { ...MANAGER_RIGHTS, incoming: false } })
  },
  'role.deleted': async () => {
    const id = await make('/roles', { name: 'Deleted', rights: MANAGER_RIGHTS })
    return () => admin.delete(`/roles/${id}`)
  },
  'group.made': async () => () => admin.post('/groups', { name: 'Made' }),
  'group.changed': async () => {
    const id = await make('/groups', { name: 'Changed' })
    return () => admin.patch(`/groups/${id}`, { name: 'Changed since' })
  },
  'group.deleted': async () => {
    const id = await make('/groups', { name: 'Deleted' })
    return () => admin.delete(`/groups/${id}`)
  },
  'invitation.made': async () => invite,
  'invitation.resent': async () => {
    const { invitation } = await invite()
    return () => admin.post(`/invitations/${invitation.id}/resend`)
  },
  'invitation.revoked': async () => {
    const { invitation } = await invite()
    return () => admin.delete(`/invitations/${invitation.id}`)
  },
  'channel.made': async () => waiting,
  'channel.changed': async () => {
    const id = await waiting()
    return () => admin.patch(`/channels/${id}`, { name: 'Mine too' })
  },
  'channel.secret_rotated': async () => {
    const id = await waiting()
    return () => rotate(id)
  },
  'channel.secret_revoked': async () => {
    const id = await waiting()
    await rotate(id)
    return () => admin.delete(`/channels/${id}/secret/previous`)
  },
  'channel.paused': async () => {
    await admin.post(`/channels/${channel.id}/switch-on`)
    return () => admin.post(`/channels/${channel.id}/switch-off`)
  },
  'channel.resumed': async () => {
    await admin.post(`/channels/${channel.id}/pause`)
    return () => admin.post(`/channels/${channel.id}/resume`)
  },
  'channel.connected': async () => {
    await channel.disconnect()
    return () => admin.post(`/channels/${channel.id}/connect`, {})
  },
  'channel.disconnected': async () => {
    await channel.connect()
    return () => admin.post(`/channels/${channel.id}/disconnect`)
  },
  'channel.approved': () => decide('approved'),
  'channel.returned': () => decide('returned'),
  'channel.refused': () => decide('refused'),
  'integration.made': async () => anIntegration,
  'integration.changed': async () => {
    const { id } = await anIntegration()
    return () => admin.patch(`/integrations/${id}`, { scopes: ['files'] })
  },
  'integration.deleted': async () => {
    const { id } = await anIntegration()
    return () => admin.delete(`/integrations/${id}`)
  },
  'integration.secret_rotated': async () => {
    const { id } = await anIntegration()
    return async () => {
      secrets.push((await admin.post<{ secret: string }>(`/integrations/${id}/secret`)).secret)
    }
  },
  'integration.installed': async () => {
    const third = await anIntegration()
    return async () => {
      secrets.push(await third.code(admin))
    }
  },
  'integration.uninstalled': async () => {
    const { third } = await installed()
    return () => admin.post(`/integrations/${third.id}/uninstall`)
  },
  'integration.token_made': async () => {
    const { third } = await installed()
    return () => makeToken(third)
  },
  'integration.tokens_revoked': async () => {
    const { third, pair } = await installed()
    return () => third.revoke(pair.refresh)
  },
  'operator.added': async () => {
    const { email } = await account.aUser()
    return () => setOperator(world.deps, { email, isOperator: true })
  },
  'operator.removed': async () => {
    const { email } = await account.aUser()
    await setOperator(world.deps, { email, isOperator: true })
    return () => setOperator(world.deps, { email, isOperator: false })
  },
}

async function makeKey(client: AppClient, { password }: TestUser): Promise<void> {
  secrets.push((await client.post<{ key: string }>('/me/api-key', { password })).key)
}

async function rotate(id: string): Promise<void> {
  secrets.push((await admin.post<{ secret: string }>(`/channels/${id}/secret`)).secret)
}

async function makeToken(third: TestIntegration): Promise<void> {
  const path = `/integrations/${third.id}/tokens`
  secrets.push((await admin.post<{ token: string }>(path, { name: 'Mine', lifetimeDays: 1 })).token)
}

/** Done by nobody of the account, or without a request. */
const BY_NOBODY: readonly AuditAction[] = [
  'session.refused',
  'integration.tokens_revoked',
  'operator.added',
  'operator.removed',
]

describe('what changes who may do what is written down', () => {
  test.each(Object.entries(ACTS))('%s', async (action, prepare) => {
    const act = await prepare()
    const written = await writtenBy(act)
    const entry = written.find((one) => one.action === action)
    expect(entry, written.map((one) => one.action).join()).toBeDefined()
    expect(entry!.target).toMatchObject({ kind: expect.any(String), id: expect.any(String) })
    if (!BY_NOBODY.includes(action as AuditAction)) {
      expect(entry!.actor).not.toBeNull()
      expect(entry!.address).toBe('127.0.0.1')
    }
  })

  test('a channel that connects or disconnects by itself, in the account it does it to', async () => {
    await channel.disconnect()
    const connected = await writtenBy(() => channel.connect({ title: 'The quay' }))
    const again = await writtenBy(() => channel.connect({ title: 'The quay' }))
    const gone = await writtenBy(() => channel.disconnect())
    const target = { kind: 'channel', id: channel.id, name: 'Harbor Chat' }
    expect(connected).toMatchObject([
      { action: 'channel.connected', actor: null, address: '127.0.0.1', target, details: { title: 'The quay' } },
    ])
    // It does so on every start.
    expect(again).toEqual([])
    expect(gone).toMatchObject([{ action: 'channel.disconnected', actor: null, target }])
  })

  test('no line holds what is secret', async () => {
    const rows = await world.deps.db.selectFrom('audit').selectAll().execute()
    const text = JSON.stringify(rows)
    expect(secrets.length).toBeGreaterThan(30)
    expect(secrets.filter((secret) => secret === undefined || text.includes(secret))).toEqual([])
  })

  test('all that is about access is tried here, or stands elsewhere', () => {
    /** What is about data, or has its test where its flow is. */
    const ELSEWHERE =
      /^(account|field|tag|source|contact|data)\.|^(invitation\.accepted|channel\.(replayed|simulated|unsimulated))$/
    expect(AUDIT_ACTIONS.filter((action) => !ACTS[action] && !ELSEWHERE.test(action))).toEqual([])
  })
})
