import { type ChildProcessByStdio, execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { waitUntil } from '@parley/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

// The real command, as its own process, on an embedded PostgreSQL of its own: what an operator starts and kills.
const root = join(import.meta.dirname, '../../..')
const parley = join(root, 'packages/cli/bin/parley.mjs')

// Made once by a real first start; every test works on a copy, for initdb takes longer than all the rest.
let template: string
beforeAll(async () => {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'server'], { stdio: 'inherit' })
  template = mkdtempSync(join(tmpdir(), 'parley-serve-'))
  const first = await serveUntilReady({ PARLEY_DATA_DIR: template })
  first.child.kill('SIGTERM')
  await first.ended
}, 120_000)
afterAll(() => rmSync(template, { recursive: true, force: true }))

interface Run {
  child: ChildProcessByStdio<null, Readable, Readable>
  output: () => string
  ended: Promise<number | null>
}

const runs: Run[] = []
let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'parley-serve-'))
  execFileSync('cp', ['-a', `${template}/.`, dataDir])
})
afterEach(async () => {
  for (const { child } of runs) child.kill('SIGKILL')
  await Promise.all(runs.splice(0).map((run) => run.ended))
  await waitUntil('PostgreSQL has ended', () => processesOf(dataDir).length === 0)
  rmSync(dataDir, { recursive: true, force: true })
})

