import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChatId } from '@parley/protocol/model'
import { AppClient, aNewMessage, HookReceiver, newAgent, sendRaw, signHeaders, waitUntil } from '@parley/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

// The promise itself: nothing that was acknowledged is ever lost, not by kill -9 of everything in the middle of work.
const root = join(import.meta.dirname, '../../..')
const parley = join(root, 'packages/cli/bin/parley.mjs')
const CHATS = 8
// biome-ignore lint/style/noProcessEnv: how long and which way this test goes, as a person asks for it
const { PARLEY_TEST_CRASHES = '8', PARLEY_TEST_SEED = String(Date.now() % 1_000_000) } = process.env
const CRASHES = Number(PARLEY_TEST_CRASHES)
const SECONDS_PER_CRASH = 15
/** How long after it is ready a server lives. */
const [SHORTEST_LIFE_MS, LONGEST_LIFE_MS] = [50, 800]
const PASSWORD = 'correct horse battery'

let dataDir: string
let hook: HookReceiver
let child: ChildProcess
beforeAll(async () => {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'server'], { stdio: 'inherit' })
  dataDir = mkdtempSync(join(tmpdir(), 'parley-crash-'))
  hook = await HookReceiver.start()
}, 90_000)
afterAll(async () => {
  killEverything()
  await waitUntil('everything has ended', () => databasePids().length === 0)
  await hook.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

test(`kill -9 at ${CRASHES} random moments under load (PARLEY_TEST_SEED=${PARLEY_TEST_SEED}): what was acknowledged is there, and every answer arrives in order`, {
  timeout: (CRASHES * SECONDS_PER_CRASH + 60) * 1000,
}, async () => {
  const random = randomFrom(Number(PARLEY_TEST_SEED))
  const url = `http://127.0.0.1:${await freePort()}`
  await start(url)
  const channel = await register(url)
  const chats = await Promise.all(
    Array.from({ length: CHATS }, (_, index) => channel.send(aMessage(index, `first-${index}`))),
  )
  const manager = await AppClient.logIn({ url, agent: newAgent() }, { email: channel.email, password: PASSWORD })
  const written = new Map<string, string>()
  const replied: Record<number, number[]> = Object.fromEntries(chats.map((_, index) => [index, []]))
  const numbers = chats.map(() => 0)

  for (let crash = 0; crash < CRASHES; crash += 1) {
    let isDead = false
    const clients = chats.map(async (_, index) => {
      for (let line = 0; !isDead; line += 1) {
        const msgid = `m-${crash}-${index}-${line}`
        const answer = await channel.send(aMessage(index, msgid)).catch(() => undefined)
        if (answer) written.set(msgid, answer.msgid)
      }
    })
    const managers = chats.map(async (chat, index) => {
      while (!isDead) {
        const number = numbers[index]! + 1
        numbers[index] = number
        const sent = await manager.sendText(chat.conversation_id as ChatId, String(number)).catch(() => undefined)
        if (sent) replied[index]!.push(number)
      }
    })
    // The moment is the subject: nothing tells of it.
    await sleep(SHORTEST_LIFE_MS + random() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS))
    if (random() < 0.5) killServer()
    else killEverything()
    isDead = true
    await Promise.all([...clients, ...managers])
    await start(url)
  }

  for (const [msgid, id] of written) {
    const index = Number(msgid.split('-')[2])
    expect((await channel.send(aMessage(index, msgid))).msgid).toBe(id)
  }
  const acknowledged = Object.entries(replied).flatMap(([index, list]) => list.map((number) => `${index}/${number}`))
  expect(acknowledged.length).toBeGreaterThan(CRASHES)
  await waitUntil(
    'every acknowledged answer has arrived',
    () => {
      const arrived = new Set(firstArrivals(chats).map(({ index, number }) => `${index}/${number}`))
      return acknowledged.every((one) => arrived.has(one))
    },
    40_000,
  )
  const arrivals = firstArrivals(chats)
  for (const index of chats.keys()) {
    const order = arrivals.filter((one) => one.index === index).map(({ number }) => number)
    expect(order).toEqual([...order].sort((a, b) => a - b))
  }
  // Of each chat one hook was on its way when the server died: no other goes out twice.
  expect(hook.requests.length - arrivals.length).toBeLessThanOrEqual(CRASHES * CHATS)
  expect(hook.requests.every((request) => request.isSignedBy(channel.secret))).toBe(true)
})

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Repeats are allowed (at least once); the first of each must be in order. */
function firstArrivals(chats: { conversation_id: string }[]): { index: number; number: number }[] {
  const seen = new Set<string>()
  const arrivals: { index: number; number: number }[] = []
  for (const request of hook.requests) {
    const { message } = request.json() as {
      message: { conversation: { id: string }; message: { id: string; text: string } }
    }
    if (seen.has(message.message.id)) continue
    seen.add(message.message.id)
    const index = chats.findIndex((chat) => chat.conversation_id === message.conversation.id)
    arrivals.push({ index, number: Number(message.message.text) })
  }
  return arrivals
}

const aMessage = (index: number, msgid: string) =>
  aNewMessage({ msgid, conversation_id: `chat-${index}`, sender: { id: `client-${index}`, name: `Client ${index}` } })

async function register(url: string) {
  const token = readFileSync(join(dataDir, 'admin-token'), 'utf8').trim()
  const admin = async <T>(path: string, body: unknown) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(`${url}/api/admin/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const email = `${randomUUID()}@example.test`
  const account = await admin<{ id: number; amojo_id: string }>('/accounts', {
    name: 'Crash',
    subdomain: 'crash',
    owner_email: email,
    owner_password: PASSWORD,
  })
  const channel = await admin<{ id: string; secret: string }>('/channels', {
    name: 'Crash',
    code: 'amo.ext.crash',
    webhook_url: hook.url,
    accounts: [account.id],
    rate_limit: 100_000,
  })
  const post = async (path: string, payload: unknown): Promise<string> => {
    const unsigned = { method: 'POST', path: `/v2/origin/custom/${path}`, body: Buffer.from(JSON.stringify(payload)) }
    const answer = await sendRaw(url, signHeaders(unsigned, channel.secret, new Date()))
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`${answer.status}: ${text}`)
    return text
  }
  await post(`${channel.id}/connect`, { account_id: account.amojo_id, hook_api_version: 'v2' })
  const send = async (message: unknown) => {
    const text = await post(`${channel.id}_${account.amojo_id}`, message)
    return (JSON.parse(text) as { new_message: { conversation_id: string; msgid: string } }).new_message
  }
  return { ...channel, email, send }
}

async function start(url: string): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: where programs are, the one thing the child gets from us
  const { PATH } = process.env
  const env = {
    PATH,
    PARLEY_DATA_DIR: dataDir,
    PARLEY_PORT: new URL(url).port,
    PARLEY_SANDBOX: 'off',
    PARLEY_LOG_LEVEL: 'fatal',
  }
  child = spawn(process.execPath, [parley, 'serve'], { stdio: 'ignore', env, detached: true })
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
  await waitUntil('it is ready', isReady, 30_000)
}

/** The server alone: PostgreSQL is left behind without it. */
function killServer(): void {
  child.kill('SIGKILL')
}

/** The server's whole process group, and PostgreSQL with all its processes: as when the power goes. */
function killEverything(): void {
  const database = databasePids()
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
    process.kill(-child.pid, 'SIGKILL')
  for (const pid of database) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // Ended meanwhile.
    }
  }
}

function databasePids(): number[] {
  const lines = execFileSync('ps', ['-ww', '-e', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n')
  return lines.filter((line) => line.includes(`-D ${dataDir}/postgres`)).map((line) => Number.parseInt(line, 10))
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
