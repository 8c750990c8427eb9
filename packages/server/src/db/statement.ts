import type { Writable } from 'node:stream'
import { CompiledQuery } from 'kysely'
import type pg from 'pg'
import type { Tx } from './open-database.ts'

/** Hand-written SQL of a hot path: named, so that a connection parses and plans it once. */
export interface Statement {
  name: string
  text: string
}

/** Makes the statements of one room; the room's name keeps theirs apart from other rooms'. */
export const statementsOf =
  (room: string) =>
  (name: string, text: string): Statement => ({ name: `${room}_${name}`, text })

/** A pool or one of its connections. */
export interface Runner {
  query<Row extends pg.QueryResultRow>(statement: pg.QueryConfig): Promise<pg.QueryResult<Row>>
}

/** Lets a hot path's statement take part in a transaction that is not hot. */
export const runnerOf = (tx: Tx): Runner => ({
  async query<Row extends pg.QueryResultRow>({ text, values = [] }: pg.QueryConfig) {
    const { rows } = await tx.executeQuery<Row>(CompiledQuery.raw(text, values as unknown[]))
    return { rows } as pg.QueryResult<Row>
  },
})

/** Runs a statement; on a pipelined connection several may be on their way at once. */
export async function run<Row extends pg.QueryResultRow>(
  client: Runner,
  statement: Statement,
  values: unknown[],
): Promise<Row[]> {
  const result = await client.query<Row>({ ...statement, values })
  return result.rows
}

/**
 * What is started inside (on a pipelined connection) goes to the server in one write: a system call costs more than most of
 * our statements.
 */
export function inOneWrite<Started>(client: pg.ClientBase, start: () => Started): Started {
  const stream = streamOf(client)
  stream.cork()
  try {
    return start()
  } finally {
    stream.uncork()
  }
}

/** Holds what is started from now on until this turn of the event loop is over, so that it goes out in one write. */
export function holdThisTurn(client: pg.ClientBase): void {
  const stream = streamOf(client)
  stream.cork()
  setImmediate(() => stream.uncork())
}

/** The driver's socket; it corks around single statements itself, and corks nest. */
const streamOf = (client: pg.ClientBase) =>
  (client as unknown as { connection: { stream: Writable } }).connection.stream

/** Turns rows into what a set-based statement takes: one array per column, so that it is the same for any number of rows. */
export function columns<Row>(rows: readonly Row[], ...getters: ((row: Row) => unknown)[]): unknown[][] {
  return getters.map((get) => rows.map(get))
}

/**
 * A column of numbers, uuids, our own constants or null as PostgreSQL's text form of an array. The driver would look at every character of
 * every element for something to escape; here is nothing.
 */
export function plainColumn<Row>(rows: readonly Row[], get: (row: Row) => string | number | null): string {
  return `{${rows.map((row) => get(row) ?? 'NULL').join(',')}}`
}

/** Lends one of the pool's connections; one that something went wrong on is not given back. */
export async function withClient<Answer>(
  pool: pg.Pool,
  work: (client: pg.ClientBase) => Promise<Answer>,
): Promise<Answer> {
  const client = await pool.connect()
  let isBroken = true
  try {
    const answer = await work(client)
    isBroken = false
    return answer
  } finally {
    client.release(isBroken)
  }
}

/** Runs reads that must be of one moment. */
export async function inSnapshot<Answer>(pool: pg.Pool, read: (client: Runner) => Promise<Answer>): Promise<Answer> {
  return withClient(pool, async (client) => {
    const begin = { text: 'begin isolation level repeatable read read only' }
    const [, answer] = await inOneWrite(client, () => Promise.all([client.query(begin), read(client)]))
    await client.query('commit')
    return answer
  })
}

/** @throws {Error} when an earlier failure turned the commit into a rollback */
export async function commit(client: Runner): Promise<void> {
  const { command } = await client.query({ text: 'commit' })
  if (command !== 'COMMIT') throw new Error('The transaction was rolled back instead of committed.')
}

/** Somebody else has just written what must be there once. */
export const isUniqueViolation = (error: unknown) => (error as { code?: unknown }).code === '23505'
