import {
  type Account,
  type AuditPage,
  type Entrance,
  type Invitation,
  MANAGER_RIGHTS,
  type Me,
  type NewInvitation,
  type OpenInvitation,
  type SubdomainAnswer,
  type TeamGroup,
  type TeamRole,
  type UploadedFile,
  type User,
} from '@parley/protocol/model'
import { AppClient, aPng, askAsStranger, MailServer, startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const DAY_MS = 24 * 60 * 60_000
const PASSWORD = 'a new long password'

let world: TestWorld
let mail: MailServer

beforeAll(async () => {
  mail = await MailServer.start()
  world = await startTestWorld({ env: { PARLEY_SMTP_URL: mail.url, PARLEY_SIGN_UP: 'on' } })
})
afterAll(async () => {
  await world.stop()
  await mail.stop()
})

const tokenOf = (link: string) => link.split('/').at(-1)!
const accept = (link: string, body: object) => AppClient.enter(world, `/invites/${tokenOf(link)}`, body)
const nonce = () => Math.random().toString(36).slice(2, 10)

describe('an invitation', () => {
  test('by link: a role and a group wait for whoever is given it', async () => {
    const account = await world.anAccount()
    const admin = await account.asAdmin()
    const role = await admin.post<TeamRole>('/roles', {
      name: 'Seller',
      rights: { ...MANAGER_RIGHTS, incoming: false },
    })
    const group = await admin.post<TeamGroup>('/groups', { name: 'North' })
    const stream = await admin.openStream()
    const { link, isMailed } = await admin.post<NewInvitation>('/invitations', { roleId: role.id, groupId: group.id })
    expect(isMailed).toBe(false)
    await stream.waitForEvent(({ topic }) => topic === 'invitations')
    const seen = await askAsStranger(world, 'GET', `/invites/${tokenOf(link)}`)
    expect((await seen.json()) as OpenInvitation).toEqual({
      account: { name: 'Harbor Shop', subdomain: account.subdomain },
      invitedBy: 'Ana Silva',
      email: null,
      name: null,
    })
    const lea = await accept(link, { name: 'Lea Roth', email: 'lea@example.net', password: PASSWORD })
    expect(lea.me).toMatchObject({ user: { name: 'Lea Roth', role: 'manager', roleId: role.id, groupId: group.id } })
    expect(lea.me.rights.incoming).toBe(false)
    await stream.waitForEvent(({ topic }) => topic === 'users')
    expect((await admin.get<{ items: Invitation[] }>('/invitations')).items).toEqual([])
    await expect(accept(link, { name: 'X', email: 'x@example.net', password: PASSWORD })).rejects.toMatchObject({
      status: 404,
    })
    const { items } = await admin.get<AuditPage>('/audit?actions=invitation.made,invitation.accepted,user.made')
    expect(items.slice(0, 3).map(({ action }) => action)).toEqual([
      'user.made',
      'invitation.accepted',
      'invitation.made',
    ])
    // Nobody can read the link off the list or the log.
    expect(JSON.stringify(items)).not.toContain(tokenOf(link))
  })

  test('by mail: the address is fixed, the name is a proposal', async () => {
    const account = await world.anAccount()
    const admin = await account.asAdmin()
    const email = `lea-${nonce()}@example.net`
    const made = await admin.post<NewInvitation>('/invitations', { email: email.toUpperCase(), name: 'Lea' })
    expect(made).toMatchObject({ isMailed: true, invitation: { email, invitedBy: { name: 'Ana Silva' } } })
    const letter = await mail.next()
    expect(letter.to).toEqual([email])
    expect(letter.headers.subject).toContain('Ana Silva')
    expect(letter.text).toContain(made.link)
    const body = { name: 'Lea Roth', email: 'other@example.net', password: PASSWORD }
    expect((await accept(made.link, body)).me.user).toMatchObject({ name: 'Lea Roth', email })
    await expect(admin.post('/invitations', { email })).rejects.toMatchObject({
      status: 409,
      details: { field: 'email' },
    })
  })

  test('sent again: the link before it is void; revoked: none opens', async () => {
    const admin = await (await world.anAccount()).asAdmin()
    const first = await admin.post<NewInvitation>('/invitations', {})
    const second = await admin.post<NewInvitation>(`/invitations/${first.invitation.id}/resend`)
    const open = async (link: string) => (await askAsStranger(world, 'GET', `/invites/${tokenOf(link)}`)).status
    expect([await open(first.link), await open(second.link)]).toEqual([404, 200])
    await admin.delete(`/invitations/${first.invitation.id}`)
    expect(await open(second.link)).toBe(404)
    expect((await admin.request('POST', `/invitations/${first.invitation.id}/resend`)).status).toBe(404)
  })

  test('ends after a week, and can be sent again then', async () => {
    const admin = await (await world.anAccount()).asAdmin()
    const { link, invitation } = await admin.post<NewInvitation>('/invitations', {})
    await world.clock.jump(7 * DAY_MS)
    expect((await askAsStranger(world, 'GET', `/invites/${tokenOf(link)}`)).status).toBe(404)
    const again = await admin.post<NewInvitation>(`/invitations/${invitation.id}/resend`)
    expect(await accept(again.link, { name: 'L', email: 'l@example.net', password: PASSWORD })).toBeInstanceOf(
      AppClient,
    )
  })

  test('two who hold the same link: one gets in', async () => {
    const admin = await (await world.anAccount()).asAdmin()
    const { link } = await admin.post<NewInvitation>('/invitations', {})
    const answers = await Promise.allSettled(
      ['a', 'b'].map((name) => accept(link, { name, email: `${name}@example.net`, password: PASSWORD })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test.each([
    ['without an e-mail', { name: 'L', password: PASSWORD }, 'email'],
    ['without a name', { name: '', email: 'l@example.net', password: PASSWORD }, 'name'],
    ['with a short password', { name: 'L', email: 'l@example.net', password: 'short' }, 'password'],
  ])('%s is refused with the field named, and stays open', async (_, body, field) => {
    const admin = await (await world.anAccount()).asAdmin()
    const { link } = await admin.post<NewInvitation>('/invitations', {})
    await expect(accept(link, body)).rejects.toMatchObject({ status: 400, details: { field } })
    expect((await askAsStranger(world, 'GET', `/invites/${tokenOf(link)}`)).status).toBe(200)
  })

  test("is the admins' affair, each of his account", async () => {
    const [account, other] = [await world.anAccount(), await world.anAccount()]
    const { invitation } = await (await account.asAdmin()).post<NewInvitation>('/invitations', {})
    const [manager, stranger] = [await account.asManager(), await other.asAdmin()]
    expect((await manager.request('GET', '/invitations')).status).toBe(403)
    expect((await manager.request('POST', '/invitations', { role: 'admin' })).status).toBe(403)
    expect((await stranger.request('DELETE', `/invitations/${invitation.id}`)).status).toBe(404)
    expect((await stranger.get<{ items: Invitation[] }>('/invitations')).items).toEqual([])
  })
})

describe('a sign-up', () => {
  const aForm = (more: object = {}) => ({
    company: 'Blue Harbor',
    subdomain: `blue-${nonce()}`,
    name: 'Nora Lind',
    email: `nora-${nonce()}@example.net`,
    password: PASSWORD,
    timeZone: 'Europe/Lisbon',
    language: 'pt',
    ...more,
  })
  const signUp = (body: object) => AppClient.enter(world, '/sign-ups', body)
  const ask = async (subdomain: string) =>
    (await (
      await askAsStranger(world, 'GET', `/sign-ups/subdomain?subdomain=${encodeURIComponent(subdomain)}`)
    ).json()) as SubdomainAnswer

  test('makes an account of its own, with an admin who is logged in and an empty inbox', async () => {
    const form = aForm()
    expect(await ask(form.subdomain)).toEqual({ isFree: true, reason: null })
    const client = await signUp(form)
    expect(client.me).toMatchObject({
      user: { name: 'Nora Lind', email: form.email, role: 'admin' },
      account: { name: 'Blue Harbor', subdomain: form.subdomain, timeZone: 'Europe/Lisbon', language: 'pt' },
    })
    expect((await client.listChats()).items).toEqual([])
    expect((await client.listPipelines()).items).toHaveLength(1)
    expect(await ask(form.subdomain.toUpperCase())).toMatchObject({ isFree: false })
    await expect(signUp({ ...aForm(), subdomain: form.subdomain })).rejects.toMatchObject({
      status: 409,
      details: { field: 'subdomain' },
    })
    await world.clock.jump(DAY_MS / 24)
  })

  test.each([
    ['company', { company: ' ' }],
    ['subdomain', { subdomain: 'ab' }],
    ['subdomain', { subdomain: 'www' }],
    ['name', { name: '' }],
    ['email', { email: 'nora' }],
    ['password', { password: 'short' }],
    ['timeZone', { timeZone: 'Europe/Nowhere' }],
  ])('a bad %s is refused with the field named: %j', async (field, more) => {
    await world.clock.jump(DAY_MS / 24)
    await expect(signUp(aForm(more))).rejects.toMatchObject({ details: { field } })
  })

  test.each(['ab', 'www', '-a-', 'a_b', 'ümlaut'])('%s cannot be a subdomain, and the form says why', async (given) => {
    const { isFree, reason } = await ask(given)
    expect(isFree).toBe(false)
    expect(reason).not.toBe('')
  })

  test('too many from one address have to wait', async () => {
    await world.clock.jump(DAY_MS)
    for (let time = 0; time < 10; time += 1) await signUp(aForm())
    await expect(signUp(aForm())).rejects.toMatchObject({ status: 429 })
    await world.clock.jump(DAY_MS / 24)
    await signUp(aForm())
  })
})

test('the operator can close the door to new accounts; by default it is open to this machine only', async () => {
  const closed = await startTestWorld({ env: { PARLEY_SIGN_UP: 'off' } })
  try {
    const entrance = (await (await askAsStranger(closed, 'GET', '/entrance')).json()) as Entrance
    expect(entrance).toMatchObject({ canSignUp: false, canMail: false })
    expect((await askAsStranger(closed, 'POST', '/sign-ups', {})).status).toBe(403)
  } finally {
    await closed.stop()
  }
})

describe('a forgotten password', () => {
  const ask = (email: string) => askAsStranger(world, 'POST', '/password-links', { email })

  test('is replaced by a mailed link, good for an hour', async () => {
    const account = await world.anAccount()
    const { email } = account.manager
    expect((await ask(email.toUpperCase())).status).toBe(202)
    const letter = await mail.next()
    expect(letter.to).toEqual([email])
    const path = `/password-links/${/\/password\/(\S+)/.exec(letter.text)?.[1]}`
    expect((await askAsStranger(world, 'POST', path, { password: PASSWORD })).status).toBe(204)
    await AppClient.logIn(world, { email, password: PASSWORD, subdomain: account.subdomain })
    await ask(email)
    const late = /\/password\/(\S+)/.exec((await mail.next()).text)?.[1]
    await world.clock.jump(60 * 60_000)
    expect((await askAsStranger(world, 'GET', `/password-links/${late}`)).status).toBe(404)
  })

  test('of nobody: the same answer, and no mail', async () => {
    const account = await world.anAccount()
    expect((await ask(`nobody-${nonce()}@example.net`)).status).toBe(202)
    await ask(account.manager.email)
    expect((await mail.next()).to).toEqual([account.manager.email])
  })

  test('asked for again and again has to wait', async () => {
    const email = `nobody-${nonce()}@example.net`
    for (let time = 0; time < 3; time += 1) expect((await ask(email)).status).toBe(202)
    expect((await ask(email)).status).toBe(429)
  })
})

describe('the profile', () => {
  test('name, language and preferences are one’s own; colleagues see the name at once', async () => {
    const account = await world.anAccount()
    const [admin, manager] = [await account.asAdmin(), await account.asManager()]
    const stream = await admin.openStream()
    const changed = await manager.patch<Me>('/me', {
      name: 'Max Berger',
      language: 'ru',
      preferences: { theme: 'dark', singleKeys: false },
    })
    expect(changed).toMatchObject({ user: { name: 'Max Berger' }, language: 'ru', preferences: { theme: 'dark' } })
    await stream.waitForEvent(({ topic }) => topic === 'users')
    await manager.patch('/me', { preferences: { density: 'compact' } })
    expect((await manager.get<Me>('/me')).preferences).toEqual({ theme: 'dark', singleKeys: false, density: 'compact' })
    expect(stream.events.some(({ topic }) => topic === 'me')).toBe(false)
  })

  test('a photo stands for the person until it is taken away', async () => {
    const account = await world.anAccount()
    const [admin, manager] = [await account.asAdmin(), await account.asManager()]
    const photo = await manager.uploadFile(aPng(40, 40, '#336699'), { name: 'me.png' })
    const { user } = await manager.patch<Me>('/me', { photoFileId: photo.id })
    const colleague = (await admin.get<{ items: User[] }>('/users')).items.find(({ id }) => id === account.manager.id)
    expect(colleague?.avatarUrl).toBe(user.avatarUrl)
    expect((await fetch(world.url + user.avatarUrl)).headers.get('content-type')).toMatch(/^image\//)
    expect((await manager.patch<Me>('/me', { photoFileId: null })).user.avatarUrl).toBeNull()
  })

  test('what is no picture, or another account’s, is refused', async () => {
    const [account, other] = [await world.anAccount(), await world.anAccount()]
    const manager = await account.asManager()
    const text = await manager.uploadFile(Buffer.from('Hello'), { name: 'me.txt' })
    const foreign: UploadedFile = await (await other.asManager()).uploadFile(aPng(8, 8, '#993366'))
    for (const { id } of [text, foreign])
      await expect(manager.patch('/me', { photoFileId: id })).rejects.toMatchObject({
        details: { field: 'photoFileId' },
      })
  })
})

describe('the account', () => {
  test('is renamed and moved by an admin; everybody’s screens hear it', async () => {
    const account = await world.anAccount()
    const [admin, manager] = [await account.asAdmin(), await account.asManager()]
    const stream = await manager.openStream()
    const patch = { name: 'Harbor & Sons', timeZone: 'America/Sao_Paulo', currency: 'BRL', language: 'pt' }
    expect(await admin.patch<Account>('/account', patch)).toMatchObject(patch)
    await stream.waitForEvent(({ topic }) => topic === 'me')
    expect((await manager.get<Me>('/me')).account).toMatchObject(patch)
    expect((await manager.request('PATCH', '/account', patch)).status).toBe(403)
    const { items } = await admin.get<AuditPage>('/audit?actions=account.changed')
    expect(items[0]?.details).toMatchObject({ currency: { before: 'EUR', after: 'BRL' } })
  })

  test.each([
    ['name', { name: ' ' }],
    ['timeZone', { timeZone: 'Mars' }],
    ['currency', { currency: 'euro' }],
    ['language', { language: 'de' }],
  ])('a bad %s is refused with the field named', async (field, patch) => {
    const admin = await (await world.anAccount()).asAdmin()
    await expect(admin.patch('/account', patch)).rejects.toMatchObject({ status: 400, details: { field } })
  })
})
