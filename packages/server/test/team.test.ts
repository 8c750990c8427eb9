import {
  type AuditPage,
  type ChatId,
  type ContactRow,
  type Lead,
  MANAGER_RIGHTS,
  type Me,
  type Rights,
  type TeamGroup,
  type TeamMember,
  type TeamRole,
  type User,
} from '@parley/protocol/model'
import { type AppClient, aNewMessage, startTestWorld, type TestAccount, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

const own = { view: 'own', edit: 'own', delete: 'none', export: 'none' } as const
const OWN_ONLY: Rights = { ...MANAGER_RIGHTS, incoming: false, leads: own }
const GROUP_ONLY: Rights = { ...OWN_ONLY, leads: { ...own, view: 'group' } }

const makeRole = (admin: AppClient, name: string, rights: Rights) => admin.post<TeamRole>('/roles', { name, rights })
const auditOf = async (admin: AppClient, actions: string) =>
  (await admin.get<AuditPage>(`/audit?actions=${actions}`)).items

/** A chat whose lead the admin has taken, and a manager who sees everything so far. */
async function aTakenChat() {
  const channel = await world.aChannel()
  const chatId = (await channel.send(aNewMessage())).conversation_id as ChatId
  const { account } = channel
  const admin = await account.asAdmin()
  const { lead } = await admin.getChat(chatId)
  await admin.acceptLead(lead!.id)
  return { account, channel, chatId, leadId: lead!.id, admin, manager: await account.asManager() }
}

describe('a role', () => {
  test('is made, changed, given and deleted, and all of it is written down', async () => {
    const account = await world.anAccount()
    const admin = await account.asAdmin()
    const role = await makeRole(admin, 'Seller', OWN_ONLY)
    await admin.patch(`/users/${account.manager.id}`, { roleId: role.id })
    await admin.patch(`/roles/${role.id}`, { name: 'Junior seller' })
    const { items } = await admin.get<{ items: TeamRole[] }>('/roles')
    expect(items).toEqual([{ id: role.id, name: 'Junior seller', rights: OWN_ONLY, userIds: [account.manager.id] }])
    await admin.delete(`/roles/${role.id}`)
    expect((await admin.get<{ items: TeamRole[] }>('/roles')).items).toEqual([])
    expect((await (await account.asManager()).get<Me>('/me')).rights).toEqual(MANAGER_RIGHTS)
    const log = await auditOf(admin, 'role.made,role.changed,role.deleted,user.changed')
    expect(log.map(({ action }) => action)).toEqual(['role.deleted', 'role.changed', 'user.changed', 'role.made'])
    expect(log[2]).toMatchObject({
      actor: { id: account.admin.id, name: 'Ana Silva' },
      address: '127.0.0.1',
      target: { kind: 'user', id: String(account.manager.id), name: 'Max Berg' },
      details: { roleId: { before: null, after: role.id } },
    })
  })

  test('deleted, its people can get another one', async () => {
    const account = await world.anAccount()
    const admin = await account.asAdmin()
    const [old, next] = [await makeRole(admin, 'Old', OWN_ONLY), await makeRole(admin, 'Next', GROUP_ONLY)]
    await admin.patch(`/users/${account.manager.id}`, { roleId: old.id })
    expect((await admin.request('DELETE', `/roles/${old.id}?moveTo=${old.id}`)).status).toBe(400)
    await admin.delete(`/roles/${old.id}?moveTo=${next.id}`)
    expect((await (await account.asManager()).get<Me>('/me')).user.roleId).toBe(next.id)
  })

  test('never lets somebody do more than he sees', async () => {
    const admin = await (await world.anAccount()).asAdmin()
    const wide = { view: 'own', edit: 'all', delete: 'group', export: 'none' } as const
    const { rights } = await makeRole(admin, 'Odd', { ...MANAGER_RIGHTS, leads: wide })
    expect(rights.leads).toEqual({ view: 'own', edit: 'own', delete: 'own', export: 'none' })
  })

  test.each([
    ['a name that is taken', { name: 'SELLER', rights: OWN_ONLY }, 409, 'name'],
    ['no name', { name: ' ', rights: OWN_ONLY }, 400, 'name'],
    ['an unknown reach', { name: 'X', rights: { ...OWN_ONLY, figures: 'most' } }, 400, 'rights.figures'],
    ['an area left out', { name: 'X', rights: { ...OWN_ONLY, tasks: undefined } }, 400, 'rights.tasks'],
  ])('%s is refused with the field named', async (_, body, status, field) => {
    const admin = await (await world.anAccount()).asAdmin()
    await makeRole(admin, 'Seller', OWN_ONLY)
    await expect(admin.post('/roles', body)).rejects.toMatchObject({ status, details: { field } })
  })

  test('of another account cannot be given', async () => {
    const [account, other] = [await world.anAccount(), await world.anAccount()]
    const role = await makeRole(await other.asAdmin(), 'Seller', OWN_ONLY)
    const answer = (await account.asAdmin()).patch(`/users/${account.manager.id}`, { roleId: role.id })
    await expect(answer).rejects.toMatchObject({ status: 400, details: { field: 'roleId' } })
  })

  test('takes effect at once: the stream ends, and behind it another one tells less', async () => {
    const { account, channel, admin, manager, chatId } = await aTakenChat()
    const role = await makeRole(admin, 'Seller', MANAGER_RIGHTS)
    await admin.patch(`/users/${account.manager.id}`, { roleId: role.id })
    const stream = await manager.openStream({ after: (await manager.listChats()).seq })
    await admin.patch(`/roles/${role.id}`, { rights: OWN_ONLY })
    await stream.waitForEvent('access.changed')
    await expect.poll(() => stream.isOpen).toBe(false)
    expect((await manager.request('GET', `/chats/${chatId}`)).status).toBe(404)
    const next = await manager.openStream({ after: stream.lastSeq })
    await channel.send(aNewMessage({ text: 'A secret' }))
    await next.waitForEvent((event) => event.hiddenChatId !== undefined)
    expect(JSON.stringify(next.frames)).not.toContain('A secret')
    expect(next.isOpen).toBe(true)
    next.close()
  })

  test('changed while nobody listens: a stream that comes back does not end for it, and tells less', async () => {
    const { account, channel, admin, manager } = await aTakenChat()
    const { seq } = await manager.listChats()
    const role = await makeRole(admin, 'Seller', OWN_ONLY)
    await admin.patch(`/users/${account.manager.id}`, { roleId: role.id })
    const stream = await manager.openStream({ after: seq })
    await channel.send(aNewMessage({ text: 'A secret' }))
    await stream.waitForEvent('hidden')
    expect(stream.events.some(({ type }) => type === 'access.changed')).toBe(true)
    expect(JSON.stringify(stream.frames)).not.toContain('A secret')
    stream.close()
  })
})

describe('a group', () => {
  test('shares its things with who comes, and no longer with who leaves', async () => {
    const { account, admin, manager, chatId } = await aTakenChat()
    const role = await makeRole(admin, 'Group seller', GROUP_ONLY)
    await admin.patch(`/users/${account.manager.id}`, { roleId: role.id })
    const openChat = async () => (await manager.request('GET', `/chats/${chatId}`)).status
    expect(await openChat()).toBe(404)
    const group = await admin.post<TeamGroup>('/groups', { name: 'North', userIds: [account.admin.id] })
    expect(await openChat()).toBe(404)
    const stream = await manager.openStream()
    await admin.patch(`/groups/${group.id}`, { userIds: [account.admin.id, account.manager.id] })
    await stream.waitForEvent('access.changed')
    expect(await openChat()).toBe(200)
    await admin.patch(`/users/${account.admin.id}`, { groupId: null })
    expect(await openChat()).toBe(404)
    await admin.delete(`/groups/${group.id}`)
    expect((await manager.get<Me>('/me')).user.groupId).toBeNull()
    const log = await auditOf(admin, 'group.made,group.changed,group.deleted')
    expect(log.map(({ action }) => action)).toEqual(['group.deleted', 'group.changed', 'group.made'])
  })

  test('whoever leaves it tells those who stay', async () => {
    const account = await world.anAccount()
    const admin = await account.asAdmin()
    const userIds = [account.admin.id, account.manager.id]
    const group = await admin.post<TeamGroup>('/groups', { name: 'North', userIds })
    const stream = await admin.openStream()
    await admin.patch(`/groups/${group.id}`, { userIds: [account.admin.id] })
    await stream.waitForEvent('access.changed')
    expect((await admin.get<{ items: TeamGroup[] }>('/groups')).items).toEqual([
      { id: group.id, name: 'North', userIds: [account.admin.id] },
    ])
  })

  test("of another account, or with another account's people, is nobody's", async () => {
    const [account, other] = [await world.anAccount(), await world.anAccount()]
    const [admin, otherAdmin] = [await account.asAdmin(), await other.asAdmin()]
    const group = await otherAdmin.post<TeamGroup>('/groups', { name: 'North' })
    expect((await admin.request('PATCH', `/groups/${group.id}`, { name: 'South' })).status).toBe(404)
    expect((await admin.request('DELETE', `/groups/${group.id}`)).status).toBe(404)
    await expect(admin.post('/groups', { name: 'Mixed', userIds: [other.admin.id] })).rejects.toMatchObject({
      details: { field: 'userIds' },
    })
    expect((await admin.get<{ items: TeamGroup[] }>('/groups')).items).toEqual([])
  })
})

describe('a user', () => {
  const ofTeam = async (admin: AppClient, id: number) =>
    (await admin.get<{ items: TeamMember[] }>('/team')).items.find((one) => one.id === id)

  test('is made by an admin, with a role and a group, and logs in', async () => {
    const account = await world.anAccount()
    const admin = await account.asAdmin()
    const role = await makeRole(admin, 'Seller', OWN_ONLY)
    const group = await admin.post<TeamGroup>('/groups', { name: 'North' })
    const body = { name: 'Lea Roth', email: 'Lea@Example.net', password: 'a good long one', roleId: role.id }
    const user = await admin.post<User>('/users', { ...body, groupId: group.id })
    expect(user).toMatchObject({ name: 'Lea Roth', email: 'lea@example.net', role: 'manager', roleId: role.id })
    expect(await ofTeam(admin, user.id)).toMatchObject({ groupId: group.id, lastSeenAt: null, hasSecondFactor: false })
    await expect(admin.post('/users', body)).rejects.toMatchObject({ status: 409, details: { field: 'email' } })
  })

  test('can become an admin, and an admin a manager, but the last one stays', async () => {
    const account = await world.anAccount()
    const admin = await account.asAdmin()
    const demote = (id: number) => admin.request('PATCH', `/users/${id}`, { role: 'manager' })
    expect((await demote(account.admin.id)).status).toBe(409)
    await admin.patch(`/users/${account.manager.id}`, { role: 'admin' })
    // Each of the two at once: one of them stays.
    const answers = await Promise.all([demote(account.admin.id), demote(account.manager.id)])
    expect(answers.map(({ status }) => status).sort()).not.toEqual([200, 200])
    const { items } = await (await account.asManager()).get<{ items: User[] }>('/users')
    expect(items.filter(({ role }) => role === 'admin')).toHaveLength(1)
  })

  test.each([
    ['an e-mail of somebody else', (account: TestAccount) => ({ email: account.admin.email }), 409, 'email'],
    ['no e-mail', () => ({ email: 'max' }), 400, 'email'],
    ['an empty name', () => ({ name: '' }), 400, 'name'],
    ['a group that is not there', () => ({ groupId: 4_000_000 }), 400, 'groupId'],
  ])('%s is refused with the field named', async (_, patch, status, field) => {
    const account = await world.anAccount()
    const answer = (await account.asAdmin()).patch(`/users/${account.manager.id}`, patch(account))
    await expect(answer).rejects.toMatchObject({ status, details: { field } })
  })

  test('switched off is out at once, and the leads are another’s', async () => {
    const { account, admin, leadId, channel } = await aTakenChat()
    const user = await account.aUser({ name: 'Lea Roth' })
    const client = await user.logIn()
    const stream = await client.openStream()
    await admin.patch(`/leads/${leadId}`, { responsibleUserId: user.id })
    const contact = await admin.post<ContactRow>('/contacts', { name: 'Per Holm', responsibleUserId: user.id })
    const watching = await admin.openStream()
    await admin.post(`/users/${user.id}/disable`, { handOverTo: account.manager.id })
    await expect.poll(() => stream.isOpen).toBe(false)
    expect((await client.request('GET', '/me')).status).toBe(401)
    await expect(user.logIn()).rejects.toMatchObject({ code: 'wrong_credentials' })
    // Of several events about a chat only the last carries it.
    await watching.waitForEvent(
      ({ lead, chat }) => lead?.responsible?.id === account.manager.id && chat?.responsible?.id === account.manager.id,
    )
    await watching.waitForEvent(
      (event) => event.contact?.id === contact.id && event.contact.responsible?.id === account.manager.id,
    )
    expect((await admin.get<{ items: User[] }>('/users')).items.some(({ id }) => id === user.id)).toBe(false)
    expect(await ofTeam(admin, user.id)).toMatchObject({ disabledAt: expect.any(Number) })
    expect(channel.account.id).toBe(account.id)

    await admin.post(`/users/${user.id}/enable`)
    expect((await client.request('GET', '/me')).status).toBe(401)
    expect((await (await user.logIn()).get<Me>('/me')).user.id).toBe(user.id)
    expect((await admin.get<Lead>(`/leads/${leadId}`)).responsible?.id).toBe(account.manager.id)
    const log = await auditOf(admin, 'user.disabled,user.enabled')
    expect(log.map(({ action }) => action)).toEqual(['user.enabled', 'user.disabled'])
  })

  test('is not switched off by himself, nor in favour of nobody who works here', async () => {
    const account = await world.anAccount()
    const admin = await account.asAdmin()
    expect((await admin.request('POST', `/users/${account.admin.id}/disable`)).status).toBe(409)
    const heir = { handOverTo: account.manager.id }
    expect((await admin.request('POST', `/users/${account.manager.id}/disable`, heir)).status).toBe(400)
    expect(await ofTeam(admin, account.manager.id)).toMatchObject({ disabledAt: null })
    expect((await admin.request('POST', '/users/4000000/disable')).status).toBe(404)
  })
})

test('everything about the team is the admins’ to change', async () => {
  const account = await world.anAccount()
  const manager = await account.asManager()
  const tries: [method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object][] = [
    ['GET', '/team'],
    ['POST', '/users', { name: 'X', email: 'x@example.net', password: 'a good long one' }],
    ['PATCH', `/users/${account.manager.id}`, { role: 'admin' }],
    ['POST', `/users/${account.admin.id}/disable`, {}],
    ['POST', '/roles', { name: 'X', rights: MANAGER_RIGHTS }],
    ['POST', '/groups', { name: 'X' }],
  ]
  for (const [method, path, body] of tries) expect((await manager.request(method, path, body)).status).toBe(403)
  expect((await manager.get<Me>('/me')).user.role).toBe('manager')
})
