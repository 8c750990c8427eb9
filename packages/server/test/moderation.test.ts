import type {
  AuditPage,
  ChannelWithSecret,
  Me,
  NotificationPage,
  OwnChannel,
  Registration,
} from '@parley/protocol/model'
import { setOperator } from '@parley/server/internals'
import { type AppClient, MailServer, startTestWorld, type TestAccount, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

let mails: MailServer
let world: TestWorld
let account: TestAccount
let admin: AppClient
let operator: AppClient

beforeAll(async () => {
  mails = await MailServer.start()
  world = await startTestWorld({
    env: {
      PARLEY_CHANNELS: 'moderated',
      PARLEY_SMTP_URL: mails.url,
      PARLEY_PUBLIC_URL: 'https://chat.example.com',
    },
  })
  const house = await world.anAccount({ name: 'Parley House' })
  await setOperator(world.deps, { email: house.admin.email, isOperator: true })
  operator = await house.admin.logIn()
})
afterAll(async () => {
  await world.stop()
  await mails.stop()
})
beforeEach(async () => {
  account = await world.anAccount()
  admin = await account.asAdmin()
})

const FORM = { name: 'Harbor Chat', webhookUrl: 'https://hooks.example.net/in/:scope_id' }
const register = async (more: object = {}) =>
  (await admin.post<ChannelWithSecret>('/channels', { ...FORM, ...more })).channel
const listed = async (id: string) =>
  (await operator.get<{ items: Registration[] }>('/installation/registrations')).items.find((one) => one.id === id)
const decide = (id: string, body: object) => operator.post(`/installation/registrations/${id}/decision`, body)
const told = async (client: AppClient) =>
  (await client.get<NotificationPage>('/notifications')).items.filter(({ kind }) => kind === 'channel_decided')

async function callAdmin(method: string, path: string, body?: object) {
  const answer = await fetch(`${world.url}/api/admin/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${world.adminToken}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return {
    status: answer.status,
    json: (await answer.json()) as Record<string, never> & { items: { email: string }[] },
  }
}

describe('the operator’s queue', () => {
  test('shows who asks for what; who asked is told, by a notification and by mail', async () => {
    const { id, code, bot } = await register({ about: 'For boats', errorEmail: 'dev@example.net' })
    const owner = { id: account.id, name: 'Harbor Shop' }
    expect(await listed(id)).toMatchObject({ ...FORM, about: 'For boats', owner, askedBy: 'Ana Silva', waiting: {} })
    await decide(id, { decision: 'returned', note: 'Say who runs it' })
    expect(await listed(id)).toBeUndefined()
    const notice = { decision: 'returned', title: 'Harbor Chat', text: 'Say who runs it', channelId: id, isForMe: true }
    expect(await told(admin)).toMatchObject([notice])
    expect(await told(await account.asManager())).toEqual([])
    const letters = [await mails.next(), await mails.next()]
    expect(letters.map(({ to }) => to[0]).sort()).toEqual([account.admin.email, 'dev@example.net'].sort())
    expect(letters[0]!.headers.subject).toBe('Harbor Chat was sent back to be changed')
    expect(letters[0]!.text).toContain('Say who runs it')
    expect(letters[0]!.text).toContain(`https://chat.example.com/settings/channels/${id}`)

    await world.clock.advance(60_000)
    await admin.patch(`/channels/${id}`, { about: 'For boats, by Harbor Shop', errorEmail: null })
    await decide(id, { decision: 'approved' })
    const letter = await mails.next()
    expect(letter.to).toEqual([account.admin.email])
    for (const word of [code, id, bot.id, String(account.id)]) expect(letter.text).toContain(word)
    expect((await told(admin)).map(({ decision }) => decision)).toEqual(['approved', 'returned'])
  })

  test('is counted, and operators hear when it grows or shrinks', async () => {
    const waiting = async () => (await operator.get<{ waiting: number }>('/installation/registrations/count')).waiting
    const [before, stream, others] = [await waiting(), await operator.openStream(), await admin.openStream()]
    const { id } = await register()
    await expect.poll(() => stream.registrationsTold).toBe(1)
    expect(await waiting()).toBe(before + 1)
    await decide(id, { decision: 'approved' })
    await mails.next()
    await expect.poll(() => stream.registrationsTold).toBe(2)
    expect(await waiting()).toBe(before)
    // What is sensitive of one that serves others waits, too.
    await admin.patch(`/channels/${id}`, { isPublic: true })
    await expect.poll(() => stream.registrationsTold).toBe(3)
    expect(await waiting()).toBe(before + 1)
    expect(others.registrationsTold).toBe(0)
    stream.close()
    others.close()
  })

  test('speaks the language of who asked', async () => {
    await admin.patch('/me', { language: 'ru' })
    const { id } = await register()
    await decide(id, { decision: 'refused', note: 'Нет' })
    const { headers } = await mails.next()
    expect(headers.subject).toMatch(/^=\?UTF-8\?/)
    expect(await told(admin)).toMatchObject([{ decision: 'refused' }])
  })

  test('shows what differs of a channel that serves others', async () => {
    const { id } = await register({ isPublic: true })
    await decide(id, { decision: 'approved' })
    await mails.next()
    const webhookUrl = 'https://elsewhere.example.net/:scope_id'
    await admin.patch(`/channels/${id}`, { webhookUrl })
    expect(await listed(id)).toMatchObject({ webhookUrl: FORM.webhookUrl, waiting: { webhookUrl }, state: 'approved' })
    await decide(id, { decision: 'refused', note: 'Whose is it?' })
    await mails.next()
    expect(await admin.get<OwnChannel>(`/channels/${id}`)).toMatchObject({ webhookUrl: FORM.webhookUrl, waiting: {} })
  })

  test('is written down for both, and names no person to the other account', async () => {
    const { id } = await register()
    await decide(id, { decision: 'approved' })
    await mails.next()
    const find = async (client: AppClient) =>
      (await client.get<AuditPage>('/audit?actions=channel.approved')).items.find(({ target }) => target?.id === id)
    expect(await find(admin)).toMatchObject({ actor: null, address: null })
    expect(await find(operator)).toMatchObject({ actor: { name: 'Ana Silva' } })
  })

  test('asks for a word, and for something that waits', async () => {
    const { id } = await register()
    await expect(decide(id, { decision: 'refused' })).rejects.toMatchObject({ status: 400, details: { field: 'note' } })
    await decide(id, { decision: 'approved' })
    await mails.next()
    await expect(decide(id, { decision: 'approved' })).rejects.toMatchObject({ status: 409 })
  })

  test('is shut to admins who are no operators', async () => {
    const { id } = await register()
    await expect(admin.get('/installation/registrations')).rejects.toMatchObject({ status: 403 })
    const wish = admin.post(`/installation/registrations/${id}/decision`, { decision: 'approved' })
    await expect(wish).rejects.toMatchObject({ status: 403 })
    expect((await admin.get<OwnChannel>(`/channels/${id}`)).state).toBe('waiting')
  })
})

