import type { ChannelHour, ChannelRequest, ChannelRequestLine, ChannelRequestPage } from '@parley/protocol/model'
import { purgeRequests, sql } from '@parley/server/internals'
import {
  type AppClient,
  aNewMessage,
  setHeader,
  startTestWorld,
  type TestChannel,
  type TestWorld,
  waitUntil,
  wrongSecret,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const DAY_MS = 24 * 60 * 60_000

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world?.stop())

/** A channel that its account registered itself, not connected: nothing was asked yet. */
async function anOwnChannel() {
  const channel = await world.aChannel({ isOwned: true })
  const admin = await channel.account.asAdmin()
  // Its connection is the first that is written down.
  await listWhen(admin, channel, ({ length }) => length === 1)
  return { channel, admin }
}

const list = (client: AppClient, channel: TestChannel, query = '') =>
  client.get<ChannelRequestPage>(`/channels/${channel.id}/requests${query}`)
const show = (client: AppClient, channel: TestChannel, { id }: ChannelRequestLine) =>
  client.get<ChannelRequest>(`/channels/${channel.id}/requests/${id}`)

async function listWhen(client: AppClient, channel: TestChannel, fits: (items: ChannelRequestLine[]) => boolean) {
  return waitUntil('the requests are written down', async () => {
    const { items } = await list(client, channel, '?limit=100')
    return fits(items) && items
  })
}

