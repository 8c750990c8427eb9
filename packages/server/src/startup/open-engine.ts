import pg from 'pg'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { type EmbeddedPostgres, makeDataDir, startEmbeddedPostgres } from '../db/embedded/start-embedded-postgres.ts'
import { migrate } from '../db/migrate.ts'
import { type Database, openDatabase } from '../db/open-database.ts'
import { codeOf, StartError } from '../lib/start-error.ts'
import { startFromTemplate } from './start-from-template.ts'

export interface Engine extends Database {
  isEmbedded: boolean
  /** Resolves when an embedded PostgreSQL has ended, asked to or not; never for an external one, which may come back. */
  ended: Promise<void>
}

/**
 * Opens the database that the configuration names, brought to this version's tables.
 * @throws {StartError} one sentence saying why it cannot
 */
export async function openEngine(config: Config, log: Logger): Promise<Engine> {
  const embedded = config.databaseUrl === undefined ? await startEmbedded(config, log) : undefined
  const connection = embedded?.connection ?? { connectionString: config.databaseUrl! }
  if (!embedded) {
    makeDataDir(config.dataDir)
    await checkThatItAnswers(connection, config.databaseUrl!)
  }
  const database = openDatabase(connection)
  const close = () => database.close().finally(() => embedded?.stop())
  try {
    await migrate(database.db)
  } catch (error) {
    await close()
    throw new StartError(error instanceof Error ? error.message : String(error), { cause: error })
  }
  return { ...database, close, isEmbedded: embedded !== undefined, ended: endOf(embedded) }
}

function startEmbedded({ dataDir, ephemeral }: Config, log: Logger): Promise<EmbeddedPostgres> {
  return ephemeral
    ? startFromTemplate({ dataDir, cacheDir: ephemeral.cacheDir, log })
    : startEmbeddedPostgres({ dataDir, log })
}

const endOf = (embedded: EmbeddedPostgres | undefined) => embedded?.ended ?? new Promise<void>(() => undefined)

const ANSWER_MS = 10_000
async function checkThatItAnswers(connection: pg.ClientConfig, databaseUrl: string): Promise<void> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: ANSWER_MS })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    const { host, pathname } = new URL(databaseUrl) // never the password
    throw new StartError(`PostgreSQL at ${host}${pathname} (PARLEY_DATABASE_URL) cannot be used: ${reasonOf(error)}.`, {
      cause: error,
    })
  } finally {
    await client.end()
  }
}

function reasonOf(error: unknown): string {
  const code = codeOf(error)
  if (code === 'ECONNREFUSED') return 'nothing answers there'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host'
  if (error instanceof AggregateError && error.message === '') return String(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
