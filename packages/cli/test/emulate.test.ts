import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aPng, HookReceiver } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Ephemeral, EphemeralServers, parley } from './ephemeral-server.ts'

let servers: EphemeralServers
let hook: HookReceiver
let server: Ephemeral
beforeAll(async () => {
  servers = EphemeralServers.build(inject('cache'))
  hook = await HookReceiver.start()
  server = await servers.start({ words: ['--webhook-url', `${hook.url}/:scope_id`] })
}, 60_000)
afterAll(async () => {
  server?.child.kill('SIGTERM')
  await server?.ended
  await hook?.stop()
  servers?.clear()
})

/** One command as a script runs it; what it printed, as JSON. */
// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is for the test to say
function emulate(...words: string[]): Promise<any> {
  const { url, admin_token } = server.line
  const env = { ...servers.env, PARLEY_URL: url, PARLEY_ADMIN_TOKEN: admin_token }
  return new Promise((resolve) =>
    execFile(process.execPath, [parley, 'emulate', ...words, '--json'], { env }, (_, stdout) =>
      resolve(JSON.parse(stdout)),
    ),
  )
}

async function asManager(path: string) {
  const headers = { authorization: `Bearer ${server.line.manager.token}` }
  // biome-ignore lint/suspicious/noExplicitAny: as above
  return (await (await fetch(`${server.line.url}/api/app/v1${path}`, { headers })).json()) as any
}

async function threadOf(client: string) {
  const { items } = await asManager('/chats')
  const chat = items.find((one: { client: { name: string } }) => one.client.name === client)
  return JSON.stringify(await asManager(`/chats/${chat.id}/messages`))
}

