import type {
  AccountId,
  AuditPage,
  ChannelCard,
  ChannelId,
  ChannelWithSecret,
  ChatId,
  FieldFault,
  OwnChannel,
} from '@parley/protocol/model'
import {
  type AppClient,
  aNewMessage,
  signHeaders,
  startTestWorld,
  type TestAccount,
  type TestWorld,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 14"><circle cx="7" cy="7" r="7"/></svg>'
const FORM = { name: 'Harbor Chat', webhookUrl: 'https://hooks.example.net/in/:scope_id' }

async function anAdmin(): Promise<{ account: TestAccount; admin: AppClient }> {
  const account = await world.anAccount()
  return { account, admin: await account.asAdmin() }
}

const register = (admin: AppClient, more: object = {}) =>
  admin.post<ChannelWithSecret>('/channels', { ...FORM, ...more })

/** Connects as the channel does, signed with a secret. */
async function connectSigned(id: string, account: TestAccount, secret: string): Promise<number> {
  const body = Buffer.from(JSON.stringify({ account_id: account.amojoId, hook_api_version: 'v2' }))
  const path = `/v2/origin/custom/${id}/connect`
  const signed = signHeaders({ method: 'POST', path, body }, secret, world.clock.now())
  const answer = await fetch(world.url + path, {
    method: 'POST',
    headers: signed.headers as Record<string, string>,
    body,
  })
  return answer.status
}

async function decide(id: string, body: object): Promise<Response> {
  return fetch(`${world.url}/api/admin/v1/channels/${id}/decision`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

describe('registering a channel', () => {
  test('gives all that a developer needs, the secret once, and it works at once', async () => {
    const { account, admin } = await anAdmin()
    const settings = {
      about: 'For boats',
      icon: ICON,
      errorEmail: 'dev@example.net',
      reactions: ['👍'],
      writeFirst: true,
    }
    const { channel, secret } = await register(admin, { ...settings, timeWindowSeconds: 86_400 })
    expect(secret).toMatch(/^[0-9a-f]{40}$/)
    expect(channel.scopeId).toBe(`${channel.id}_${account.amojoId}`)
    expect(channel).toMatchObject({ ...FORM, ...settings, timeWindowSeconds: 86_400, state: 'approved' })
    expect(channel.code).toMatch(/^amo\.ext\.harbor-chat-[0-9a-f]{8}$/)
    const read = await admin.get<OwnChannel>(`/channels/${channel.id}`)
    expect(read).toEqual(channel)
    expect(JSON.stringify(read)).not.toContain(secret)
    expect(await connectSigned(channel.id, account, secret)).toBe(200)
    const audit = await admin.get<AuditPage>('/audit?actions=channel.made')
    expect(audit.items).toMatchObject([{ target: { kind: 'channel', id: channel.id, name: 'Harbor Chat' } }])
    expect(JSON.stringify(audit)).not.toContain(secret)
  })

  test.each([
    [{ name: '1st' }, 'name'],
    [{ name: 'Гавань' }, 'name'],
    [{ webhookUrl: 'https://hooks.example.net/in' }, 'webhookUrl'],
    [{ webhookUrl: 'ftp://hooks.example.net/:scope_id' }, 'webhookUrl'],
    [{ webhookUrlV1: 'javascript:alert(1)//:scope_id' }, 'webhookUrlV1'],
    [{ errorEmail: 'nobody' }, 'errorEmail'],
    [{ icon: ICON.replace('<circle', '<script/><circle') }, 'icon'],
    [{ accountIds: [1] }, 'accountIds'],
    [{ timeWindowSeconds: 1 }, 'timeWindowSeconds'],
    [{ maxFileBytes: 1 }, 'maxFileBytes'],
    [{ reactions: 'some' }, 'reactions'],
    [{ events: ['calls'] }, 'events.0'],
  ])('%j is refused by its name', async (more, field) => {
    const { admin } = await anAdmin()
    await expect(register(admin, more)).rejects.toMatchObject({ status: 400, details: { field } })
    expect((await admin.get<{ items: ChannelCard[] }>('/channels')).items).toEqual([])
  })

  test('is looked through while the form is filled in: all that is wrong, by field, and nothing is stored', async () => {
    const { admin } = await anAdmin()
    const check = async (form: object) => (await admin.post<{ items: FieldFault[] }>('/channels/check', form)).items
    const wrong = { name: '1st', webhookUrl: 'nowhere', accountIds: [1], reactions: ['👍', ' '], maxFileBytes: 10 }
    expect((await check(wrong)).map(({ field }) => field).sort()).toEqual([
      'accountIds',
      'maxFileBytes',
      'name',
      'reactions.1',
      'webhookUrl',
      'webhookUrl',
    ])
    expect(await check({ name: 'Harbor' })).toEqual([])
    expect(await check({ ...FORM, icon: ICON })).toEqual([])
    expect((await admin.get<{ items: ChannelCard[] }>('/channels')).items).toEqual([])
  })

  test('its icon is shown as a picture in which nothing runs', async () => {
    const { admin } = await anAdmin()
    const { channel } = await register(admin, { icon: ICON })
    const answer = await admin.request('GET', `/channels/${channel.id}/icon`)
    expect(await answer.text()).toBe(ICON)
    expect(answer.headers.get('content-type')).toMatch(/^image\/svg\+xml/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    const stranger = await anAdmin()
    expect((await stranger.admin.request('GET', `/channels/${channel.id}/icon`)).status).toBe(404)
  })

  test('of another account is none to see, change or connect', async () => {
    const { channel } = await register((await anAdmin()).admin)
    const { admin } = await anAdmin()
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['POST', '/secret'],
      ['DELETE', '/secret/previous'],
      ['POST', '/connect'],
      ['POST', '/disconnect'],
    ] as const)
      expect(
        (await admin.request(method, `/channels/${channel.id}${path}`, method === 'POST' ? {} : undefined)).status,
      ).toBe(404)
  })

  test('is changed field by field, and emptied', async () => {
    const { admin } = await anAdmin()
    const { channel } = await register(admin, { errorEmail: 'dev@example.net', icon: ICON, about: 'Boats' })
    const change = { errorEmail: null, icon: null, about: null, name: 'Quay Chat', supportsVoice: false }
    const changed = await admin.patch<OwnChannel>(`/channels/${channel.id}`, change)
    expect(changed).toEqual({ ...channel, ...change, bot: { ...channel.bot, name: 'Quay Chat' } })
  })
})

test('a card tells what came, what went, and how often that failed', async () => {
  const hook = await world.aHookReceiver()
  const channel = await world.aChannel({ hook })
  const { conversation_id } = await channel.send(aNewMessage())
  const manager = await channel.account.asManager()
  await manager.sendText(conversation_id as ChatId, 'Hello yourself')
  await hook.next()
  const admin = await channel.account.asAdmin()
  await expect
    .poll(async () => (await admin.get<{ items: ChannelCard[] }>('/channels')).items[0])
    .toMatchObject({
      id: channel.id,
      isOwn: false,
      connection: { lastInAt: expect.any(Number), lastOutAt: expect.any(Number), failureRate: 0 },
    })
})

test('hooks are signed with the old secret until the channel has signed with the new one', async () => {
  const hook = await world.aHookReceiver()
  const channel = await world.aChannel({ hook })
  await world.deps.db
    .updateTable('channel')
    .set({ owner_account_id: channel.account.id as AccountId })
    .where('id', '=', channel.id as ChannelId)
    .execute()
  const admin = await channel.account.asAdmin()
  const manager = await channel.account.asManager()
  const { conversation_id } = await channel.send(aNewMessage())
  const { secret } = await admin.post<ChannelWithSecret>(`/channels/${channel.id}/secret`, {})
  await manager.sendText(conversation_id as ChatId, 'Signed with the old one')
  expect((await hook.next()).isSignedBy(channel.secret)).toBe(true)
  expect(await connectSigned(channel.id, channel.account, secret)).toBe(200)
  const { db } = world.deps
  const isUsed = () =>
    db
      .selectFrom('channel')
      .select('secret_used')
      .where('id', '=', channel.id as ChannelId)
      .executeTakeFirst()
  await expect.poll(isUsed).toEqual({ secret_used: true })
  await manager.sendText(conversation_id as ChatId, 'Signed with the new one')
  expect((await hook.next()).isSignedBy(secret)).toBe(true)
})

describe('a secret', () => {
  test('is changed with a day in which both are good', async () => {
    const { account, admin } = await anAdmin()
    const { channel, secret: old } = await register(admin)
    const { secret, channel: after } = await admin.post<ChannelWithSecret>(`/channels/${channel.id}/secret`, {})
    expect(secret).not.toBe(old)
    expect(after.previousSecretUntil).not.toBeNull()
    expect(await connectSigned(channel.id, account, old)).toBe(200)
    expect(await connectSigned(channel.id, account, secret)).toBe(200)
    await expect(admin.post(`/channels/${channel.id}/secret`, {})).rejects.toMatchObject({ status: 409 })
    await world.clock.jump(24 * 60 * 60_000 + 2000)
    expect(await connectSigned(channel.id, account, old)).toBe(403)
    expect(await connectSigned(channel.id, account, secret)).toBe(200)
  })

  test('that was revoked is good no more', async () => {
    const { account, admin } = await anAdmin()
    const { channel, secret: old } = await register(admin)
    const { secret } = await admin.post<ChannelWithSecret>(`/channels/${channel.id}/secret`, {})
    const after = await admin.request('DELETE', `/channels/${channel.id}/secret/previous`)
    expect(await after.json()).toMatchObject({ previousSecretUntil: null })
    expect(await connectSigned(channel.id, account, old)).toBe(403)
    expect(await connectSigned(channel.id, account, secret)).toBe(200)
  })
})

test('a channel is connected, told of, renamed and disconnected from the screen', async () => {
  const { admin } = await anAdmin()
  const { channel } = await register(admin)
  const card = await admin.post<ChannelCard>(`/channels/${channel.id}/connect`, {})
  const connection = {
    title: 'Harbor Chat',
    hookVersion: 'v2',
    scopeId: channel.scopeId,
    lastInAt: null,
    failureRate: null,
  }
  expect(card).toMatchObject({ isOwn: true, connection })
  const renamed = await admin.post<ChannelCard>(`/channels/${channel.id}/connect`, { title: 'On the quay' })
  expect(renamed.connection?.title).toBe('On the quay')
  await admin.request('POST', `/channels/${channel.id}/disconnect`)
  const { items } = await admin.get<{ items: ChannelCard[] }>('/channels')
  expect(items).toMatchObject([{ id: channel.id, connection: null }])
  const audit = await admin.get<AuditPage>('/audit?actions=channel.connected,channel.disconnected')
  expect(audit.items.map(({ action }) => action)).toEqual([
    'channel.disconnected',
    'channel.connected',
    'channel.connected',
  ])
})

describe('where the operator looks at channels first', () => {
  let strict: TestWorld
  beforeAll(async () => {
    strict = world
    world = await startTestWorld({
      env: { PARLEY_CHANNELS: 'moderated', PARLEY_ALLOW_PRIVATE_NETWORK: 'off' },
    })
  })
  afterAll(async () => {
    await world.stop()
    world = strict
  })

  test('a registration waits, is sent back, asked for again and approved', async () => {
    const { account, admin } = await anAdmin()
    const { channel, secret } = await register(admin)
    expect(channel.state).toBe('waiting')
    expect(await connectSigned(channel.id, account, secret)).toBe(404)
    await expect(admin.post(`/channels/${channel.id}/connect`, {})).rejects.toMatchObject({ status: 409 })
    expect((await decide(channel.id, { decision: 'returned' })).status).toBe(400)
    expect((await decide(channel.id, { decision: 'returned', note: 'Say what it is for' })).status).toBe(200)
    const told = await admin.get<OwnChannel>(`/channels/${channel.id}`)
    expect(told).toMatchObject({ state: 'returned', stateNote: 'Say what it is for' })
    const again = await admin.patch<OwnChannel>(`/channels/${channel.id}`, { about: 'For boats' })
    expect(again.state).toBe('waiting')
    expect((await decide(channel.id, { decision: 'approved' })).status).toBe(200)
    expect((await decide(channel.id, { decision: 'approved' })).status).toBe(409)
    expect(await connectSigned(channel.id, account, secret)).toBe(200)
  })

  test('what is sensitive of a channel for everyone waits, and the rest does not', async () => {
    const { admin } = await anAdmin()
    const { channel } = await register(admin, { isPublic: true })
    await decide(channel.id, { decision: 'approved' })
    const webhookUrl = 'https://elsewhere.example.net/:scope_id'
    const changed = await admin.patch<OwnChannel>(`/channels/${channel.id}`, { webhookUrl, about: 'Boats' })
    expect(changed).toMatchObject({ webhookUrl: FORM.webhookUrl, about: 'Boats', waiting: { webhookUrl } })
    expect((await decide(channel.id, { decision: 'refused', note: 'No' })).status).toBe(200)
    expect(await admin.get(`/channels/${channel.id}`)).toMatchObject({ webhookUrl: FORM.webhookUrl, state: 'approved' })
    await admin.patch(`/channels/${channel.id}`, { webhookUrl })
    await decide(channel.id, { decision: 'approved' })
    expect(await admin.get(`/channels/${channel.id}`)).toMatchObject({ webhookUrl, waiting: {} })
  })

  test.each(['http://127.0.0.1/', 'http://[::1]/', 'http://2130706433/', 'http://10.0.0.1/', 'http://localhost/'])(
    'a hook may not go to %s',
    async (address) => {
      const { admin } = await anAdmin()
      const { items } = await admin.post<{ items: FieldFault[] }>('/channels/check', {
        webhookUrl: `${address}:scope_id`,
        name: '1st',
      })
      expect(items.map(({ field }) => field).sort()).toEqual(['name', 'webhookUrl'])
      const wish = register(admin, { webhookUrl: `${address}:scope_id` })
      await expect(wish).rejects.toMatchObject({ status: 400, details: { field: 'webhookUrl' } })
    },
  )
})