describe('what a channel asks is written down', () => {
  test('with everything that was sent and answered', async () => {
    const { channel, admin } = await anOwnChannel()
    const body = JSON.stringify(aNewMessage({ text: 'Ahoy, Nora' }))
    const answer = await channel.post(body, { alter: setHeader('x-trace', 'Abc') })
    const [line] = await listWhen(admin, channel, ({ length }) => length === 2)
    expect(line).toMatchObject({
      method: 'POST',
      path: `/v2/origin/custom/${channel.scopeId}`,
      status: 200,
      requestId: answer.headers.get('x-request-id'),
      errorType: null,
      amojoId: channel.account.amojoId,
      leftOut: 0,
    })
    expect(line!.durationMs).toBeGreaterThan(0)
    const request = await show(admin, channel, line!)
    expect(request.body).toEqual({ text: body, encoding: 'utf8', size: Buffer.byteLength(body), isCut: false })
    expect(request.answer.text).toBe(await answer.text())
    const headers = new Map(request.headers.map(([name, value]) => [name.toLowerCase(), value]))
    expect(headers.get('x-trace')).toBe('Abc')
    expect(headers.get('x-signature')).toMatch(/^[0-9a-f]{40}$/)
    expect(new Map(request.answerHeaders).get('content-type')).toBe('application/json')
    expect(request.isMasked).toBe(false)
  })

  test('refused ones, too: a wrong signature, a connection or a path there is not, a body that is too large', async () => {
    const { channel, admin } = await anOwnChannel()
    await channel.post(aNewMessage(), { alter: wrongSecret })
    await channel.post(aNewMessage(), { path: `/v2/origin/custom/${channel.id}_${crypto.randomUUID()}` })
    await channel.post(aNewMessage(), { path: '/no/such/thing' })
    await channel.post(`"${'x'.repeat(1024 * 1024)}"`)
    await channel.post('{"event_type":"new_message"}')
    const items = await listWhen(admin, channel, ({ length }) => length === 6)
    expect(items.slice(0, 5).map(({ status, errorType }) => [status, errorType])).toEqual([
      [400, 'ORIGIN_INVALID_PAYLOAD'],
      [413, 'ORIGIN_BODY_TOO_LARGE'],
      [404, null],
      [404, 'ORIGIN_NOT_REGISTERED'],
      [403, 'ORIGIN_INVALID_SIGNATURE'],
    ])
    const { error } = await show(admin, channel, items[4]!)
    expect(error).toMatch(/^invalid signature: /)
    expect((await list(admin, channel, '?only=errors')).items).toHaveLength(5)
  })

  test('without what is secret', async () => {
    const { channel, admin } = await anOwnChannel()
    const body = JSON.stringify({ access_token: 'visible', note: `my ${channel.secret}` })
    await channel.post(body, {
      path: `?secret=${channel.secret}`,
      alter: [
        setHeader('authorization', 'Bearer hidden'),
        setHeader('cookie', 'sid=hidden'),
        setHeader('x-signature', channel.secret),
      ],
    })
    const [line] = await listWhen(admin, channel, ({ length }) => length === 2)
    const request = await show(admin, channel, line!)
    expect(request.isMasked).toBe(true)
    expect(request.body.text).toBe('{"access_token":"***","note":"my ***"}')
    expect(request.path).toMatch(/\?secret=\*\*\*$/)
    const { rows } = await sql<{ text: string }>`select r::text as text from channel_request r
      where channel_id = ${channel.id}`.execute(world.deps.db)
    for (const { text } of rows) expect(text).not.toMatch(new RegExp(`${channel.secret}|hidden|visible`))
  })

  test('of a long body the beginning, whole characters; bytes that are no text as such', async () => {
    const { channel, admin } = await anOwnChannel()
    // Characters of three bytes: the cut falls within one.
    const long = `{"text":"${'€'.repeat(20_000)}"}`
    await channel.post(long)
    const binary = Buffer.from([0xff, 0x00, 0xfe])
    await channel.post('x', { alter: (request) => ({ ...request, body: binary }) })
    const [second, first] = await listWhen(admin, channel, ({ length }) => length === 3)
    const cut = (await show(admin, channel, first!)).body
    expect(cut).toMatchObject({ encoding: 'utf8', size: Buffer.byteLength(long), isCut: true })
    expect(long.startsWith(cut.text)).toBe(true)
    expect(16 * 1024 - Buffer.byteLength(cut.text)).toBeLessThan(3)
    expect((await show(admin, channel, second!)).body).toEqual({
      text: binary.toString('base64'),
      encoding: 'base64',
      size: 3,
      isCut: false,
    })
  })

  test('and told to the admins who listen', async () => {
    const { channel, admin } = await anOwnChannel()
    const manager = await channel.account.asManager()
    const [hears, doesNot] = await Promise.all([admin.openStream(), manager.openStream()])
    const { conversation_id } = await channel.send(aNewMessage())
    expect(await hears.waitForTraffic()).toEqual({
      type: 'channel_traffic',
      channelId: channel.id,
      what: 'requests',
    })
    // What comes later has come: the whisper before it did not.
    await doesNot.waitForEvent(({ chat }) => chat?.id === conversation_id)
    await manager.request('POST', `/chats/${conversation_id}/typing`, {})
    expect(doesNot.traffic).toEqual([])
    hears.close()
    doesNot.close()
  })

  test('not of a channel that the operator registered: nobody could look at it', async () => {
    const channel = await world.aChannel()
    await channel.send(aNewMessage())
    const { channel: other, admin } = await anOwnChannel()
    await other.send(aNewMessage())
    await listWhen(admin, other, ({ length }) => length === 2)
    const { rows } = await sql`select from channel_request where channel_id = ${channel.id}`.execute(world.deps.db)
    expect(rows).toEqual([])
  })
})

describe('who looks for something', () => {
  test('finds it by path, body, answer, request id, method and status', async () => {
    const { channel, admin } = await anOwnChannel()
    const answer = await channel.post(aNewMessage({ text: '100 % of Nora_s' }))
    await channel.post({}, { path: '/typing' })
    await channel.get(`/chats/${crypto.randomUUID()}/history`)
    await listWhen(admin, channel, ({ length }) => length === 4)
    const found = async (query: Record<string, string>) =>
      (await list(admin, channel, `?${new URLSearchParams(query)}`)).items.map(({ path }) => path.split('/').at(-1))
    expect(await found({ q: '100 % of nora_s' })).toEqual([channel.scopeId])
    expect(await found({ q: '100 x of Noraxs' })).toEqual([])
    expect(await found({ q: answer.headers.get('x-request-id')! })).toEqual([channel.scopeId])
    expect(await found({ q: '/typ' })).toEqual(['typing'])
    expect(await found({ method: 'GET' })).toEqual(['history'])
    expect(await found({ status: '4' })).toEqual(['typing'])
    expect(await found({ status: '2' })).toEqual(['history', channel.scopeId, 'connect'])
    expect(await found({ from: String(world.now().getTime() + 1000) })).toEqual([])
    expect(await found({ until: String(world.now().getTime() + 1000) })).toHaveLength(4)
  })

  test('goes on from page to page, and past what does not fit', async () => {
    const { channel, admin } = await anOwnChannel()
    await fill(channel, 12_000)
    const first = await list(admin, channel, '?limit=10')
    expect(first.items).toHaveLength(10)
    const second = await list(admin, channel, `?limit=10&before=${first.next}`)
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(20)
    // The oldest of all: behind two pages that hold nothing.
    const pages: ChannelRequestPage[] = []
    for (let before = ''; ; before = `&before=${pages.at(-1)!.next}`) {
      pages.push(await list(admin, channel, `?q=request-1.${before}`))
      if (pages.at(-1)!.next === null) break
    }
    expect(pages.map(({ items, searchedTo }) => [items.length, searchedTo !== null])).toEqual([
      [0, true],
      [0, true],
      [1, false],
    ])
  })
})