describe('parley emulate', { timeout: 60_000 }, () => {
  test('a client writes, edits, reacts; a user answers, and the channel gets it; the client reads it', async () => {
    const { sent } = await emulate('write', 'Is it in stock?', '--from', 'ida')
    await emulate('edit', sent[0].msgid, 'Is the blue one in stock?', '--from', 'ida')
    expect(await threadOf('ida')).toContain('Is the blue one in stock?')
    const { id } = await emulate('answer', 'It is.', '--to', 'ida')
    const received = await hook.next()
    expect(received.isSignedBy(server.line.channel.secret)).toBe(true)
    expect(received.path).toBe(`/hooks/${server.line.scope_id}`)
    expect(received.json().message.message).toMatchObject({ id, text: 'It is.' })
    await emulate('react', id, '👍', '--from', 'ida')
    await emulate('type', '--from', 'ida')
    await emulate('read', id)
    const thread = await threadOf('ida')
    expect(thread).toContain('👍')
    expect(thread).toContain('"status":"read"')
  })

  test('clients write messages of every kind, users answer with files and buttons', async () => {
    const link = 'https://cdn.example.net/box'
    const file = { media: link, file_name: 'box.bin', file_size: 3 }
    const kinds = [
      { type: 'text', text: 'Hello' },
      ...['picture', 'file', 'video', 'audio', 'voice', 'sticker'].map((type) => ({ type, ...file })),
      { type: 'location', location: { lon: 18.06, lat: 59.33 } },
      { type: 'contact', contact: { name: 'Max', phone: '+46700000055' } },
    ]
    const words = kinds.flatMap((message) => ['--message', JSON.stringify(message)])
    expect((await emulate('write', ...words, '--from', 'ola')).sent).toHaveLength(kinds.length)
    const { items } = JSON.parse(await threadOf('ola'))
    expect(items.map((one: { kind: string }) => one.kind).reverse()).toEqual(kinds.map(({ type }) => type))
    const picture = join(servers.cache, 'box.png')
    writeFileSync(picture, aPng(4, 4, '#336699'))
    await emulate('answer', 'This one', '--to', 'ola', '--file', picture)
    expect((await hook.next()).json().message.message).toMatchObject({
      type: 'picture',
      text: 'This one',
      file_name: 'box.png',
    })
    await emulate('answer', 'Shall I?', '--to', 'ola', '--with', '{"buttons":[[{"text":"Yes"}]]}')
    expect(JSON.stringify((await hook.next()).json())).toContain('Yes')
    expect(await emulate('answer', 'x', '--to', 'ola', '--file', '/nowhere')).toMatchObject({
      error: { code: 'not_found' },
    })
    for (const wrong of [[], ['--message', '{'], ['--message', '[]']])
      expect(await emulate('write', ...wrong)).toMatchObject({ error: { code: 'invalid_request' } })
  })

  test('what arrives twice is there once, what arrives out of order stands in order', async () => {
    const { sent } = await emulate('write', 'one', 'two', '--from', 'max', '--twice', '--reorder')
    expect(sent).toHaveLength(4)
    expect(sent[0].answer).toEqual(sent[1].answer)
    expect(sent[0].msgid).toBe(sent[1].msgid)
    // Pages are newest first: what was written last stands first, though it came before the other.
    const { items } = JSON.parse(await threadOf('max'))
    expect(items.map((one: { text: string }) => one.text)).toEqual(['two', 'one'])
    expect(items[0].sentAt).toBeGreaterThan(items[1].sentAt)
  })

  test('a wrong signature and a stale date are refused', async () => {
    for (const fault of ['--wrong-signature', '--stale-date'])
      expect(await emulate('write', 'x', fault)).toMatchObject({
        error: { code: 'refused', message: expect.stringContaining('403') },
      })
  })

  test('the endpoint refuses, drops and duplicates when told to, and keeps what it got', async () => {
    await emulate('write', 'Hi', '--from', 'kim')
    await emulate('fault', 'duplicate')
    await emulate('answer', 'Twice', '--to', 'kim')
    const [first, second] = [await hook.next(), await hook.next()]
    expect(second.body).toEqual(first.body)
    let passedOn = hook.requests.length
    expect(first.isSignedBy(server.line.channel.secret)).toBe(true)
    for (const kind of ['refuse', 'drop']) {
      const { length } = (await emulate('hooks')).items
      await emulate('fault', kind, '--status', '503')
      await emulate('answer', kind, '--to', 'kim')
      await expect.poll(async () => (await emulate('hooks')).items.length).toBe(length + 1)
      await emulate('clock', '+1h')
      await expect.poll(() => emulate('clock', '+1h').then(() => hook.requests.length)).toBe(++passedOn)
      const again = await hook.next()
      expect([again.attempt, again.json().message.message.text]).toEqual([2, kind])
    }
    expect(await emulate('fault', 'refuse', '--status', '200')).toMatchObject({ error: { code: 'invalid_request' } })
  })

  test('the endpoint takes its time when told to: the hook is passed on late, and once', async () => {
    const delayMs = 1500
    await emulate('write', 'Hi', '--from', 'lea')
    expect(await emulate('fault', 'delay', '--delay-ms', String(delayMs))).toEqual({
      fault: { kind: 'delay', times: 1, status: 500, delay_ms: delayMs },
    })
    const { length } = (await emulate('hooks')).items
    await emulate('answer', 'Slowly', '--to', 'lea')
    let received = await hook.next()
    while (received.json().message.message.text !== 'Slowly') received = await hook.next()
    const passedOnAt = Date.now()
    const { items } = await emulate('hooks')
    const ours = items.slice(length).filter((one: { body: unknown }) => JSON.stringify(one.body).includes('Slowly'))
    expect(ours).toHaveLength(1)
    expect(passedOnAt - Date.parse(ours[0].at)).toBeGreaterThanOrEqual(delayMs)
    expect(received.attempt).toBe(1)
  })

  test('time passes: the next try of a delivery is due at once', async () => {
    await emulate('write', 'Hello', '--from', 'eve')
    hook.answerWith(500)
    const taken = hook.requests.length
    await emulate('answer', 'Later', '--to', 'eve')
    expect((await hook.next()).attempt).toBe(1)
    const before = Date.now()
    await expect.poll(() => emulate('clock', '+1h').then(() => hook.requests.length)).toBeGreaterThan(taken + 1)
    expect((await hook.next()).attempt).toBe(2)
    const { now } = await emulate('clock')
    expect(Date.parse(now) - before).toBeGreaterThan(3_500_000)
    expect(await emulate('clock', 'soon')).toMatchObject({ error: { code: 'invalid_request' } })
  })
})
