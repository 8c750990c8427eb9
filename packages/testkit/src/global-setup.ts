import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, openDatabase } from '@parley/server/internals'
import type { TestProject } from 'vitest/node'
import { runStatements, startTestEngine, withDatabase } from './start-test-engine.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of this run, and the migrated database that every test file copies. */
    postgres: { url: string; template: string }
    /** Where throw-away servers of this run keep what is dear to make, as `XDG_CACHE_HOME`. */
    cache: string
  }
}

/** One PostgreSQL serves a run. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const engine = await startTestEngine()
  const template = `parley_template_${randomUUID().slice(0, 8)}`
  const cache = await mkdtemp(join(tmpdir(), 'parley-test-cache-'))
  const tearDown = async () => {
    await rm(cache, { recursive: true, force: true })
    await runStatements(engine.url, [`drop database if exists ${template} with (force)`])
    await engine.stop()
  }
  try {
    await makeTemplate(engine.url, template)
  } catch (error) {
    await tearDown()
    throw error
  }
  project.provide('cache', cache)
  project.provide('postgres', { url: engine.url, template })
  return tearDown
}

async function makeTemplate(url: string, name: string): Promise<void> {
  await runStatements(url, [`create database ${name}`])
  const database = openDatabase({ connectionString: withDatabase(url, name) }, 2)
  try {
    await migrate(database.db)
  } finally {
    await database.close()
  }
}
