import { openTestDatabase, TestClock } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAccount } from './create-account.ts'

const CHEAP = { memoryKiB: 64, passes: 1, lanes: 1 }

let database: Awaited<ReturnType<typeof openTestDatabase>>
let deps: Parameters<typeof createAccount>[0]

beforeAll(async () => {
  database = await openTestDatabase()
  deps = { db: database.db, clock: new TestClock(), passwordCost: CHEAP }
})
afterAll(() => database.close())

const aRequest = (overrides: Partial<Parameters<typeof createAccount>[1]> = {}) => ({
  name: 'Harbor Shop',
  subdomain: `shop-${Math.random().toString(36).slice(2, 10)}`,
  ownerEmail: 'Ana@Example.net',
  ownerPassword: 'correct horse',
  ...overrides,
})

describe('a new account', () => {
  test('has an owner, a counter and a main pipeline', async () => {
    const request = aRequest()
    const account = await createAccount(deps, request)
    expect(account).toMatchObject({ subdomain: request.subdomain, owner: { email: 'ana@example.net' } })
    expect(account.amojoId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/)

    const owner = await database.db
      .selectFrom('account_user')
      .selectAll()
      .where('account_id', '=', account.id)
      .executeTakeFirstOrThrow()
    expect(owner).toMatchObject({ id: account.owner.id, name: 'ana', role: 'admin' })
    expect(owner.password_hash).toMatch(/^\$argon2id\$/)

    const seq = await database.db.selectFrom('account_seq').selectAll().where('account_id', '=', account.id).execute()
    expect(seq).toEqual([{ account_id: account.id, last_seq: 0 }])

    const stages = await database.db
      .selectFrom('stage')
      .selectAll()
      .where('account_id', '=', account.id)
      .orderBy('position')
      .execute()
    expect(stages.map(({ name, kind, hue }) => [name, kind, hue])).toEqual([
      ['Incoming leads', 'incoming', 0],
      ['First contact', 'open', 1],
      ['Negotiation', 'open', 2],
      ['Decision', 'open', 3],
      ['Contract agreed', 'open', 4],
      ['Won', 'won', 6],
      ['Lost', 'lost', 5],
    ])
    expect(stages.slice(-2).map(({ id }) => id)).toEqual([142, 143])
  })

  test.each([
    ['ru', 'Продажи', 'Неразобранное'],
    ['es', 'Ventas', 'Leads entrantes'],
    ['pt', 'Vendas', 'Leads de entrada'],
  ] as const)('finds its first pipeline in its language: %s', async (language, pipelineName, firstStage) => {
    const { id } = await createAccount(deps, aRequest({ language }))
    const { db } = database
    const names = await db
      .selectFrom('pipeline as p')
      .innerJoin('stage as s', (join) =>
        join.onRef('s.pipeline_id', '=', 'p.id').onRef('s.account_id', '=', 'p.account_id'),
      )
      .select(['p.name as pipeline', 's.name as stage'])
      .where('p.account_id', '=', id)
      .orderBy('s.position')
      .execute()
    expect(names[0]).toEqual({ pipeline: pipelineName, stage: firstStage })
    expect(new Set(names.map(({ stage }) => stage)).size).toBe(7)
  })

  test('two accounts have the same won and lost, and no other stage in common', async () => {
    const [a, b] = await Promise.all([createAccount(deps, aRequest()), createAccount(deps, aRequest())])
    const idsOf = async (accountId: typeof a.id) =>
      (await database.db.selectFrom('stage').select('id').where('account_id', '=', accountId).execute()).map(
        ({ id }) => id,
      )
    const [ofA, ofB] = [await idsOf(a.id), await idsOf(b.id)]
    expect(ofA.filter((id) => ofB.includes(id)).sort()).toEqual([142, 143])
  })

  test('a subdomain that is taken is refused, and nothing is left behind', async () => {
    const request = aRequest()
    await createAccount(deps, request)
    const before = await database.db.selectFrom('account_user').select('id').execute()
    await expect(createAccount(deps, request)).rejects.toMatchObject({
      code: 'conflict',
      details: { field: 'subdomain' },
    })
    expect(await database.db.selectFrom('account_user').select('id').execute()).toHaveLength(before.length)
  })

  test.each([
    ['subdomain', { subdomain: 'ab' }],
    ['subdomain', { subdomain: 'a'.repeat(64) }],
    ['subdomain', { subdomain: 'Shop' }],
    ['subdomain', { subdomain: '-shop' }],
    ['subdomain', { subdomain: 'shop.example' }],
    ['ownerEmail', { ownerEmail: 'ana' }],
    ['ownerPassword', { ownerPassword: 'short' }],
    ['name', { name: '  ' }],
  ])('refuses a bad %s: %j', async (field, overrides) => {
    await expect(createAccount(deps, aRequest(overrides))).rejects.toMatchObject({
      code: 'invalid_request',
      details: { field },
    })
  })
})
