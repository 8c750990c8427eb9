import { spawn } from 'node:child_process'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { aNewMessage, sendRaw, signHeaders, waitUntil } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EphemeralServers, isGone, type Line, parley } from './ephemeral-server.ts'

// The real command as its own process, as a test suite of somebody else starts it.
let servers: EphemeralServers
beforeAll(() => {
  servers = EphemeralServers.build()
}, 60_000)
afterAll(() => servers?.clear())

const leavesNothing = (line: Line) => waitUntil('nothing is left of it', () => isGone(line), 20_000)

function post(line: Line, payload: unknown): Promise<Response> {
  const path = `/v2/origin/custom/${line.scope_id}`
  const unsigned = { method: 'POST', path, body: Buffer.from(JSON.stringify(payload)) }
  return sendRaw(line.url, signHeaders(unsigned, line.channel.secret, new Date()))
}

const asManager = (line: Line, path: string) =>
  fetch(`${line.url}/api/app/v1${path}`, { headers: { authorization: `Bearer ${line.manager.token}` } })

function admin(line: Line, path: string, body?: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${line.admin_token}`, 'content-type': 'application/json' }
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
  return fetch(`${line.url}/api/admin/v1${path}`, init)
}

describe('parley serve --ephemeral --json', { timeout: 120_000 }, () => {
  test('prints one line with all a test needs, whatever the environment says, and nothing else', async () => {
    const { line, stdout, child, ended } = await servers.start()
    expect((await post(line, aNewMessage({ text: 'Is it in stock?' }))).status).toBe(200)
    const chats = (await (await asManager(line, '/chats')).json()) as { items: { lastMessage: { text: string } }[] }
    expect(chats.items.map((chat) => chat.lastMessage.text)).toEqual(['Is it in stock?'])
    const { email, password } = line.admin
    const session = { method: 'POST', body: JSON.stringify({ email, password }) }
    const headers = { 'content-type': 'application/json' }
    expect((await fetch(`${line.url}/api/app/v1/session`, { ...session, headers })).status).toBe(200)
    expect(line.scope_id).toBe(`${line.channel.id}_${line.account.amojo_id}`)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(stdout().trimEnd().split('\n')).toHaveLength(1)
    expect(existsSync(line.data_dir)).toBe(false)
    await leavesNothing(line)
  })

  test.each(['SIGINT', 'SIGHUP'] as const)('%s ends it with 0 and leaves nothing', async (signal) => {
    const { line, child, ended } = await servers.start()
    child.kill(signal)
    expect(await ended).toBe(0)
    await leavesNothing(line)
  })

  test('kill -9 leaves nothing either', async () => {
    const { line, child } = await servers.start()
    child.kill('SIGKILL')
    await leavesNothing(line)
  })

  test('ends when its standard input is closed, and when the channel of a fork is', async () => {
    const piped = await servers.start()
    piped.child.stdin!.end()
    expect(await piped.ended).toBe(0)
    await leavesNothing(piped.line)
    const forked = await servers.start({ ipc: true })
    forked.child.disconnect()
    expect(await forked.ended).toBe(0)
    await leavesNothing(forked.line)
  })

  test('ends when its parent is killed', async () => {
    const parent = spawn(
      process.execPath,
      [
        '-e',
        `require('child_process').spawn(process.execPath, ['${parley}', 'serve', '--ephemeral', '--json'], {stdio: ['pipe', 1, 2]})`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: servers.env },
    )
    let stdout = ''
    parent.stdout.setEncoding('utf8').on('data', (text) => (stdout += text))
    await waitUntil('it is ready', () => stdout.includes('\n'), 60_000)
    parent.kill('SIGKILL')
    await leavesNothing(JSON.parse(stdout))
  })

  test('goes on without a standard input, as `command &` of a shell has none', async () => {
    const { line, child, ended } = await servers.start({ stdin: 'ignore' })
    expect((await fetch(`${line.url}/readyz`)).status).toBe(200)
    child.kill('SIGTERM')
    await ended
  })

  test('two at once, with nothing in the cache: both start, each on its own, and one template is kept', async () => {
    rmSync(join(servers.cache, 'parley'), { recursive: true, force: true })
    const [one, two] = await Promise.all([servers.start(), servers.start()])
    expect(one.line.account.amojo_id).not.toBe(two.line.account.amojo_id)
    expect(one.line.channel.secret).not.toBe(two.line.channel.secret)
    const templates = readdirSync(join(servers.cache, 'parley'))
    expect(templates).toHaveLength(1)
    // One database, not PostgreSQL's own three besides: what each start copies, and each end deletes.
    expect(readdirSync(join(servers.cache, 'parley', templates[0]!, 'base'))).toHaveLength(1)
    for (const { child, ended } of [one, two]) {
      child.kill('SIGTERM')
      await ended
    }
  }, 60_000)

  test('a template that is spoilt is made anew', async () => {
    const [name] = readdirSync(join(servers.cache, 'parley'))
    const control = join(servers.cache, 'parley', name!, 'global/pg_control')
    writeFileSync(control, 'spoilt')
    const { line, child, ended, stderr } = await servers.start()
    expect((await fetch(`${line.url}/readyz`)).status).toBe(200)
    expect(stderr()).toContain('the database template cannot be used')
    child.kill('SIGTERM')
    await ended
  })

  test('what keeps it from starting is one JSON line and exit code 1', async () => {
    const taken = createServer()
    const port = await new Promise<number>((resolve) =>
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port)),
    )
    await expect(servers.start({ words: ['--port', String(port)] })).rejects.toThrow(
      `{"error":{"code":"not_started","message":"Parley cannot listen on 127.0.0.1:${port}:`,
    )
    taken.close()
  })
})

describe('its clock', { timeout: 60_000 }, () => {
  test('is moved by the admin alone; signatures go by the real one', async () => {
    const { line, child, ended } = await servers.start()
    expect(await (await admin(line, '/ephemeral')).json()).toMatchObject({ facts: line, clock: { ahead_ms: 0 } })
    expect((await fetch(`${line.url}/api/admin/v1/ephemeral`)).status).toBe(401)
    expect((await admin(line, '/ephemeral/clock', { advance_ms: -1 })).status).toBe(400)
    const moved = (await (await admin(line, '/ephemeral/clock', { advance_ms: 7_200_000 })).json()) as { now: string }
    expect(Date.parse(moved.now) - Date.now()).toBeGreaterThan(7_190_000)
    expect((await post(line, aNewMessage())).status).toBe(200)
    child.kill('SIGTERM')
    await ended
  })
})
