import { create } from 'zustand'
import { FALLBACK, isLanguage, type Language, pickLanguage } from './languages.ts'
import type { Namespace } from './namespaces.ts'
import { createTranslate, layOver, type Tree } from './translate.ts'

/** A file per language and namespace, each fetched when it is first needed. */
const FILES = import.meta.glob<Tree>('./*/*.json', { import: 'default' })
const KEY = 'parley.language'

const here = {
  language: readLanguage(),
  /** What was read in this language. */
  trees: new Map<Namespace, Tree>(),
  translate: createTranslate({}, FALLBACK),
}

/** For what is drawn: the app is drawn anew in another language. */
export const useLanguage = create<{ language: Language }>()(() => ({ language: here.language }))

/** The language of the screens now. */
export const getLanguage = (): Language => here.language

export const getTranslate = () => here.translate

/** Brings the texts of these namespaces, in the language of the screens; at once when they are there. */
export async function loadTexts(...namespaces: readonly Namespace[]): Promise<void> {
  const { language } = here
  const missing = namespaces.filter((namespace) => !here.trees.has(namespace))
  if (missing.length === 0) return
  const read = await readAll(language, missing)
  // Another language was chosen meanwhile, before it knew of these.
  if (here.language !== language) return loadTexts(...namespaces)
  show(language, new Map([...here.trees, ...read]))
}

/** Another language, at once and for the next visits. Rejects, and changes nothing, when its texts cannot be read. */
export async function setLanguage(language: Language): Promise<void> {
  await changeTo(language)
  keep(language)
}

/** Called before anything is drawn. */
export function startLanguage(): void {
  document.documentElement.lang = here.language
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === KEY && isLanguage(newValue)) changeTo(newValue).catch(() => undefined)
  })
}

async function changeTo(language: Language): Promise<void> {
  if (language === here.language) return
  const read = new Map<Namespace, Tree>()
  // While some are read, others may come in the old language.
  for (let missing = lacking(read); missing.length > 0; missing = lacking(read)) {
    for (const [name, tree] of await readAll(language, missing)) read.set(name, tree)
  }
  show(language, read)
  useLanguage.setState({ language })
}

const lacking = (read: ReadonlyMap<Namespace, Tree>) => [...here.trees.keys()].filter((name) => !read.has(name))

function show(language: Language, trees: Map<Namespace, Tree>): void {
  here.language = language
  here.trees = trees
  here.translate = createTranslate([...trees.values()].reduce(layOver, {}), language)
  if (typeof document !== 'undefined') document.documentElement.lang = language
}

async function readAll(language: Language, namespaces: readonly Namespace[]): Promise<Map<Namespace, Tree>> {
  return new Map(await Promise.all(namespaces.map(async (name) => [name, await readFile(language, name)] as const)))
}

/** A namespace nobody has translated yet is read in English. */
function readFile(language: Language, namespace: Namespace): Promise<Tree> {
  const read = FILES[`./${language}/${namespace}.json`] ?? FILES[`./${FALLBACK}/${namespace}.json`]
  if (!read) throw new Error(`there is no i18n/en/${namespace}.json`)
  return read()
}

function readLanguage(): Language {
  if (typeof window === 'undefined') return FALLBACK
  try {
    return pickLanguage(localStorage.getItem(KEY), navigator.languages)
  } catch {
    return pickLanguage(null, navigator.languages)
  }
}

/** Storage may be forbidden: then the choice lives as long as the page. */
function keep(language: Language): void {
  try {
    localStorage.setItem(KEY, language)
  } catch {
    // Nothing to do: it is on the screen.
  }
}
