import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sleep } from './figures.ts'

export interface ServerProcess {
  port: number
  pid: number
  /** The embedded PostgreSQL's postmaster. */
  databasePid: number
  database: { host: string; port: number; user: string; database: string }
  admin<T>(method: string, path: string, body?: unknown): Promise<T>
  stop(): Promise<void>
}

const ADMIN_TOKEN = 'bench-admin-token-0000'
const STARTS_WITHIN_MS = 60_000

/** Starts the real server as an operator would, on an empty data directory and a free port. */
export async function startServerProcess(): Promise<ServerProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'))
  const port = await freePort()
  const env = {
    ...process.env,
    PARLEY_PORT: String(port),
    PARLEY_DATA_DIR: dataDir,
    PARLEY_ADMIN_TOKEN: ADMIN_TOKEN,
    PARLEY_SANDBOX: 'off',
    PARLEY_LOG_LEVEL: 'warn',
  }
  // For a profile: PARLEY_BENCH_NODE_OPTIONS='--cpu-prof --cpu-prof-dir=/tmp/profile'
  const nodeOptions = process.env.PARLEY_BENCH_NODE_OPTIONS?.split(' ') ?? []
  const child = spawn(process.execPath, [...nodeOptions, 'packages/cli/dist/parley.mjs', 'serve'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await untilReady(port, child)
  const postmaster = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  const [databasePid = '', , , databasePort = '', host = ''] = postmaster
  return {
    port,
    pid: child.pid ?? 0,
    databasePid: Number(databasePid),
    database: {
      host,
      port: Number(databasePort),
      user: process.env.PARLEY_BENCH_DB_USER ?? 'parley',
      database: 'parley',
    },
    admin: (method, path, body) => callAdmin(port, method, path, body),
    stop: () => stopServer(child, dataDir),
  }
}

async function callAdmin<T>(port: number, method: string, path: string, body: unknown): Promise<T> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/admin/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return JSON.parse(text) as T
}

async function untilReady(port: number, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + STARTS_WITHIN_MS; Date.now() < deadline; await sleep(50)) {
    if (child.exitCode !== null) throw new Error(`The server ended with code ${child.exitCode}.`)
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    if (answer?.ok) return
  }
  throw new Error('The server did not become ready.')
}

async function stopServer(child: ChildProcess, dataDir: string): Promise<void> {
  if (child.exitCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
  rmSync(dataDir, { recursive: true, force: true })
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