function serve(env: Record<string, string> = {}): Run {
  // biome-ignore lint/style/noProcessEnv: where programs are, the one thing the child gets from us
  const { PATH } = process.env
  const own = { PARLEY_DATA_DIR: dataDir, PARLEY_PORT: '0', PARLEY_SANDBOX: 'off', PARLEY_LOG_LEVEL: 'warn' }
  const child = spawn(process.execPath, [parley, 'serve'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, ...own, ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const run = { child, output: () => output, ended }
  runs.push(run)
  return run
}

const START_MS = 60_000
async function serveUntilReady(env?: Record<string, string>): Promise<Run & { url: string }> {
  const run = serve(env)
  await waitUntil('it is ready', () => run.output().includes('is ready at') || run.child.exitCode !== null, START_MS)
  const url = /is ready at (\S+)/.exec(run.output())?.[1]
  if (url === undefined) throw new Error(`It did not start:\n${run.output()}`)
  return { ...run, url }
}

/** Supervisor and PostgreSQL both name the data directory; we do not. */
function processesOf(folder: string): { pid: number; program: string }[] {
  const lines = execFileSync('ps', ['-ww', '-e', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n')
  const ours = lines.filter((line) => line.includes(`-D ${folder}/postgres`))
  return ours.map((line) => ({ pid: Number.parseInt(line, 10), program: line.trim().split(/\s+/)[1]! }))
}

const postmasterFile = () => join(dataDir, 'postgres/postmaster.pid')
const postmaster = () => Number.parseInt(readFileSync(postmasterFile(), 'utf8'), 10)

describe('parley serve', { timeout: 120_000 }, () => {
  test('SIGTERM ends it with 0 and leaves nothing; the second start finds what was there', async () => {
    const first = await serveUntilReady()
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
    const token = readFileSync(join(dataDir, 'admin-token'), 'utf8')
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    expect(processesOf(dataDir)).toEqual([])

    const second = await serveUntilReady()
    expect(readFileSync(join(dataDir, 'admin-token'), 'utf8')).toBe(token)
    second.child.kill('SIGINT')
    expect(await second.ended).toBe(0)
  })

  test('after kill -9 PostgreSQL ends by itself, and a start at once just works', async () => {
    const killed = await serveUntilReady()
    killed.child.kill('SIGKILL')
    await serveUntilReady()
    expect(processesOf(dataDir).filter(({ program }) => program.endsWith('postgres'))).toHaveLength(1)
  })

  test('kill -9 of Parley, supervisor and PostgreSQL: the next start recovers', async () => {
    const killed = await serveUntilReady()
    killed.child.kill('SIGKILL')
    for (const { pid } of processesOf(dataDir)) killHard(pid)
    const next = await serveUntilReady()
    expect((await fetch(`${next.url}/readyz`)).status).toBe(200)
  })

  test('a PostgreSQL that lost Parley and supervisor is stopped by the next start', async () => {
    const killed = await serveUntilReady()
    const orphan = postmaster()
    const supervisors = processesOf(dataDir).filter(({ program }) => program.endsWith('sh'))
    for (const { pid } of supervisors) process.kill(pid, 'SIGSTOP') // or they would notice
    killed.child.kill('SIGKILL')
    await killed.ended
    for (const { pid } of supervisors) killHard(pid)
    await serveUntilReady()
    expect(postmaster()).not.toBe(orphan)
    expect(processesOf(dataDir).map(({ pid }) => pid)).not.toContain(orphan)
  })

  test('a stale note that names somebody else: the start works, and nobody is signalled', async () => {
    const killed = await serveUntilReady()
    killed.child.kill('SIGKILL')
    for (const { pid } of processesOf(dataDir)) killHard(pid)
    const stranger = spawn('sleep', ['60'])
    const note = readFileSync(postmasterFile(), 'utf8')
    writeFileSync(postmasterFile(), note.replace(/^\d+/, String(stranger.pid)))
    await serveUntilReady()
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
    stranger.kill()
  })

  test('when PostgreSQL dies, Parley says so and ends with 1', async () => {
    const run = await serveUntilReady()
    killHard(postmaster())
    expect(await run.ended).toBe(1)
    expect(run.output()).toContain('The embedded PostgreSQL has ended by itself')
  })

  test('a second one on the same data directory is told who has it', async () => {
    const first = await serveUntilReady()
    const second = serve()
    expect(await second.ended).toBe(1)
    expect(second.output()).toBe(
      `Another Parley (pid ${first.child.pid}) uses the data directory ${dataDir}; stop it, or set PARLEY_DATA_DIR to another.\n`,
    )
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
  })

  test('killed while it makes its database: the next start begins anew', async () => {
    for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name), { recursive: true })
    const killed = serve()
    await waitUntil('initdb has begun', () => readdirSync(dataDir).some((name) => name.startsWith('postgres.new-')))
    killed.child.kill('SIGKILL')
    await killed.ended
    const next = await serveUntilReady()
    expect((await fetch(`${next.url}/readyz`)).status).toBe(200)
    expect(readdirSync(dataDir).filter((name) => name.startsWith('postgres'))).toEqual(['postgres'])
  })
})

describe('what keeps it from starting is one sentence and exit code 1', { timeout: 120_000 }, () => {
  let taken: Server
  let takenPort: string
  beforeAll(async () => {
    taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const address = taken.address()
    takenPort = String(typeof address === 'object' ? address?.port : address)
  })
  afterAll(() => void taken.close())

  test.each([
    ['a bad variable', { PARLEY_PORT: 'many' }, 'Bad configuration:\n  PARLEY_PORT: use a number from 0 to 65535\n'],
    [
      'a database that does not answer',
      { PARLEY_DATABASE_URL: 'postgres://ana:secret@127.0.0.1:1/parley' },
      'PostgreSQL at 127.0.0.1:1/parley (PARLEY_DATABASE_URL) cannot be used: nothing answers there.\n',
    ],
    [
      'a data directory below a file',
      { PARLEY_DATA_DIR: '/dev/null/parley' },
      'The data directory /dev/null/parley cannot be written (ENOTDIR); set PARLEY_DATA_DIR to one that can.\n',
    ],
  ])('%s', async (_, env, sentence) => {
    const run = serve(env)
    expect(await run.ended).toBe(1)
    expect(run.output()).toBe(sentence)
  })

  test('a port that is taken; the database is stopped again', async () => {
    const run = serve({ PARLEY_PORT: takenPort })
    expect(await run.ended).toBe(1)
    expect(run.output()).toBe(
      `Parley cannot listen on 127.0.0.1:${takenPort}: another program has that port; stop it, or set PARLEY_PORT.\n`,
    )
    expect(processesOf(dataDir)).toEqual([])
  })
})

describe('the sandbox', { timeout: 120_000 }, () => {
  test('what the start prints is the same every time, and its snippet sends a message', async () => {
    const first = await serveUntilReady({ PARLEY_SANDBOX: 'on' })
    const { url } = first
    for (const shell of ['sh', 'bash']) {
      const answer = spawnSync(shell, { input: snippetOf(first), encoding: 'utf8' })
      if (answer.error) continue // no such shell here
      const [connected, sent] = answer.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(connected).toMatchObject({ hook_api_version: 'v2', title: 'Harbor Chat' })
      expect(sent).toMatchObject({ new_message: { receiver_id: null, ref_id: expect.stringMatching(/^hello-/) } })
    }
    first.child.kill('SIGTERM')
    await first.ended
    const second = await serveUntilReady({ PARLEY_SANDBOX: 'on' })
    expect(second.output().replaceAll(second.url, url)).toBe(first.output())
  })

  const snippetOf = ({ output }: Run) => output().slice(output().indexOf('signed_post() {'))
})

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it was quicker
  }
}
