import type { ReactNode } from 'react'
import type { TextKey } from './namespaces.ts'
import { getTranslate } from './texts.ts'
import type { TextValues } from './translate.ts'

export type { TextKey } from './namespaces.ts'

/** A text in the language of the screens. Never at the top of a module: there its texts have not come yet. */
export const t = (key: TextKey, values?: TextValues): string => getTranslate()(key, values)

/** The same, with React nodes in the places of `{{name}}`. */
export function tNodes(key: TextKey, nodes: Readonly<Record<string, ReactNode>>): ReactNode[] {
  const names = Object.keys(nodes)
  const marked = t(key, Object.fromEntries(names.map((name) => [name, `\u0000${name}\u0000`])))
  return marked.split('\u0000').map((piece, index) => (index % 2 === 1 ? nodes[piece] : piece))
}
