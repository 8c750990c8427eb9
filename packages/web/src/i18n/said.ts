import { FALLBACK } from './languages.ts'
import type { TextKey } from './namespaces.ts'
import { t } from './t.ts'
import { getLanguage, loadTexts, useLanguage } from './texts.ts'
import { PLACEHOLDER, type Tree } from './translate.ts'

/** What in a sentence of the server is a sentence, or a word of a list, itself. */
const SAID_TOO: readonly string[] = ['reason', 'act', 'when', 'within']
/** "name: there is …": the field by its name on the wire, which nobody sees. */
const FIELD = /^[a-z][\w.]*: /

interface Pattern {
  key: TextKey
  sentence: RegExp
  names: readonly string[]
}

/** The English of `said.json`, as the server says it; the ones that leave least open come first. */
let patterns: readonly Pattern[] = []

/** The server speaks English. Called before anything is drawn: from now on what it says is known in the language of the screens. */
export function startSaid(): void {
  void loadSaid()
  useLanguage.subscribe(() => void loadSaid())
}

/** Without it the server's own words are shown. */
export async function loadSaid(): Promise<void> {
  if (getLanguage() === FALLBACK) return
  try {
    const [english] = await Promise.all([import('./en/said.json'), loadTexts('said')])
    patterns = toPatterns(english.default)
  } catch {
    // No network: the next change of the language, or the next start, tries again.
  }
}

/** A sentence of the server in the language of the screens, without a full stop. */
export function sayAgain(sentence: string): string {
  const english = sentence.replace(/\.$/, '')
  if (getLanguage() === FALLBACK || patterns.length === 0 || english === '') return english
  const plain = english.replace(FIELD, '')
  return translated(plain) ?? t('said.other', { sentence: plain })
}

function translated(sentence: string): string | undefined {
  for (const { key, sentence: pattern, names } of patterns) {
    const found = pattern.exec(sentence)
    if (!found) continue
    const values = names.map((name, index) => {
      const value = found[index + 1] ?? ''
      return [name, SAID_TOO.includes(name) ? (translated(value) ?? value) : value]
    })
    return t(key, Object.fromEntries(values))
  }
  return undefined
}

export function toPatterns(tree: Tree): readonly Pattern[] {
  return sentencesOf(tree)
    .filter(([key]) => key !== 'said.other')
    .map(([key, text]) => ({ key, text, fixed: text.replace(PLACEHOLDER, '').length }))
    .sort((one, other) => other.fixed - one.fixed)
    .map(({ key, text }) => ({ key: key as TextKey, ...toPattern(text) }))
}

function sentencesOf(tree: Tree, path = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([name, node]) =>
    typeof node === 'object' ? sentencesOf(node, `${path}${name}.`) : [[path + name, node] as [string, string]],
  )
}

function toPattern(text: string): Pick<Pattern, 'sentence' | 'names'> {
  const pieces = text.split(PLACEHOLDER)
  const fixed = pieces.map((piece, index) => (index % 2 === 1 ? '(.+)' : piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  return { sentence: new RegExp(`^${fixed.join('')}$`, 's'), names: pieces.filter((_, index) => index % 2 === 1) }
}
