import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, pino, sql, startEmbeddedPostgres } from '@parley/server/internals'

/** The PostgreSQL a test run works on. */
export interface TestEngine {
  /** Its maintenance database. */
  url: string
  stop(): Promise<void>
}

/** What a run writes is worth nothing afterwards, so nothing waits for a disk; and many servers share the one database. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 300 }

/** `PARLEY_TEST_DATABASE_URL` names an external one (`npm run test:engines`); otherwise the embedded one starts, new and empty. */
export async function startTestEngine(): Promise<TestEngine> {
  const given = process.env.PARLEY_TEST_DATABASE_URL
  if (given) return { url: given, stop: async () => undefined }
  const dataDir = await mkdtemp(join(await findFastDir(), 'parley-test-'))
  const embedded = await startEmbeddedPostgres({ dataDir, log: pino({ level: 'silent' }), settings: SETTINGS })
  const { host = '', port, user = '' } = embedded.connection
  const url = `postgres://${encodeURIComponent(user)}@localhost/postgres?host=${encodeURIComponent(host)}&port=${port}`
  return {
    url,
    async stop() {
      await embedded.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

const ROOM_BYTES = 1024 ** 3

/** Memory, where the system offers enough of it as a directory (a container often has only 64 MB). */
async function findFastDir(): Promise<string> {
  const inMemory = '/dev/shm'
  const room = await statfs(inMemory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  )
  return room >= ROOM_BYTES ? inMemory : tmpdir()
}

/** Another database of the same server. */
export function withDatabase(url: string, name: string): string {
  const parsed = new URL(url)
  parsed.pathname = `/${name}`
  return parsed.href
}

/** Runs statements on the maintenance database, each outside a transaction. */
export async function runStatements(url: string, statements: readonly string[]): Promise<void> {
  const database = openDatabase({ connectionString: url }, 1)
  try {
    for (const statement of statements) await sql.raw(statement).execute(database.db)
  } finally {
    await database.close()
  }
}
