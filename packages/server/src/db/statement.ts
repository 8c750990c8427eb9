import type pg from 'pg'

/** Hand-written SQL of a hot path: named, so that a connection parses and plans it once. */
export interface Statement {
  name: string
  text: string
}

/** Makes the statements of one room; the room's name keeps theirs apart from other rooms'. */
export const statementsOf =
  (room: string) =>
  (name: string, text: string): Statement => ({ name: `${room}_${name}`, text })

/** Runs a statement; on a pipelined connection several may be on their way at once. */
export async function run<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  statement: Statement,
  values: unknown[],
): Promise<Row[]> {
  const result = await client.query<Row>({ ...statement, values })
  return result.rows
}

/** Turns rows into what a set-based statement takes: one array per column, so that it is the same for any number of rows. */
export function columns<Row>(rows: readonly Row[], ...getters: ((row: Row) => unknown)[]): unknown[][] {
  return getters.map((get) => rows.map(get))
}

/** @throws {Error} when an earlier failure turned the commit into a rollback */
export async function commit(client: pg.ClientBase): Promise<void> {
  const { command } = await client.query('commit')
  if (command !== 'COMMIT') throw new Error('The transaction was rolled back instead of committed.')
}
