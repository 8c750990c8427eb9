/** What may stand before a colon in a search. */
export const SEARCH_OPERATORS = ['from', 'channel', 'stage', 'tag', 'in', 'has', 'is', 'before', 'after'] as const
export type SearchOperator = (typeof SEARCH_OPERATORS)[number]

/** `operator:value`, as it stands in a search. */
export interface SearchFilter {
  operator: SearchOperator
  value: string
  isNot: boolean
}

const SOURCE = `(-?)(${SEARCH_OPERATORS.join('|')}):(?:"([^"]*)"?|([^\\s"]+))`

/** Matches a filter where it is set to (sticky). */
export const searchFilterPattern = (): RegExp => new RegExp(SOURCE, 'iy')

/** @param match what `searchFilterPattern` found; undefined when it has no value yet */
export function toSearchFilter([, minus, operator, quoted, bare]: RegExpExecArray): SearchFilter | undefined {
  const value = (quoted ?? bare ?? '').trim()
  return value === '' ? undefined : { operator: operator?.toLowerCase() as SearchOperator, value, isNot: minus === '-' }
}

/** A search taken apart into its filters and all the rest. */
export function splitSearch(text: string): { filters: SearchFilter[]; rest: string } {
  const filters: SearchFilter[] = []
  const rest = text.replace(new RegExp(`(^|\\s)${SOURCE}`, 'gi'), (whole, space: string, ...groups: string[]) => {
    const filter = toSearchFilter([whole, ...groups] as unknown as RegExpExecArray)
    if (!filter) return whole
    filters.push(filter)
    return space
  })
  return { filters, rest: rest.replace(/\s+/g, ' ').trim() }
}

/** Puts it together again. */
export function joinSearch({ filters, rest }: { filters: readonly SearchFilter[]; rest: string }): string {
  const parts = filters.map(({ operator, value, isNot }) => `${isNot ? '-' : ''}${operator}:${quoteSearchValue(value)}`)
  return [rest, ...parts].filter((part) => part !== '').join(' ')
}

export const quoteSearchValue = (value: string): string =>
  /[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value
