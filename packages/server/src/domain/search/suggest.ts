import type { SearchSuggestion } from '@parley/protocol/model'
import { quoteSearchValue, SEARCH_OPERATORS, type SearchOperator } from '@parley/protocol/text'
import { listConnections } from '../deliveries/connection-health.ts'
import type { Deps } from '../deps.ts'
import { listPipelines } from '../pipelines/pipeline-queries.ts'
import type { Viewer } from '../users/viewer.ts'
import { HAS_VALUES, IS_VALUES, pickNamed } from './narrow.ts'

const MOST = 8

const LAST_WORD = new RegExp(`(^|\\s)(-?)(?:(${SEARCH_OPERATORS.join('|')}):"?([^"]*)|([^\\s":]*))$`, 'i')

/**
 * How the last word of a query can go on: an operator that begins so, or what the operator in front of it can be.
 * Shape: at most 8; none while a word is typed that is no beginning of an operator.
 */
export async function suggest(deps: Pick<Deps, 'db'>, viewer: Viewer, q: string): Promise<SearchSuggestion[]> {
  const match = LAST_WORD.exec(q)
  if (!match) return []
  const [whole, space = '', minus = '', operator, value = '', word = ''] = match
  const before = q.slice(0, match.index) + space + minus
  if (operator === undefined) {
    if (word === '' && whole !== '' && minus === '') return []
    return SEARCH_OPERATORS.filter((one) => one.startsWith(word.toLowerCase()) && one !== word.toLowerCase())
      .slice(0, MOST + 1)
      .map((one) => ({ kind: 'operator', query: `${before}${one}:`, label: `${one}:` }))
  }
  const names = await valuesOf(deps, viewer, operator.toLowerCase() as SearchOperator)
  const fitting = value === '' ? names : pickBeginning(names, value)
  return fitting.slice(0, MOST).map((name) => ({
    kind: 'value',
    query: `${before}${operator.toLowerCase()}:${quoteSearchValue(name)} `,
    label: name,
  }))
}

function pickBeginning(names: readonly string[], value: string): string[] {
  const exact = pickNamed(names, value, (name) => name)
  const begun = names.filter((name) => name.toLowerCase().startsWith(value.trim().toLowerCase()))
  return [...new Set([...begun, ...exact])]
}

async function valuesOf({ db }: Pick<Deps, 'db'>, { account }: Viewer, operator: SearchOperator): Promise<string[]> {
  switch (operator) {
    case 'from': {
      const users = await db
        .selectFrom('account_user')
        .select('name')
        .where('account_id', '=', account.id)
        .where('disabled_at', 'is', null)
        .orderBy('name')
        .execute()
      return ['me', 'client', 'team', 'bot', ...distinct(users.map(({ name }) => name))]
    }
    case 'channel':
      return distinct((await listConnections(db, account.id)).map(({ title }) => title))
    case 'stage':
      return distinct((await listPipelines(db, account.id)).flatMap(({ stages }) => stages.map(({ name }) => name)))
    case 'tag': {
      const tags = await db
        .selectFrom('tag')
        .select('name')
        .where('account_id', '=', account.id)
        .orderBy('name')
        .execute()
      return tags.map(({ name }) => name)
    }
    case 'in':
      return ['note', 'message']
    case 'has':
      return HAS_VALUES
    case 'is':
      return IS_VALUES
    case 'before':
    case 'after':
      return ['today', 'yesterday']
  }
}

const distinct = (names: readonly string[]) => [...new Set(names)]
