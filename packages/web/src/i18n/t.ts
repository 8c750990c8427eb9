import type { ReactNode } from 'react'
import en from './en.json'

type Catalogue = typeof en
type Suffix = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
type WithoutSuffix<Key extends string> = Key extends `${infer Base}_${Suffix}` ? Base : Key
type KeysOf<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? WithoutSuffix<Key> : `${Key}.${KeysOf<Tree[Key]>}`
}[keyof Tree & string]

/** A text of the screens, e.g. `inbox.title`; one that counts is named without its plural suffix. */
export type TextKey = KeysOf<Catalogue>
export type TextValues = Readonly<Record<string, string | number>>
export interface Tree {
  readonly [key: string]: string | Tree
}

const PLACEHOLDER = /\{\{(\w+)\}\}/

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
    return template.replace(new RegExp(PLACEHOLDER, 'g'), (_, name: string) => {
      const value = values[name]
      return typeof value === 'number' ? number.format(value) : (value ?? '')
    })
  }
}

export const LOCALE = 'en'
export const t = createTranslate(en, LOCALE)

/** The same, with React nodes in the places of `{{name}}`. */
export function tNodes(key: TextKey, nodes: Readonly<Record<string, ReactNode>>): ReactNode[] {
  const names = Object.keys(nodes)
  const marked = t(key, Object.fromEntries(names.map((name) => [name, `\u0000${name}\u0000`])))
  return marked.split('\u0000').map((piece, index) => (index % 2 === 1 ? nodes[piece] : piece))
}
