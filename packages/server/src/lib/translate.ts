/** A catalogue in the i18next v4 format, as the screens have: nested keys, `{{name}}`, plural suffixes as `Intl.PluralRules` names them. */
export interface Catalogue {
  readonly [key: string]: string | Catalogue
}

export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string

const PLACEHOLDER = /\{\{(\w+)\}\}/g

/** A key that the catalogue does not have is taken from `fallback`, the catalogue that has them all. */
export function createTranslate(catalogue: Catalogue, locale: string, fallback: Catalogue): Translate {
  const plural = new Intl.PluralRules(locale)
  const number = new Intl.NumberFormat(locale)
  return (key, values = {}) => {
    const { count } = values
    const names = typeof count === 'number' ? [`${key}_${plural.select(count)}`, `${key}_other`, key] : [key]
    const template = [catalogue, fallback].flatMap((tree) => names.map((name) => find(tree, name))).find(Boolean) ?? key
    return template.replace(PLACEHOLDER, (_, name: string) => {
      const value = values[name]
      return typeof value === 'number' ? number.format(value) : (value ?? '')
    })
  }
}

function find(tree: Catalogue, key: string): string | undefined {
  let node: string | Catalogue | undefined = tree
  for (const step of key.split('.')) node = typeof node === 'object' ? node[step] : undefined
  return typeof node === 'string' ? node : undefined
}
