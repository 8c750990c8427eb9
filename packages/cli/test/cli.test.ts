import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCli } from '@parley/cli'
import type { ChannelId } from '@parley/protocol/model'
import { aNewMessage, startTestWorld, type TestWorld, waitUntil } from '@parley/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world?.stop())
afterEach(() => {
  vi.unstubAllEnvs()
})

/** One command line, as it is typed. */
async function run(...words: string[]) {
  const stdout: string[] = []
  const stderr: string[] = []
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => stdout.push(String(text)) > 0)
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => stderr.push(String(text)) > 0)
  try {
    const exitCode = await runCli(['node', 'parley', ...words])
    return { exitCode, stdout: stdout.join(''), stderr: stderr.join('') }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}

const there = () => ['--url', world.url, '--admin-token', world.adminToken]

async function runJson(...words: string[]) {
  const { exitCode, stdout } = await run(...words, ...there(), '--json')
  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  return { exitCode, json: JSON.parse(stdout) }
}

const aSubdomain = () => `shop-${Math.random().toString(36).slice(2, 10)}`

function createAccount(subdomain: string) {
  const owner = ['--owner-email', 'ana@example.net', '--owner-password', 'correct horse']
  return runJson('account', 'create', '--name', 'Harbor Shop', '--subdomain', subdomain, ...owner)
}

describe('parley account', () => {
  test('create --json prints what the contract says', async () => {
    const subdomain = aSubdomain()
    expect(await createAccount(subdomain)).toEqual({
      exitCode: 0,
      json: {
        id: expect.any(Number),
        subdomain,
        amojo_id: expect.any(String),
        owner: { id: expect.any(Number), amojo_id: expect.any(String), email: 'ana@example.net' },
      },
    })
  })

  test('a refusal is JSON, too, and exit code 1', async () => {
    const subdomain = aSubdomain()
    await createAccount(subdomain)
    expect(await createAccount(subdomain)).toEqual({
      exitCode: 1,
      json: { error: { code: 'conflict', message: `subdomain: ${subdomain} is taken.` } },
    })
  })

  test('so is a command line that is wrong', async () => {
    expect(await runJson('account', 'create', '--name', 'X')).toEqual({
      exitCode: 1,
      json: { error: { code: 'invalid_request', message: "required option '--subdomain <word>' not specified" } },
    })
    expect(await runJson('account', 'crate')).toMatchObject({
      exitCode: 1,
      json: { error: { code: 'invalid_request' } },
    })
    expect(await runJson('user', 'create', '--role', 'boss')).toMatchObject({
      exitCode: 1,
      json: { error: { code: 'invalid_request' } },
    })
  })

  test('without --json a person is told', async () => {
    const subdomain = aSubdomain()
    const words = [
      '--name',
      'X',
      '--subdomain',
      subdomain,
      '--owner-email',
      'a@example.net',
      '--owner-password',
      'correct horse',
    ]
    const { exitCode, stdout } = await run('account', 'create', ...words, ...there())
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`Account ${subdomain} is open.`)
    const again = await run('account', 'create', ...words, ...there())
    expect(again).toEqual({ exitCode: 1, stdout: '', stderr: `subdomain: ${subdomain} is taken.\n` })
    expect((await run('account', 'list', ...there())).stdout).toContain(subdomain)
  })
})

describe('parley user, channel, token', () => {
  test('user create and list', async () => {
    const { json: account } = await createAccount(aSubdomain())
    const words = [
      '--account',
      String(account.id),
      '--email',
      'Kim@example.net',
      '--password',
      'correct horse',
      '--name',
      'Kim Park',
    ]
    expect(await runJson('user', 'create', ...words, '--role', 'manager')).toEqual({
      exitCode: 0,
      json: { id: expect.any(Number), amojo_id: expect.any(String), email: 'kim@example.net', role: 'manager' },
    })
    const { json } = await runJson('user', 'list', '--account', String(account.id))
    expect(json.items.map(({ role }: { role: string }) => role)).toEqual(['admin', 'manager'])
  })

  test('channel create', async () => {
    const [one, two] = [await createAccount(aSubdomain()), await createAccount(aSubdomain())]
    const code = `harbor.chat-${one.json.id}`
    const hooks = [
      '--webhook-url',
      'https://chat.example.net/:scope_id',
      '--webhook-url-v1',
      'https://chat.example.net/v1',
    ]
    const more = [
      '--accounts',
      `${one.json.id}, ${two.json.id}`,
      '--events',
      'messages,typing',
      '--error-email',
      'ops@example.net',
    ]
    expect(await runJson('channel', 'create', '--name', 'Harbor Chat', '--code', code, ...hooks, ...more)).toEqual({
      exitCode: 0,
      json: {
        id: expect.any(String),
        code,
        secret: expect.stringMatching(/^[0-9a-f]{40}$/),
        bot: { id: expect.any(String), client_id: expect.any(String), name: expect.any(String) },
        accounts: [one.json.id, two.json.id],
      },
    })
  })

  test('token create', async () => {
    const account = await world.anAccount()
    const words = ['token', 'create', '--account', String(account.id)]
    const { exitCode, json } = await runJson(...words, '--user', String(account.manager.id))
    expect([exitCode, json]).toEqual([0, { token: expect.stringMatching(/^prl_/), expires_at: expect.any(String) }])
    const answer = await fetch(`${world.url}/api/app/v1/me`, { headers: { authorization: `Bearer ${json.token}` } })
    expect(await answer.json()).toMatchObject({ user: { id: account.manager.id } })
    expect(await runJson('token', 'create', '--account', '1')).toMatchObject({
      exitCode: 1,
      json: { error: { code: 'not_found' } },
    })
  })
})

