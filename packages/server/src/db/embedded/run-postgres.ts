import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Logger } from 'pino'
import type { Binaries } from './binaries.ts'
import { type Place, PORT } from './data-directory.ts'
import { isPostgresOf, signal } from './processes.ts'
import type { RunAs } from './run-as.ts'
import { childEnvironment } from './run-to-end.ts'

/**
 * Between us and PostgreSQL stands a shell that reads a pipe of which we hold the other end. However we end, `kill -9`
 * included, the pipe closes and PostgreSQL is told to shut down. Everything runs in a session of its own, so that a
 * Ctrl-C in the terminal reaches us alone and PostgreSQL outlives our last query.
 */
const SUPERVISOR = `
exec 3<&0
"$@" </dev/null 3<&- &
postgres=$!
{ while read -r _; do :; done; kill -INT "$postgres"; } <&3 >/dev/null 2>&1 &
watch=$!
exec 3<&-
wait "$postgres"
code=$?
kill "$watch" 2>/dev/null
exit "$code"
`

export type Settings = Readonly<Record<string, string | number>>

/** On the command line, not in a file: a new Parley brings its own settings to an old data directory. */
const SETTINGS: Settings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  port: PORT,
  max_connections: 60,
  shared_buffers: '128MB',
  // What is acknowledged is on the disk.
  fsync: 'on',
  synchronous_commit: 'on',
  autovacuum: 'on',
  // Plans are made anew when a table was analysed: until then one is chosen among indexes that look equally good on paper.
  autovacuum_naptime: '5s',
  // Short queries by key: compiling costs more than it saves.
  jit: 'off',
  // Checkpoints seldom: each makes the next writes dearer. wal_compression stays off, these binaries have no lz4.
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_checkpoints: 'off',
  log_line_prefix: '',
}

const FAST_SHUTDOWN_MS = 7_000
const IMMEDIATE_SHUTDOWN_MS = 2_000

export interface RunningPostgres {
  /** Resolves when it accepts connections; rejects with what it said when it ended before that. */
  ready: Promise<void>
  /** Resolves once PostgreSQL has ended, for whatever reason. */
  ended: Promise<void>
  /** Fast shutdown; after 7 s without waiting for anything. Resolves when it has ended. */
  stop(): Promise<void>
}

export interface RunOptions {
  binaries: Binaries
  runAs: RunAs
  log: Logger
  /** Over ours. */
  settings: Settings | undefined
}

export function runPostgres(place: Place, { binaries, runAs, log, settings }: RunOptions): RunningPostgres {
  const command = [
    ...runAs.prefix,
    binaries.postgres,
    '-D',
    place.postgresDir,
    '-k',
    quotedInList(place.socketDir),
    ...asArguments({ ...SETTINGS, ...settings }),
  ]
  const child = spawn('/bin/sh', ['-c', SUPERVISOR, 'parley-postgres', ...command], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
    cwd: '/',
    env: childEnvironment(),
    ...runAs.owner,
  })
  child.stdin.on('error', () => undefined) // it ended first
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const lastWords: string[] = []
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      keepLog(log, line)
      if (/^(FATAL|PANIC|HINT): /.test(line)) lastWords.push(line.replace(/^\w+:\s+/, ''))
      if (line.includes('database system is ready to accept connections')) resolve()
    })
    child.once('error', reject)
    child.once('close', (code) => reject(new Error(lastWords.slice(-2).join('; ') || `it ended with code ${code}`)))
  })
  ready.catch(() => undefined) // it is also awaited; a late end is told by `ended`
  return { ready, ended, stop: () => stop(place, () => child.stdin.end(), ended) }
}

async function stop({ postgresDir }: Place, letGo: () => void, ended: Promise<void>): Promise<void> {
  letGo()
  for (const [waitMs, next] of [
    [FAST_SHUTDOWN_MS, 'SIGQUIT'],
    [IMMEDIATE_SHUTDOWN_MS, 'SIGKILL'],
  ] as const) {
    if (await within(waitMs, ended)) return
    const pid = postmasterPid(postgresDir)
    if (pid !== undefined && isPostgresOf(pid, postgresDir)) signal(pid, next)
  }
  await ended
}

/** False when the time ran out first. */
async function within(waitMs: number, promise: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), waitMs)))
  const isDone = await Promise.race([promise.then(() => true), timeout])
  clearTimeout(timer)
  return isDone
}

/** Undefined: no PostgreSQL left a note here. The process it names may be long gone, or another's. */
export function postmasterPid(postgresDir: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(postgresDir, 'postmaster.pid'), 'utf8'), 10)
    return pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

/** The setting is a list with commas; a name in quotes may hold them. */
const quotedInList = (path: string) => `"${path.replaceAll('"', '""')}"`
const asArguments = (values: Settings) => Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])

/** Its errors are answers to our queries and connections, and told of there; what else it says seldom matters. */
function keepLog(log: Logger, line: string): void {
  const word = /^[A-Z]+/.exec(line)?.[0]
  if (word === 'PANIC') log.error({ postgres: line }, 'embedded PostgreSQL')
  else if (word === 'WARNING') log.warn({ postgres: line }, 'embedded PostgreSQL')
  else log.debug({ postgres: line }, 'embedded PostgreSQL')
}
