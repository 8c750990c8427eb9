import { promises as dns } from 'node:dns'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ChatId } from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import { aNewMessage, aSender, startTestWorld, TestIntegration, type TestWorld, waitUntil } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

const REFUSED = 'its address is not on the public Internet'

let world: TestWorld
/** Stands for what is inside; by whichever of its names it is called, that is one call too many. */
let inside: Server
let calls: string[]
let port: number

beforeAll(async () => {
  world = await startTestWorld({ env: { PARLEY_ALLOW_PRIVATE_NETWORK: 'off' } })
  calls = []
  inside = createServer((request, response) => {
    calls.push(request.url ?? '')
    response.end('{}')
  })
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve))
  port = (inside.address() as AddressInfo).port
  const lookUp = dns.lookup
  const answers: Record<string, { address: string; family: number }> = {
    'four.harbor.example': { address: '127.0.0.1', family: 4 },
    'mapped.harbor.example': { address: '::ffff:127.0.0.1', family: 6 },
  }
  vi.spyOn(dns, 'lookup').mockImplementation((async (name: string, options: object) =>
    answers[name] ? [answers[name]] : lookUp(name, options)) as never)
})
afterAll(async () => {
  vi.restoreAllMocks()
  await world.stop()
  inside.closeAllConnections()
  await new Promise((resolve) => inside.close(resolve))
})

/** Ways to say 127.0.0.1 that show what they are … */
const LITERAL = ['127.0.0.1', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '2130706433', '0x7f.1', '0177.0.0.1', '127.1']
/** … and names that do not until they are looked up. */
const NAMES = ['four.harbor.example', 'mapped.harbor.example']
const at = (host: string, path: string) => `http://${host}:${port}/${path}`

describe.each([...LITERAL, ...NAMES])('%s', (host) => {
  test('gets no hook, of either version, nor that somebody types', async () => {
    for (const hookVersion of ['v1', 'v2'] as const) {
      const channel = await world.aChannel({
        webhookUrl: at(host, ':scope_id'),
        webhookUrlV1: at(host, 'v1/:scope_id'),
        hookVersion,
        events: ['messages', 'typing'],
      })
      const { conversation_id: chatId } = await channel.send(aNewMessage())
      const manager = await channel.account.asManager()
      await manager.post(`/chats/${chatId}/typing`, {})
      await manager.sendText(chatId as ChatId, 'Hello')
      await waitUntil('it was tried', async () => (await world.attemptsOf(channel)).length > 0)
      const [attempt] = await world.attemptsOf(channel)
      expect(attempt).toMatchObject({ status: null, error: expect.stringContaining(REFUSED) })
    }
    expect(calls).toEqual([])
  })

  test('is asked for no file, no small picture of one, and no face', async () => {
    const channel = await world.aChannel()
    const media = at(host, 'picture.png')
    const sender = aSender({ avatar: at(host, 'face.png') })
    const message = { type: 'video', media, thumbnail: at(host, 'small.png'), file_name: 'a.mp4', file_size: 9 }
    await channel.send(aNewMessage({ message, sender }))
    const failures = async () => {
      const { rows } = await sql<{ slot: string; failure: string | null }>`select slot, failure from media_fetch
        where account_id = ${channel.account.id} order by slot`.execute(world.deps.db)
      return rows
    }
    await waitUntil('all were tried', async () => {
      const rows = await failures()
      return rows.length > 0 && rows.every(({ failure }) => failure !== null)
    })
    const found = await failures()
    expect(found.map(({ slot }) => slot)).toEqual(['avatar', 'media', 'thumbnail'])
    for (const { failure } of found) expect(failure).toContain(REFUSED)
    expect(calls).toEqual([])
  })

  test('is told of no account that puts an integration out', async () => {
    const admin = await (await world.anAccount()).asAdmin()
    const uninstallUrl = at(host, 'gone')
    if (LITERAL.includes(host)) {
      const wish = { name: 'Mine', redirectUris: ['https://mine.example/'], uninstallUrl }
      const answer = await admin.request('POST', '/integrations', wish)
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('uninstallUrl')])
      return
    }
    const third = await TestIntegration.register(world, admin, { uninstallUrl })
    await third.install(admin)
    const told = vi.spyOn(world.deps.log, 'debug')
    await admin.post(`/integrations/${third.id}/uninstall`)
    await waitUntil('it was tried', () => told.mock.calls.some(([what]) => 'outcome' in (what as object)))
    expect(told.mock.calls.flat()).toContainEqual({
      integrationId: third.id,
      told: 'uninstalled',
      outcome: { kind: 'refused_address', reason: REFUSED },
    })
    told.mockRestore()
    expect(calls).toEqual([])
  })

  test('is no address that a channel can be registered with', async () => {
    const admin = await (await world.anAccount()).asAdmin()
    const { items } = await admin.post<{ items: { field: string }[] }>('/channels/check', {
      webhookUrl: at(host, ':scope_id'),
      webhookUrlV1: at(host, ':scope_id'),
    })
    // A name says only when it is looked up where it leads, and then nothing is sent.
    expect(items.map(({ field }) => field)).toEqual(LITERAL.includes(host) ? ['webhookUrl', 'webhookUrlV1'] : [])
  })
})
