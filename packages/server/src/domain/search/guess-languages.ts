import type { Word } from './words.ts'

/** Languages in Latin letters whose words have forms that search knows. Russian is told by its letters. */
export type LatinLanguage = 'english' | 'spanish' | 'portuguese'
export const LATIN_LANGUAGES: readonly LatinLanguage[] = ['english', 'spanish', 'portuguese']

/** What stands in nearly every sentence of one of them and seldom in the others. */
const TELLTALES: Record<LatinLanguage, ReadonlySet<string>> = {
  english: setOf(
    'the and is are was you we it of to in for on with have has what when how much can will would your my this that hello hi',
  ),
  spanish: setOf(
    'el la los las y es está están qué cómo cuánto cuándo por para con una un del muy pero hola gracias usted mi su hay tiene puede',
  ),
  portuguese: setOf(
    'o os as e é não você está que como quanto quando por para com uma um do da dos das no na muito mas olá oi obrigado obrigada meu minha tem pode',
  ),
}

const LETTERS: Partial<Record<LatinLanguage, RegExp>> = { spanish: /ñ/, portuguese: /[ãõç]|nh|lh/ }

/**
 * Which languages a text may be in. Often a message is too short to tell: then all three, so that nothing is missed; when one is
 * plain, only that one, so that the forms of one language are not taken for another's.
 */
export function guessLanguages(words: readonly Word[]): readonly LatinLanguage[] {
  const scores = LATIN_LANGUAGES.map((language) => scoreOf(language, words))
  const best = Math.max(...scores)
  if (best < 2) return LATIN_LANGUAGES
  return LATIN_LANGUAGES.filter((_, index) => (scores[index] ?? 0) * 2 > best)
}

function scoreOf(language: LatinLanguage, words: readonly Word[]): number {
  const letters = LETTERS[language]
  let score = 0
  for (const { word } of words) {
    if (TELLTALES[language].has(word)) score += 1
    if (letters?.test(word)) score += 1
  }
  return score
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}
