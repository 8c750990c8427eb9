import { describe, expect, test } from 'vitest'
import { FALLBACK, isLanguage, LANGUAGE_CODES } from './languages.ts'
import { PLACEHOLDER, type Tree } from './translate.ts'

const FILES = import.meta.glob<Tree>('./*/*.json', { import: 'default', eager: true })
const SUFFIX = /_(zero|one|two|few|many|other)$/

/** Every text under its dotted key; what counts is listed once, under its name without a suffix. */
function listTexts(tree: Tree, path = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([name, node]) =>
    typeof node === 'object' ? listTexts(node, `${path}${name}.`) : [[path + name, node] as [string, string]],
  )
}

const placeholders = (text: string) => [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name]) => name))].sort()

/** The keys a language must have: the English ones, with the plural forms of its own. */
function expectedKeys(english: Tree, language: string): string[] {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const keys = listTexts(english).flatMap(([key]) =>
    SUFFIX.test(key) ? categories.map((category) => key.replace(SUFFIX, `_${category}`)) : [key],
  )
  return [...new Set(keys)].sort()
}

/** Long enough that it cannot happen to be the same in two languages. */
const isSentence = (text: string) => (text.replace(PLACEHOLDER, '').match(/\p{L}+/gu) ?? []).length > 2

const files = Object.entries(FILES).map(([path, tree]) => {
  const [, language = '', namespace = ''] = /^\.\/(\w+)\/([\w-]+)\.json$/.exec(path) ?? []
  return { path, language, namespace, tree }
})

test.each(LANGUAGE_CODES)('every namespace is written in %s', (language) => {
  const namespacesIn = (code: string) => files.filter((file) => file.language === code).map((file) => file.namespace)
  expect(namespacesIn(language).sort()).toEqual(namespacesIn(FALLBACK).sort())
})

describe.each(files)('$path', ({ language, namespace, tree }) => {
  const english = FILES[`./en/${namespace}.json`]

  test('is a language and a namespace of ours', () => {
    expect(isLanguage(language)).toBe(true)
    expect(english).toBeDefined()
  })

  test('has exactly the English keys, with the plural forms of its language', () => {
    const keys = listTexts(tree).map(([key]) => key)
    expect(keys.sort()).toEqual(expectedKeys(english!, language))
  })

  test('has the English placeholders', () => {
    const originals = new Map(listTexts(english!).map(([key, text]) => [key.replace(SUFFIX, ''), text]))
    for (const [key, text] of listTexts(tree)) {
      const original = originals.get(key.replace(SUFFIX, ''))
      expect([key, ...placeholders(text)]).toEqual([key, ...placeholders(original ?? '')])
    }
  })

  test.runIf(language !== FALLBACK)('has no sentence left in English', () => {
    const originals = new Set(listTexts(english!).map(([, text]) => text))
    expect(listTexts(tree).filter(([, text]) => isSentence(text) && originals.has(text))).toEqual([])
  })

  test('has no empty text', () => {
    expect(listTexts(tree).filter(([, text]) => text.trim() === '')).toEqual([])
  })
})