describe('parley channel requests', () => {
  async function aRequest(): Promise<string> {
    const admin = await (await world.anAccount()).asAdmin()
    const form = { name: 'Harbor Chat', webhookUrl: 'https://hooks.example.net/:scope_id' }
    const { channel } = await admin.post<{ channel: { id: string } }>('/channels', form)
    // As it is where channels are moderated; this world is open.
    const waiting = { moderation: 'waiting', asked_at: world.now() } as const
    const id = channel.id as ChannelId
    await world.deps.db.updateTable('channel').set(waiting).where('id', '=', id).execute()
    return id
  }

  test('lists what waits, and decides about it once', async () => {
    const id = await aRequest()
    const { json } = await runJson('channel', 'requests')
    expect(json.items).toMatchObject([{ id, name: 'Harbor Chat', state: 'waiting', change: null }])
    expect((await run('channel', 'refuse', id, ...there())).exitCode).not.toBe(0)
    expect(await runJson('channel', 'send-back', id, '--note', 'What is it for?')).toEqual({
      exitCode: 0,
      json: { id, state: 'returned' },
    })
    expect((await run('channel', 'approve', id, ...there())).exitCode).not.toBe(0)
    expect(await runJson('channel', 'approve', await aRequest())).toMatchObject({ json: { state: 'approved' } })
    expect((await runJson('channel', 'requests')).json.items).toEqual([])
  })
})

describe('parley deliveries', () => {
  async function aReply(status: number) {
    const hook = await world.aHookReceiver()
    hook.answerAlways(status)
    const channel = await world.aChannel({ hook })
    const { conversation_id: chatId } = await channel.send(aNewMessage())
    const manager = await channel.account.asManager()
    const message = await manager.sendText(chatId as never, 'Yes, it is.')
    await hook.next()
    return { hook, channel, message }
  }
  const list = async (...words: string[]) => (await runJson('deliveries', 'list', ...words)).json
  const settled = (channelId: string, state: string) =>
    waitUntil(
      `a delivery that is ${state}`,
      async () => (await list('--channel', channelId, '--state', state)).items[0],
    )

  test('list, show and replay one', async () => {
    const { hook, channel, message } = await aReply(400)
    const delivery = await settled(channel.id, 'given_up')
    expect(delivery).toEqual({
      id: expect.any(String),
      account_id: channel.account.id,
      channel_id: channel.id,
      chat_id: message.chatId,
      message_id: message.id,
      kind: 'message',
      state: 'given_up',
      attempts: 1,
      last_error: expect.any(String),
      created_at: expect.any(String),
      next_try_at: null,
    })
    expect(await list('--account', String(channel.account.id))).toEqual({ items: [delivery], next: null })

    const { json: shown } = await runJson('deliveries', 'show', delivery.id)
    expect(shown).toMatchObject({
      id: delivery.id,
      payload: { message: { message: { id: message.id, text: 'Yes, it is.' } } },
      attempts: [{ attempt: 1, status: 400, url: expect.stringContaining(hook.url) }],
    })

    hook.answerAlways(200)
    expect(await runJson('deliveries', 'replay', delivery.id)).toMatchObject({ exitCode: 0, json: { id: delivery.id } })
    await hook.next()
    expect(hook.requests[1]!.body.equals(hook.requests[0]!.body)).toBe(true)
    await settled(channel.id, 'delivered')
  })

  test('one that waits says when it is tried next', async () => {
    const { channel } = await aReply(503)
    const waiting = await waitUntil('a failed try', async () => {
      const [item] = (await list('--channel', channel.id, '--state', 'waiting')).items
      return item?.attempts === 1 && item
    })
    expect(Date.parse(waiting.next_try_at)).toBeGreaterThan(world.now().getTime())
  })

  test('pages', async () => {
    const { hook, channel, message } = await aReply(200)
    const manager = await channel.account.asManager()
    for (const text of ['two', 'three']) await manager.sendText(message.chatId, text)
    await hook.next()
    await hook.next()
    const first = await list('--channel', channel.id, '--limit', '2')
    expect(first.items).toHaveLength(2)
    const second = await list('--channel', channel.id, '--limit', '2', '--before', first.next)
    expect([second.items.length, second.next]).toEqual([1, null])
  })

  test('replay all of a channel since a time', async () => {
    const { hook, channel } = await aReply(400)
    await settled(channel.id, 'given_up')
    hook.answerAlways(200)
    const since = new Date(world.now().getTime() - 60_000).toISOString()
    const words = ['deliveries', 'replay', '--channel', channel.id]
    expect(await runJson(...words, '--since', since, '--state', 'given_up')).toEqual({
      exitCode: 0,
      json: { replayed: 1 },
    })
    await hook.next()
    expect(await runJson(...words)).toMatchObject({ exitCode: 1, json: { error: { code: 'invalid_request' } } })
  })

  test('what is not there', async () => {
    const id = '01980000-0000-7000-8000-000000000000'
    expect(await runJson('deliveries', 'show', id)).toMatchObject({
      exitCode: 1,
      json: { error: { code: 'not_found' } },
    })
    expect(await runJson('deliveries', 'replay', id)).toMatchObject({
      exitCode: 1,
      json: { error: { code: 'not_found' } },
    })
    expect(await runJson('deliveries', 'show', 'x/../y')).toMatchObject({
      exitCode: 1,
      json: { error: { code: 'not_found' } },
    })
  })
})

