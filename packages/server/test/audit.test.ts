import type { AuditPage } from '@parley/protocol/model'
import { startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

describe('the audit log', () => {
  test('tells of an account and its users, newest first', async () => {
    const account = await world.anAccount()
    const admin = await account.asAdmin()
    const { items } = await admin.get<AuditPage>('/audit?actions=account.made,user.made')
    expect(items).toMatchObject([
      { action: 'user.made', actor: null, target: { kind: 'user', name: 'Max Berg' }, details: { role: 'manager' } },
      { action: 'user.made', target: { kind: 'user', name: 'Ana Silva' }, details: { role: 'admin' } },
      { action: 'account.made', target: { kind: 'account', id: String(account.id), name: 'Harbor Shop' } },
    ])
  })

  test('comes in pages, each entry once', async () => {
    const account = await world.anAccount()
    for (const name of ['A', 'B', 'C']) await account.aUser({ name })
    const admin = await account.asAdmin()
    const names: string[] = []
    for (let query = '?limit=2&actions=user.made'; query !== ''; ) {
      const { items, next } = await admin.get<AuditPage>(`/audit${query}`)
      names.push(...items.map(({ target }) => target?.name ?? ''))
      query = next === null ? '' : `?limit=2&actions=user.made&after=${next}`
    }
    expect(names).toEqual(['C', 'B', 'A', 'Max Berg', 'Ana Silva'])
  })

  test('can be asked about one person, and about some days', async () => {
    const account = await world.anAccount()
    const admin = await account.asAdmin()
    const about = await admin.get<AuditPage>(`/audit?actions=user.made&user=${account.manager.id}`)
    expect(about.items).toMatchObject([{ target: { id: String(account.manager.id) } }])
    const now = world.clock.now().getTime()
    expect((await admin.get<AuditPage>(`/audit?until=${now - 60_000}`)).items).toEqual([])
    expect((await admin.get<AuditPage>(`/audit?from=${now - 60_000}`)).items).not.toEqual([])
  })

  test.each(['after=x', 'actions=nothing.done', 'from=yesterday', 'user=me'])('%s is refused', async (query) => {
    const admin = await (await world.anAccount()).asAdmin()
    expect((await admin.request('GET', `/audit?${query}`)).status).toBe(400)
  })

  test("is the admins', each of his account", async () => {
    const [account, other] = [await world.anAccount(), await world.anAccount()]
    expect((await (await account.asManager()).request('GET', '/audit')).status).toBe(403)
    const { items } = await (await other.asAdmin()).get<AuditPage>(`/audit?user=${account.manager.id}`)
    expect(items).toEqual([])
  })
})

test('everybody sees who works in the account', async () => {
  const account = await world.anAccount()
  await world.anAccount()
  const { items } = await (await account.asManager()).get<{ items: object[] }>('/users')
  expect(items).toMatchObject([
    { id: account.admin.id, name: 'Ana Silva', role: 'admin', avatarUrl: null },
    { id: account.manager.id, name: 'Max Berg', role: 'manager', roleId: null, groupId: null },
  ])
})