test('an operator is made, found and no longer one, by whoever holds the admin token', async () => {
  const { email } = account.admin
  expect((await callAdmin('POST', '/operators', { email: email.toUpperCase() })).status).toBe(200)
  expect((await admin.get<Me>('/me')).isOperator).toBe(true)
  expect((await callAdmin('GET', '/operators')).json.items.map((one) => one.email)).toContain(email)
  expect((await callAdmin('POST', '/operators/remove', { email })).status).toBe(200)
  expect((await admin.get<Me>('/me')).isOperator).toBe(false)
  const actions = (await admin.get<AuditPage>('/audit?actions=operator.added,operator.removed')).items
  expect(actions.map(({ action }) => action)).toEqual(['operator.removed', 'operator.added'])
  expect((await callAdmin('POST', '/operators', { email: 'nobody@example.net' })).status).toBe(404)
})

test('a user of the same e-mail in another account does not become one by accident', async () => {
  const { email } = account.admin
  const other = await world.anAccount()
  await other.aUser({ email, role: 'admin' })
  const refused = await callAdmin('POST', '/operators', { email })
  expect([refused.status, refused.json]).toMatchObject([409, { error: { details: { field: 'account_id' } } }])
  expect((await callAdmin('POST', '/operators', { email, account_id: account.id })).status).toBe(200)
  const items = (await callAdmin('GET', '/operators')).json.items.filter((one) => one.email === email)
  expect(items).toMatchObject([{ account_id: account.id }])
})