describe('finding the server', () => {
  test('by PARLEY_URL, and the token by PARLEY_ADMIN_TOKEN', async () => {
    vi.stubEnv('PARLEY_URL', `${world.url}/`)
    vi.stubEnv('PARLEY_ADMIN_TOKEN', world.adminToken)
    expect((await run('account', 'list', '--json')).exitCode).toBe(0)
  })

  test('by PARLEY_HOST and PARLEY_PORT, and the token in the data directory', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'parley-cli-'))
    try {
      await writeFile(join(dataDir, 'admin-token'), `${world.adminToken}\n`)
      vi.stubEnv('PARLEY_URL', '')
      vi.stubEnv('PARLEY_ADMIN_TOKEN', '')
      vi.stubEnv('PARLEY_HOST', '0.0.0.0')
      vi.stubEnv('PARLEY_PORT', new URL(world.url).port)
      vi.stubEnv('PARLEY_DATA_DIR', dataDir)
      expect((await run('account', 'list', '--json')).exitCode).toBe(0)
    } finally {
      await rm(dataDir, { recursive: true })
    }
  })

  test.each([
    ['no server', ['--url', 'http://127.0.0.1:9', '--admin-token', 'x'], 'not_running'],
    ['no address', ['--url', 'harbor', '--admin-token', 'x'], 'invalid_request'],
    ['a wrong token', () => ['--url', world.url, '--admin-token', 'x'], 'not_logged_in'],
  ])('%s: one clear sentence', async (_, words, code) => {
    const { exitCode, stdout } = await run(
      'account',
      'list',
      ...(typeof words === 'function' ? words() : words),
      '--json',
    )
    expect([exitCode, JSON.parse(stdout).error.code]).toEqual([1, code])
  })

  test('no token: says where it looked', async () => {
    vi.stubEnv('PARLEY_ADMIN_TOKEN', '')
    vi.stubEnv('PARLEY_DATA_DIR', '/nowhere')
    const { exitCode, stdout } = await run('account', 'list', '--json')
    expect([exitCode, JSON.parse(stdout).error]).toEqual([
      1,
      { code: 'no_admin_token', message: expect.stringContaining('/nowhere/admin-token') },
    ])
  })
})

test('on a server that is no throw-away one nothing is emulated, and nobody moves its clock', async () => {
  expect(await runJson('emulate', 'write', 'Hello')).toMatchObject({
    exitCode: 1,
    json: { error: { code: 'not_ephemeral' } },
  })
  expect(await runJson('emulate', 'clock', '+1h')).toMatchObject({
    exitCode: 1,
    json: { error: { code: 'not_ephemeral' } },
  })
  expect(await runJson('emulate', 'fault', 'drop')).toMatchObject({
    exitCode: 1,
    json: { error: { code: 'not_found' } },
  })
})
