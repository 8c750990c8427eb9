import { Kysely, type Transaction as KyselyTransaction, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Schema } from './schema.ts'

/** A read takes `Db`; a write that belongs with others asks for a `Tx`. */
export type Db = Kysely<Schema>
export type Tx = KyselyTransaction<Schema>

export interface Database {
  db: Db
  /** For the hot paths' own SQL (ingest, deliveries): pipelined, so several statements of one transaction may be on their way at once. */
  hotPool: pg.Pool
  /** For searching alone: few connections, so that however many search at once, nothing else waits for them. */
  searchPool: pg.Pool
  close(): Promise<void>
}

const INT8_OID = 20
// Our ids and counters stay far below 2^53.
pg.types.setTypeParser(INT8_OID, Number)

/** One or two for the ingest, three for deliveries, the rest for what screens read. */
const HOT_CONNECTIONS = 10

/**
 * The hot statements look a few rows up by key, always. A plan is made once per connection and kept, so it must not be
 * made after what the tables hold at that moment: of an empty table the planner reads all rows, and would go on doing so
 * with a million.
 */
const HOT_PLANS = [
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'plan_cache_mode=force_generic_plan',
]
  .map((setting) => `-c ${setting}`)
  .join(' ')

const SEARCH_CONNECTIONS = 3
/** Nobody waits longer for a search; what takes longer is too broad a question, and is answered so. */
const SEARCH_TIMEOUT_MS = 2000

/**
 * What matches a word is found in its own index: by statistics alone the planner would now and then walk through a whole account
 * by key instead, hoping to meet enough. Bitmaps leave it nothing else; looking single rows up by them costs little more. What is
 * joined is looked up row by row, newest first, and so ends when enough is found.
 */
const SEARCH_PLANS = [
  'enable_seqscan=off',
  'enable_indexscan=off',
  'enable_indexonlyscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'plan_cache_mode=force_custom_plan',
  'max_parallel_workers_per_gather=0',
  'work_mem=16MB',
  'pg_trgm.word_similarity_threshold=0.5',
  `statement_timeout=${SEARCH_TIMEOUT_MS}`,
]
  .map((setting) => `-c ${setting}`)
  .join(' ')

/** Opens the pools; the first query is the first to fail when nobody answers. */
export function openDatabase(connection: pg.PoolConfig, maxConnections = 8): Database {
  const settings = {
    ...connection,
    application_name: 'parley',
    // Short queries by primary key: compiling them costs more than running them.
    options: '-c jit=off -c timezone=UTC',
  }
  const pool = new pg.Pool({ ...settings, max: maxConnections })
  const options = `${settings.options} ${HOT_PLANS}`
  const hotPool = new pg.Pool({ ...settings, options, max: HOT_CONNECTIONS, pipeline: true })
  const searchPool = new pg.Pool({
    ...settings,
    options: `${settings.options} ${SEARCH_PLANS}`,
    max: SEARCH_CONNECTIONS,
  })
  // A connection lost while idle is replaced at the next query; without a listener it would end the process.
  for (const each of [pool, hotPool, searchPool]) {
    each.on('error', () => undefined)
    // One that is lent out is not heard by its pool. Whoever has it is told by his query.
    each.on('connect', (client) => client.on('error', () => undefined))
  }
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    hotPool,
    searchPool,
    close: async () => {
      await hotPool.end()
      await searchPool.end()
      await db.destroy()
    },
  }
}
