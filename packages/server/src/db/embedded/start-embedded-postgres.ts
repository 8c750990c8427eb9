import { accessSync, constants, statSync } from 'node:fs'
import pg from 'pg'
import type { Logger } from 'pino'
import { systemClock } from '../../lib/clock.ts'
import { makeFolder } from '../../lib/make-folder.ts'
import { codeOf, StartError } from '../../lib/start-error.ts'
import { findBinaries } from './binaries.ts'
import { clearTheWay } from './clear-the-way.ts'
import { type Place, PORT, prepareData, preparePlace, SUPERUSER } from './data-directory.ts'
import { lockDirectory } from './lock-directory.ts'
import { chooseRunAs } from './run-as.ts'
import { type RunningPostgres, runPostgres, type Settings } from './run-postgres.ts'

export interface EmbeddedPostgres {
  /** The database `parley` of it. */
  connection: pg.PoolConfig
  /** Resolves when PostgreSQL has ended, asked to or not. */
  ended: Promise<void>
  /** Shuts down, in 9 s at most, and frees the data directory. Safe to call twice. */
  stop(): Promise<void>
}

const DATABASE = 'parley'
/** How long backends of a killed postmaster may take to notice. */
const LEFTOVERS_MS = 15_000
const POLL_MS = 100

export interface EmbeddedOptions {
  dataDir: string
  log: Logger
  /** Over ours, by PostgreSQL's names. For tests, which need more connections and can lose their data. */
  settings?: Settings
}

/**
 * Starts the PostgreSQL that npm brought, as a child process on a unix socket, with its data in `dataDir`.
 * The first start makes the database. Ends with this process, however that ends.
 * @throws {StartError} one sentence saying why it cannot
 */
export async function startEmbeddedPostgres({ dataDir, log, settings }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  makeDataDir(dataDir)
  const release = lockDirectory(dataDir)
  try {
    const binaries = findBinaries()
    const runAs = chooseRunAs(dataDir, binaries)
    const place = preparePlace(dataDir, runAs)
    await prepareData(place, { binaries, runAs, isCareless: settings?.fsync === 'off' })
    await clearTheWay(place, log)
    const postgres = await launch(() => runPostgres(place, { binaries, runAs, log, settings }))
    const connection = { ...connectionTo(place), database: DATABASE }
    const stop = once(() => postgres.stop().finally(release))
    await makeDatabase(connection).catch((error: unknown) => stop().then(() => Promise.reject(error)))
    return { connection, ended: postgres.ended, stop }
  } catch (error) {
    release()
    throw codeOf(error) === undefined ? error : unusable(dataDir, error)
  }
}

/** `ssl` and the password are given so that no PG… variable is asked for them. */
const connectionTo = ({ socketDir }: Place) => ({
  host: socketDir,
  port: PORT,
  user: SUPERUSER,
  password: '',
  ssl: false,
})

/** @throws {StartError} it cannot be made or written to */
export function makeDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir, 0o700)
    if (!statSync(dataDir).isDirectory()) throw Object.assign(new Error('a file is in its place'), { code: 'ENOTDIR' })
    accessSync(dataDir, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw unusable(dataDir, error)
  }
}

const unusable = (dataDir: string, error: unknown) =>
  new StartError(
    `The data directory ${dataDir} cannot be written (${codeOf(error)}); set PARLEY_DATA_DIR to one that can.`,
    { cause: error },
  )

async function launch(run: () => RunningPostgres): Promise<RunningPostgres> {
  const until = Date.now() + LEFTOVERS_MS
  for (;;) {
    const postgres = run()
    try {
      await postgres.ready
      return postgres
    } catch (error) {
      await postgres.stop()
      const reason = error instanceof Error ? error.message : String(error)
      const isHeldByLeftovers = reason.includes('pre-existing shared memory block')
      if (!isHeldByLeftovers || Date.now() > until)
        throw new StartError(`The embedded PostgreSQL did not start: ${reason}`, { cause: error })
      await systemClock.sleep(POLL_MS)
    }
  }
}

async function makeDatabase(connection: pg.PoolConfig): Promise<void> {
  const isMissing = await run(connection, 'select').then(
    () => false,
    (error: unknown) => codeOf(error) === NO_SUCH_DATABASE || Promise.reject(error),
  )
  if (isMissing) await run({ ...connection, database: 'postgres' }, `create database ${DATABASE}`)
}

const NO_SUCH_DATABASE = '3D000'

async function run(connection: pg.PoolConfig, statement: string): Promise<void> {
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= work()
    return running
  }
}
