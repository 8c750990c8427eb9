import type { AccountId, UserId } from '@parley/protocol/model'
import { CompiledQuery } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import { BoundedMap } from '../../lib/bounded-map.ts'
import { filterSql, type Scope, Values } from './scope.ts'

/** How many chats are in lists. */
export interface InboxCounter {
  /** One number per scope, at least as new as event `seq` of the account. */
  count(accountId: AccountId, seq: number, scopes: readonly Scope[]): Promise<number[]>
}

type ByOwner = ReadonlyMap<UserId, number>

interface Kept {
  seq: number
  byFilters: Map<string, ByOwner>
}

const ACCOUNTS_KEPT = 500

/**
 * Sums counters, whoever is responsible apart: so what one viewer asks answers the others, too, until the counters change.
 * Kept per node; the database is asked once per change, not once per screen.
 */
export function createInboxCounter(db: Db): InboxCounter {
  const accounts = new BoundedMap<AccountId, Kept>(ACCOUNTS_KEPT)
  return {
    async count(accountId, seq, scopes) {
      let kept = accounts.get(accountId)
      if (!kept || kept.seq < seq) {
        kept = { seq, byFilters: new Map() }
        accounts.set(accountId, kept)
      }
      const { byFilters } = kept
      const missing = new Map(
        scopes.map((scope) => [keyOf(scope), scope]).filter(([key]) => !byFilters.has(key as string)) as [
          string,
          Scope,
        ][],
      )
      for (const [key, sums] of await sumByOwner(db, accountId, missing)) byFilters.set(key, sums)
      return scopes.map((scope) => sumOf(byFilters.get(keyOf(scope)), scope.owners))
    },
  }
}

const keyOf = ({ states, filters }: Scope): string =>
  JSON.stringify([states, Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1))])

function sumOf(sums: ByOwner | undefined, owners: Scope['owners']): number {
  if (!sums) return 0
  const counted = owners === null ? [...sums.values()] : owners.map((owner) => sums.get(owner) ?? 0)
  return counted.reduce((sum, n) => sum + n, 0)
}

async function sumByOwner(
  db: Db,
  accountId: AccountId,
  scopes: ReadonlyMap<string, Scope>,
): Promise<Map<string, ByOwner>> {
  const all = [...scopes]
  const plain = all.filter(([, { filters }]) => filters.tagId === undefined)
  const tagged = all.filter(([, { filters }]) => filters.tagId !== undefined)
  const sums = await Promise.all([
    ...(plain.length > 0 ? [sumTogether(db, accountId, plain)] : []),
    ...tagged.map((one) => sumTogether(db, accountId, [one])),
  ])
  return new Map(sums.flatMap((some) => [...some]))
}

/** In one pass over the account's counters; several of a tag would be several passes. */
async function sumTogether(
  db: Db,
  accountId: AccountId,
  scopes: readonly (readonly [string, Scope])[],
): Promise<Map<string, ByOwner>> {
  const values = new Values()
  const account = values.add(accountId, 'int')
  const tagId = scopes[0]?.[1].filters.tagId
  const from =
    tagId === undefined
      ? `inbox_count c where c.account_id = ${account}`
      : `inbox_tag_count c where c.account_id = ${account} and c.tag_id = ${values.add(tagId, 'bigint')}`
  const states = new Set(scopes.flatMap(([, scope]) => scope.states))
  const sums = scopes.map(([, { states: wanted, filters }], index) => {
    const conditions = [
      `c.state = any (${values.add(wanted, 'smallint[]')})`,
      ...filterSql('c', filters, values, 'c.is_waiting'),
    ]
    return `(coalesce(sum(c.n) filter (where ${conditions.join(' and ')}), 0))::int as n${index}`
  })
  const text = `select c.responsible_user_id as owner, ${sums.join(', ')} from ${from}
    and c.state = any (${values.add([...states], 'smallint[]')}) group by 1`
  const { rows } = await db.executeQuery<{ owner: UserId } & Record<string, number>>(
    CompiledQuery.raw(text, values.list),
  )
  return new Map(
    scopes.map(([key], index) => [key, new Map(rows.map((row) => [row.owner, row[`n${index}`] ?? 0]))] as const),
  )
}