/** Rows as they would be after a busy day. */
const fill = (channel: TestChannel, count: number, at = world.now()) =>
  sql`insert into channel_request (channel_id, id, at, request_id, method, path, status, duration_ms, headers, body_size,
      answer_headers, answer_size, is_masked, left_out, left_out_refused)
    select ${channel.id}::uuid, ('ffffffff-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, ${at}::timestamptz,
      'filled-' || n, 'POST', '/request-' || n || '.', 200, n, '[]', 0, '[]', 0, false, 0, 0
    from generate_series(1, ${count}) n`.execute(world.deps.db)

test('nobody else looks into it', async () => {
  const { channel, admin } = await anOwnChannel()
  const guest = await world.anAccount()
  const [line] = (await list(admin, channel)).items
  const [stranger, manager] = [await guest.asAdmin(), await channel.account.asManager()]
  const paths = ['/requests', `/requests/${line!.id}`, '/last-hour']
  for (const path of paths) {
    expect((await stranger.request('GET', `/channels/${channel.id}${path}`)).status).toBe(404)
    expect((await manager.request('GET', `/channels/${channel.id}${path}`)).status).toBe(403)
  }
  // Another channel of the same account has none of it, either.
  const other = await world.aChannel({ account: channel.account, isOwned: true })
  expect((await admin.request('GET', `/channels/${other.id}/requests/${line!.id}`)).status).toBe(404)
})

test('above a rate refused ones and every fiftieth are kept, and it is said how many are not', async () => {
  const { channel, admin } = await anOwnChannel()
  // The clock stands, so all of them are of one second: the connection was the first of twenty.
  await Promise.all(Array.from({ length: 139 }, () => channel.post(aNewMessage())))
  await channel.post(aNewMessage(), { alter: wrongSecret })
  const items = await listWhen(admin, channel, ([newest]) => newest?.status === 403)
  expect(items).toHaveLength(23)
  expect(items.slice(0, 3).map(({ status, leftOut }) => [status, leftOut])).toEqual([
    [403, 20],
    [200, 49],
    [200, 49],
  ])
  const hour = await admin.get<ChannelHour>(`/channels/${channel.id}/last-hour`)
  expect(hour).toMatchObject({ requests: 141, errors: 1 })
  expect(hour.p95Ms).toBeGreaterThan(0)
  // In the next second, all of them are again.
  await world.clock.advance(1000)
  await channel.post(aNewMessage())
  expect((await listWhen(admin, channel, ({ length }) => length === 24))[0]!.leftOut).toBe(0)
})

test('after seven days it is gone, and of a channel that is called without pause the oldest', async () => {
  const { channel, admin } = await anOwnChannel()
  const { channel: busy, admin: busyAdmin } = await anOwnChannel()
  await fill(channel, 3, new Date(world.now().getTime() - 7 * DAY_MS - 1000))
  await fill(busy, 20)
  await purgeRequests(world.deps, 5)
  expect((await list(admin, channel)).items.map(({ path }) => path.split('/').at(-1))).toEqual(['connect'])
  expect((await list(busyAdmin, busy)).items.map(({ path }) => path)).toEqual(
    [20, 19, 18, 17, 16].map((n) => `/request-${n}.`),
  )
})

test('by itself, now and then', async () => {
  const { channel, admin } = await anOwnChannel()
  await world.clock.jump(7 * DAY_MS + 1000)
  await waitUntil('it is gone', async () => (await list(admin, channel)).items.length === 0)
})
