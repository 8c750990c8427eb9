import { randomUUID } from 'node:crypto'
import { type Database, openDatabase } from '@parley/server/internals'
import { inject } from 'vitest'
import { runStatements, withDatabase } from './start-test-engine.ts'

export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

/** A migrated, empty database of its own; about 40 ms. Once per test file is enough: every test makes its own account. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, template } = inject('postgres')
  const name = `parley_test_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  await runStatements(url, [`create database ${name} template ${template}`])
  return {
    url: withDatabase(url, name),
    drop: () => runStatements(url, [`drop database if exists ${name} with (force)`]),
  }
}

/** The same with a pool on it, for a test that needs a database and no server. */
export async function openTestDatabase(): Promise<Database & { url: string }> {
  const { url, drop } = await createTestDatabase()
  const database = openDatabase({ connectionString: url }, 4)
  return {
    ...database,
    url,
    async close() {
      await database.close()
      await drop()
    },
  }
}
