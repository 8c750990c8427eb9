import { randomBytes } from 'node:crypto'
import type { AccountId, ChannelId } from '@parley/protocol/model'
import { openTestDatabase, TestClock } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSecretBox } from '../../lib/secret-box.ts'
import { createAccount } from '../accounts/create-account.ts'
import { findChannel } from './channel-registry.ts'
import { approveAccounts, createChannel } from './create-channel.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let deps: Parameters<typeof findChannel>[0]

beforeAll(async () => {
  database = await openTestDatabase()
  deps = { db: database.db, clock: new TestClock(), secretBox: createSecretBox(randomBytes(32)) }
})
afterAll(() => database.close())

const aRequest = (overrides: Partial<Parameters<typeof createChannel>[1]> = {}) => ({
  name: 'Harbor Chat',
  code: `amo.ext.harbor-${randomBytes(4).toString('hex')}`,
  webhookUrl: 'https://hooks.example.net/amo/:scope_id',
  ...overrides,
})

async function anAccount(): Promise<AccountId> {
  const subdomain = `shop-${randomBytes(4).toString('hex')}`
  const passwordCost = { memoryKiB: 64, passes: 1, lanes: 1 }
  const owner = { ownerEmail: 'ana@example.net', ownerPassword: 'correct horse' }
  return (await createAccount({ ...deps, passwordCost }, { name: 'Harbor', subdomain, ...owner })).id
}

const approvedFor = async (id: ChannelId) => {
  const rows = await deps.db.selectFrom('channel_account').select('account_id').where('channel_id', '=', id).execute()
  return rows.map(({ account_id: accountId }) => accountId).sort()
}

describe('a new channel', () => {
  test('has a secret, a bot and its accounts, and is found', async () => {
    const accountId = await anAccount()
    const request = aRequest({ accountIds: [accountId, accountId], legacySignature: 'all' })
    const made = await createChannel(deps, request)
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/),
      code: request.code,
      secret: expect.stringMatching(/^[0-9a-f]{40}$/),
      bot: { id: expect.stringMatching(/-4/), clientId: `bot-${made.id}`, name: 'Harbor Chat' },
      accountIds: [accountId],
    })
    expect(await approvedFor(made.id)).toEqual([accountId])
    const found = await findChannel(deps, made.id.toUpperCase())
    expect(found).toMatchObject({
      id: made.id,
      code: request.code,
      bot: made.bot,
      legacySignature: 'all',
      isPublic: false,
    })
    expect(found?.key.export().toString('utf8')).toBe(made.secret)
  })

  test('does not lie open in the database', async () => {
    const { id, secret } = await createChannel(deps, aRequest())
    const row = await deps.db.selectFrom('channel').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(row.secret_sealed.includes(secret)).toBe(false)
    expect(row).toMatchObject({
      webhook_events: ['messages'],
      hook_retry: 'on',
      legacy_signature: 'core',
      is_public: false,
    })
  })

  test('may be approved for more accounts later', async () => {
    const { id } = await createChannel(deps, aRequest())
    const accountId = await anAccount()
    await approveAccounts(deps.db, id, [accountId])
    await approveAccounts(deps.db, id, [accountId])
    expect(await approvedFor(id)).toEqual([accountId])
    const unknown = '00000000-0000-4000-8000-000000000000' as ChannelId
    await expect(approveAccounts(deps.db, unknown, [accountId])).rejects.toMatchObject({ code: 'not_found' })
  })

  test('needs a code of its own', async () => {
    const request = aRequest()
    await createChannel(deps, request)
    await expect(createChannel(deps, request)).rejects.toMatchObject({ code: 'conflict' })
  })

  test.each([
    [{ name: ' ' }, /^name: /],
    [{ name: 'n'.repeat(256) }, /^name: /],
    [{ code: '' }, /^code: /],
    [{ code: 'amo ext' }, /^code: /],
    [{ code: '.amo' }, /^code: /],
    [{ code: 'a'.repeat(101) }, /^code: /],
    [{ webhookUrl: 'harbor' }, /^webhookUrl: must be an absolute URL/],
    [{ webhookUrl: 'ftp://harbor.example' }, /^webhookUrl: must begin with http/],
    [{ webhookUrl: 'https://harbor.example/\n' }, /^webhookUrl: /],
    [{ webhookUrlV1: `https://harbor.example/${'a'.repeat(4096)}` }, /^webhookUrlV1: must not be longer/],
    [{ errorEmail: 'nobody' }, /^errorEmail: /],
    [{ events: ['calls' as 'messages'] }, /^events: /],
    [{ accountIds: [1 as AccountId] }, /^accountIds: there is no account 1\.$/],
    [{ accountIds: [(2 ** 40) as AccountId] }, /^accountIds: there is no account/],
    [{ accountIds: [1.5 as AccountId] }, /^accountIds: there is no account/],
  ])('%j is refused', async (fields, message) => {
    await expect(createChannel(deps, aRequest(fields))).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringMatching(message),
    })
  })
})
