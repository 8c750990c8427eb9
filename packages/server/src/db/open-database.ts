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
  // A connection lost while idle is replaced at the next query; without a listener it would end the process.
  for (const each of [pool, hotPool]) each.on('error', () => undefined)
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    hotPool,
    close: async () => {
      await hotPool.end()
      await db.destroy()
    },
  }
}
