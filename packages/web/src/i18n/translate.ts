import type { TextKey } from './namespaces.ts'

export type TextValues = Readonly<Record<string, string | number>>
export interface Tree {
  readonly [key: string]: string | Tree
}

export const PLACEHOLDER = /\{\{(\w+)\}\}/g

/** Reads catalogues in the i18next v4 format: nested keys, `{{name}}`, plural suffixes as `Intl.PluralRules` names them. */
export function createTranslate(catalogue: Tree, locale: string) {
  const plural = new Intl.PluralRules(locale)
  const number = new Intl.NumberFormat(locale)

  function find(key: string): string | undefined {
    let node: string | Tree | undefined = catalogue
    for (const step of key.split('.')) node = typeof node === 'object' ? node[step] : undefined
    return typeof node === 'string' ? node : undefined
  }

  return function translate(key: TextKey, values: TextValues = {}): string {
    const count = values.count
    const template = (typeof count === 'number' && find(`${key}_${plural.select(count)}`)) || find(key) || key
    return template.replace(PLACEHOLDER, (_, name: string) => {
      const value = values[name]
      return typeof value === 'number' ? number.format(value) : (value ?? '')
    })
  }
}

/** One tree over another: what both have is the upper one's. */
export function layOver(lower: Tree, upper: Tree): Tree {
  const merged: Record<string, string | Tree> = { ...lower }
  for (const [key, node] of Object.entries(upper)) {
    const below = merged[key]
    merged[key] = typeof node === 'object' && typeof below === 'object' ? layOver(below, node) : node
  }
  return merged
}
