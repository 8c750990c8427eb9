import type { Deviation } from './deviation.ts'
import {
  bodyDeviations,
  contentTypeDeviations,
  dateDeviations,
  digestDeviations,
  methodDeviations,
  type PathContext,
  pathDeviations,
} from './part-deviations.ts'
import type { GivenSignature } from './read-given.ts'
import { macOf, type Recipe } from './recipe.ts'
import { type KnownSecret, secretDeviations } from './secrets.ts'
import { macDeviations, textDeviations } from './text-deviations.ts'

export interface Search extends PathContext {
  otherSecrets: readonly KnownSecret[]
  /** Ids that are taken for the secret, by what they are. */
  ids: Record<string, string>
}

export interface Found {
  /** None: it was made as it must be. */
  deviations: Deviation[]
  recipe: Recipe
}

/**
 * How the given signature was made: by the recipe, by it with one mistake, or with two that are common. Undefined: in no way that
 * is known. A signature that comes out is no accident: it has 160 bits.
 */
export function findDeviations(recipe: Recipe, given: GivenSignature, search: Search): Found | undefined {
  const found = (deviations: Deviation[]): Found | undefined => {
    const changed = Object.assign({ ...recipe }, ...deviations.map(({ change }) => change)) as Recipe
    return macOf(changed, given.algorithm).equals(given.mac) ? { deviations, recipe: changed } : undefined
  }
  const all = singles(recipe, search)
  return found([]) ?? first(all, (one) => found([one])) ?? findPair(recipe, all, found)
}

function singles(recipe: Recipe, search: Search): Deviation[] {
  return [
    ...secretDeviations(recipe.secret, search.otherSecrets, search.ids),
    ...methodDeviations(recipe),
    ...digestDeviations(recipe),
    ...contentTypeDeviations(recipe),
    ...dateDeviations(recipe),
    ...pathDeviations(recipe, search),
    ...textDeviations(),
    ...macDeviations(),
  ]
}

/** Two at once. Over the body alone only the secret and the body can be wrong. */
function findPair(
  recipe: Recipe,
  all: Deviation[],
  found: (pair: Deviation[]) => Found | undefined,
): Found | undefined {
  const common = all.filter(({ isCommon }) => isCommon)
  const byLines = common.filter(({ change }) => change.order === undefined)
  const bodyOnly = common.find(({ kind }) => kind === 'only_body_signed')!
  const ofBody = [...bodyDeviations(recipe), ...byLines.filter(({ on }) => on === 'secret')]
  return (
    first(ofBody, (one) => found([bodyOnly, one])) ??
    first(byLines, (one, at) =>
      first(byLines.slice(at + 1), (other) => (one.on === other.on ? undefined : found([one, other]))),
    )
  )
}

function first<Item, Result>(
  items: readonly Item[],
  find: (item: Item, at: number) => Result | undefined,
): Result | undefined {
  for (const [at, item] of items.entries()) {
    const result = find(item, at)
    if (result !== undefined) return result
  }
  return undefined
}
