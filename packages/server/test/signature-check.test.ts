import type {
  AccountId,
  ChannelId,
  ChannelRequestPage,
  ChannelWithSecret,
  SignatureCheck,
  SignatureMistakeKind,
} from '@parley/protocol/model'
import {
  type Alteration,
  type AppClient,
  addQuery,
  ageOneHour,
  alterBody,
  aNewMessage,
  base64Digest,
  dropDate,
  dropDigest,
  dropSignature,
  futureDate,
  setHeader,
  signHeaders,
  startTestWorld,
  type TestAccount,
  type TestWorld,
  waitUntil,
  wrongDigest,
  wrongSecret,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

interface Ground {
  account: TestAccount
  admin: AppClient
  channelId: ChannelId
  scopeId: string
  secret: string
}

async function anOwnChannel(account?: TestAccount): Promise<Ground> {
  const owner = account ?? (await world.anAccount())
  const admin = await owner.asAdmin()
  const form = { name: `Harbor ${crypto.randomUUID().slice(0, 8)}`, webhookUrl: 'https://hooks.example.net/:scope_id' }
  const { channel, secret } = await admin.post<ChannelWithSecret>('/channels', form)
  return { account: owner, admin, channelId: channel.id, scopeId: channel.scopeId, secret }
}

const BODY = Buffer.from(JSON.stringify(aNewMessage({ text: 'Hello' })))

/** A message by the channel as curl would send it, spoilt in one way. */
function aCurl(
  { scopeId, secret }: Pick<Ground, 'scopeId' | 'secret'>,
  alter: Alteration = (request) => request,
): string {
  const unsigned = { method: 'POST', path: `/v2/origin/custom/${scopeId}`, body: BODY }
  const { method, path, headers, body } = alter(signHeaders(unsigned, secret, world.clock.now()), secret)
  const given = Object.entries(headers).map(([name, value]) => `  -H '${name}: ${value}' \\\n`)
  return `curl -X ${method} 'https://amojo.example.test${path}' \\\n${given.join('')}  --data-raw '${body}'`
}

const check = ({ admin, channelId }: Ground, pasted: string) =>
  admin.post<SignatureCheck>(`/channels/${channelId}/signature-check`, { pasted })

const kinds = ({ mistakes }: SignatureCheck) => mistakes.map(({ kind }) => kind)

describe('a pasted request', () => {
  test('that is signed rightly is right', async () => {
    const own = await anOwnChannel()
    const told = await check(own, aCurl(own))
    expect(told).toMatchObject({ isRight: true, scheme: 'header', secret: 'present', mistakes: [], refusal: null })
    expect(told.request).toMatchObject({ form: 'curl', method: 'POST', bodyBytes: BODY.length })
    expect(await check(own, aCurl(own, addQuery))).toMatchObject({ isRight: true, request: { query: '?from=test' } })
  })

  test.each<[string, Alteration, SignatureMistakeKind]>([
    ['without a signature', dropSignature, 'signature_missing'],
    ['without a date', dropDate, 'date_missing'],
    ['without a digest', dropDigest, 'digest_missing'],
    ['an hour old', ageOneHour, 'date_too_old'],
    ['an hour ahead', futureDate, 'date_too_new'],
    ['with the digest of nothing', wrongDigest, 'digest_empty_body'],
    ['with a digest in base64', base64Digest, 'digest_base64'],
    ['with a byte more', alterBody, 'body_newline'],
    ['by nobody knows which secret', wrongSecret, 'secret_unknown'],
    [
      'with a type that was not signed',
      setHeader('content-type', 'application/json; charset=utf-8'),
      'content_type_other',
    ],
  ])('%s is refused as the chats API refuses it, and the mistake named', async (_, alter, kind) => {
    const own = await anOwnChannel()
    const told = await check(own, aCurl(own, alter))
    expect(told.isRight).toBe(false)
    expect(told.refusal).toContain('The string to sign is:')
    expect(kinds(told)[0]).toBe(kind)
    expect(JSON.stringify(told)).not.toContain(own.secret)
  })

  test('in parts is the same', async () => {
    const own = await anOwnChannel()
    const { path, headers, body } = signHeaders(
      { method: 'POST', path: `/v2/origin/custom/${own.scopeId}`, body: BODY },
      own.secret,
      world.clock.now(),
    )
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    const parts = { method: 'PUT', url: path, headers: lines.join('\n'), body: body.toString() }
    const told = await own.admin.post<SignatureCheck>(`/channels/${own.channelId}/signature-check`, { parts })
    expect(kinds(told)).toEqual(['method_other'])
    const right = { ...parts, method: 'POST' }
    expect(await own.admin.post(`/channels/${own.channelId}/signature-check`, { parts: right })).toMatchObject({
      isRight: true,
    })
  })

  test('that was refused and logged is checked as of when it came', async () => {
    const channel = await world.aChannel({ isOwned: true })
    const admin = await channel.account.asAdmin()
    expect((await channel.post(aNewMessage({ text: 'Ahoy' }), { alter: base64Digest })).status).toBe(403)
    const path = `/channels/${channel.id}`
    const { id } = await waitUntil('the request is written down', async () => {
      const { items } = await admin.get<ChannelRequestPage>(`${path}/requests?only=errors`)
      return items[0]
    })
    await world.clock.jump(60 * 60_000)
    const told = await admin.post<SignatureCheck>(`${path}/signature-check`, { requestId: id })
    expect(told.request).toMatchObject({ form: 'logged', body: expect.stringContaining('Ahoy') })
    expect(kinds(told)).toEqual(['digest_base64'])
    const other = await world.aChannel({ isOwned: true })
    const stranger = await other.account.asAdmin()
    const foreign = stranger.post(`/channels/${other.id}/signature-check`, { requestId: id })
    await expect(foreign).rejects.toMatchObject({ status: 404 })
  })

  test.each<[unknown, string?]>([
    [{}],
    [{ pasted: '' }, 'pasted'],
    [{ pasted: 'x'.repeat(65_537) }, 'pasted'],
    [{ pasted: 'good morning' }, 'pasted'],
    [{ pasted: 'x', parts: { method: 'GET', url: '/', headers: '', body: '' } }],
    [{ parts: { method: 'GET', url: '/', headers: 'no header', body: '' } }, 'headers'],
    [{ parts: { method: 'G E T', url: '/', headers: '', body: '' } }, 'parts.method'],
  ])('%j is no request, and that is said', async (body, field) => {
    const { admin, channelId } = await anOwnChannel()
    const answer = admin.post(`/channels/${channelId}/signature-check`, body)
    await expect(answer).rejects.toMatchObject({ status: 400, ...(field && { details: { field } }) })
  })
})

describe('another secret is named', () => {
  test('one that was rotated away: good for a day, then expired, then forgotten', async () => {
    const own = await anOwnChannel()
    await own.admin.post(`/channels/${own.channelId}/secret`, {})
    expect(await check(own, aCurl(own))).toMatchObject({ isRight: true, secret: 'previous' })
    await world.clock.jump(24 * 60 * 60_000 + 2000)
    expect(kinds(await check(own, aCurl(own)))).toEqual(['secret_previous'])
    await own.admin.request('DELETE', `/channels/${own.channelId}/secret/previous`)
    expect(kinds(await check(own, aCurl(own)))).toEqual(['secret_unknown'])
  })

  test("another own channel's, by its name, and never a stranger's", async () => {
    const own = await anOwnChannel()
    const sister = await anOwnChannel(own.account)
    const told = await check(own, aCurl({ ...own, secret: sister.secret }))
    expect(told.mistakes).toMatchObject([{ kind: 'secret_of_other_channel', value: expect.stringMatching(/^Harbor /) }])
    const stranger = await anOwnChannel()
    expect(kinds(await check(own, aCurl({ ...own, secret: stranger.secret })))).toEqual(['secret_unknown'])
  })
})

describe('nobody signs by it', () => {
  test('what would be taken now is not shown, and what is shown is not taken', async () => {
    const own = await anOwnChannel()
    await own.admin.post(`/channels/${own.channelId}/connect`, {})
    const fresh = await check(own, aCurl(own, wrongSecret))
    expect(fresh.signature.expected).toBeNull()
    const request = signHeaders(
      { method: 'POST', path: `/v2/origin/custom/${own.scopeId}`, body: BODY },
      own.secret,
      world.clock.now(),
    )
    const send = async (signature: string) => {
      const { 'content-md5': digest, date } = request.headers
      const headers = {
        'content-type': 'application/json',
        'content-md5': digest!,
        date: date!,
        'x-signature': signature,
      }
      return (await fetch(new URL(request.path, world.url), { method: 'POST', headers, body: BODY })).status
    }
    const pasted = aCurl(own, wrongSecret)
    await world.clock.jump(15 * 60_000 + 1000)
    const stale = await check(own, pasted)
    expect(stale.signature.expected).toMatch(/^[0-9a-f]{40}$/)
    expect(await send(stale.signature.expected!)).toBe(403)
  })

  test('a channel of another account is none to ask about, nor of an account that only uses it', async () => {
    const own = await anOwnChannel()
    const { admin } = await anOwnChannel()
    await expect(check({ ...own, admin }, aCurl(own))).rejects.toMatchObject({ status: 404 })
    const used = await world.aChannel()
    const user = await used.account.asAdmin()
    await expect(check({ ...own, admin: user, channelId: used.id as ChannelId }, aCurl(own))).rejects.toMatchObject({
      status: 404,
    })
    const manager = await own.account.asManager()
    await expect(check({ ...own, admin: manager }, aCurl(own))).rejects.toMatchObject({ status: 403 })
  })

  test('who asks too often waits; another account does not', async () => {
    const own = await anOwnChannel()
    const pasted = aCurl(own)
    const answers = await Promise.allSettled(Array.from({ length: 60 }, () => check(own, pasted)))
    const [refused] = answers.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[]
    expect(refused?.reason).toMatchObject({ status: 429, details: { retryAfterSeconds: expect.any(Number) } })
    const other = await anOwnChannel()
    expect((await check(other, aCurl(other))).isRight).toBe(true)
    await world.clock.advance(60_000)
    expect((await check(own, pasted)).isRight).toBe(true)
  })

  test('it leaves nothing behind', async () => {
    const own = await anOwnChannel()
    const count = () =>
      world.deps.db
        .selectFrom('audit')
        .select(({ fn }) => fn.countAll().as('rows'))
        .where('account_id', '=', own.account.id as AccountId)
        .executeTakeFirst()
    const before = await count()
    await check(own, aCurl(own, wrongSecret))
    expect(await count()).toEqual(before)
  })
})
