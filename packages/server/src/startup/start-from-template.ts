import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import { findBinaries } from '../db/embedded/binaries.ts'
import type { Settings } from '../db/embedded/run-postgres.ts'
import { runToEnd } from '../db/embedded/run-to-end.ts'
import { type EmbeddedPostgres, makeDataDir, startEmbeddedPostgres } from '../db/embedded/start-embedded-postgres.ts'
import { migrate } from '../db/migrate.ts'
import { migrations } from '../db/migrations/index.ts'
import { type Db, openDatabase } from '../db/open-database.ts'
import { StartError } from '../lib/start-error.ts'

/** Nothing in it is missed after a crash, so nothing waits for the disk. */
const CARELESS: Settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '32MB',
  max_wal_size: '256MB',
}

export interface TemplateOptions {
  dataDir: string
  /** Where templates are kept, for this user alone. */
  cacheDir: string
  log: Logger
}

/**
 * Starts the embedded PostgreSQL of a throw-away server on a copy of a database that was made and migrated once; makes and keeps
 * that template where there is none. A template only ever appears whole, by a rename: of two starts at once one keeps its own.
 */
export async function startFromTemplate({ dataDir, cacheDir, log }: TemplateOptions): Promise<EmbeddedPostgres> {
  makeDataDir(dataDir)
  const template = join(cacheDir, templateName())
  const data = join(dataDir, 'postgres')
  const start = () => startEmbeddedPostgres({ dataDir, log, settings: CARELESS })
  if (await copyFolder(template, data)) {
    try {
      return await start()
    } catch (error) {
      // Spoilt, by a power failure say: made anew below.
      log.warn({ err: error, template }, 'the database template cannot be used')
      for (const folder of [data, template]) rmSync(folder, { recursive: true, force: true })
    }
  }
  await makeOnce(start)
  await keepTemplate(data, template).catch((error: unknown) =>
    log.warn(
      { err: error, template },
      'the database template cannot be kept: the next start takes as long as this one',
    ),
  )
  return start()
}

async function makeOnce(start: () => Promise<EmbeddedPostgres>): Promise<void> {
  const postgres = await start()
  const { db, close } = openDatabase(postgres.connection)
  try {
    await migrate(db)
    await dropOthers(db)
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error), { cause: error })
  } finally {
    await close().finally(postgres.stop)
  }
}

/**
 * Of 1,700 files this leaves 800 to be copied at each start and deleted at each end. Where another one has just ended, that
 * matters twice: ext4 walks past each file that was lately deleted before it makes a new one.
 */
async function dropOthers(db: Db): Promise<void> {
  await sql`update pg_database set datistemplate = false`.execute(db)
  for (const name of ['postgres', 'template0', 'template1']) await sql`drop database ${sql.id(name)}`.execute(db)
}

async function keepTemplate(data: string, template: string): Promise<void> {
  const cacheDir = join(template, '..')
  mkdirSync(cacheDir, { recursive: true, mode: 0o700 })
  clearOld(cacheDir)
  const draft = `${template}.draft-${randomUUID()}`
  try {
    if (!existsSync(template) && (await copyFolder(data, draft))) renameSync(draft, template)
  } catch (error) {
    if (!existsSync(template)) throw error // else somebody else's came first
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** False when it is not there, or was taken away meanwhile; then nothing is left of the copy. */
async function copyFolder(from: string, to: string): Promise<boolean> {
  if (!existsSync(from)) return false
  const now = new Date()
  utimesSync(from, now, now)
  // The copy keeps owner and mode, which PostgreSQL is strict about; Node's own takes five times as long.
  const { code } = await runToEnd(['cp', '-Rp', from, to], undefined)
  if (code !== 0) rmSync(to, { recursive: true, force: true })
  return code === 0
}

const FORGOTTEN_MS = 7 * 86_400_000

/** Templates of versions nobody starts any more, and copies that were cut short. */
function clearOld(cacheDir: string): void {
  for (const name of readdirSync(cacheDir).filter((entry) => entry.startsWith(PREFIX))) {
    const path = join(cacheDir, name)
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Number.POSITIVE_INFINITY }
    if (Date.now() - mtimeMs > FORGOTTEN_MS) rmSync(path, { recursive: true, force: true })
  }
}

const PREFIX = 'database-'
const NAME_DIGITS = 24

/** Of the PostgreSQL and of what makes the tables: another of either is another template. */
function templateName(): string {
  const { postgres, major } = findBinaries()
  const hash = createHash('sha256').update(`${postgres} ${major} ${process.arch}`)
  for (const [name, { up }] of Object.entries(migrations)) hash.update(`${name} ${up}`)
  hash.update(readFileSync(fileURLToPath(import.meta.url))) // the bundle, which holds the migrations' statements
  return PREFIX + hash.digest('hex').slice(0, NAME_DIGITS)
}
