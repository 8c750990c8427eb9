import { sql } from '@parley/server/internals'
import type { TestWorld } from '@parley/testkit'

export interface FingerprintOptions {
  /** Only what is this account's; absent: everything there is. */
  accountId?: number
  /** Tables that may change without anybody having changed anything. */
  without?: readonly string[]
}

/** How everything is, by table: a digest of its rows. Where two of them are equal, nothing has changed in between. */
export type Fingerprint = Record<string, string>

/** Builds the query once; what comes back takes a fingerprint as often as asked. */
export async function fingerprintsOf(
  { deps: { db } }: Pick<TestWorld, 'deps'>,
  { accountId, without = [] }: FingerprintOptions = {},
): Promise<() => Promise<Fingerprint>> {
  const { rows: tables } = await sql<{ name: string; columns: string[] }>`
    select t.table_name as name, array_agg(c.column_name::text) as columns
    from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
    where t.table_schema = 'public' and t.table_type = 'BASE TABLE' group by t.table_name`.execute(db)
  const query = tables
    .map(({ name, columns }) => ({ name, where: accountId === undefined ? 'true' : ofAccount(columns, accountId) }))
    .filter(({ name, where }) => where !== undefined && !without.includes(name))
    .map(
      ({ name, where }) =>
        `select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print
         from "${name}" t where ${where}`,
    )
    .join(' union all ')
  return async () => {
    const { rows } = await sql<{ name: string; print: string }>`${sql.raw(query)}`.execute(db)
    return Object.fromEntries(rows.map(({ name, print }) => [name, print]))
  }
}

/** Which rows are an account's: its own, and those of what it registered. */
function ofAccount(columns: readonly string[], accountId: number): string | undefined {
  if (columns.includes('owner_account_id')) return `owner_account_id = ${accountId}`
  if (!columns.includes('account_id') && columns.includes('channel_id'))
    return `channel_id in (select id from channel where owner_account_id = ${accountId})`
  return columns.includes('account_id') ? `account_id = ${accountId}` : undefined
}

const LOOKS = 10
const PAUSE_MS = 150

/** Until what follows the events has taken all of them: nothing has changed for a second and a half. */
export async function untilQuiet(take: () => Promise<Fingerprint>): Promise<Fingerprint> {
  for (let before = '', same = 0; ; ) {
    const found = await take()
    const now = JSON.stringify(found)
    same = now === before ? same + 1 : 0
    if (same === LOOKS) return found
    before = now
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
