import { phoneFact } from './facts.ts'
import { guessLanguages, LATIN_LANGUAGES, type LatinLanguage } from './guess-languages.ts'
import { isCyrillic, isLatin, phonesOf, type Word, wordsOf } from './words.ts'

/** What the database makes a search vector of. */
export interface VectorParts {
  /** Words with their places, and facts, as the text of a `tsvector`. */
  plain: string
  /** What each language's dictionary is given to make stems of. */
  russian: string
  english: string
  spanish: string
  portuguese: string
}

/** More words of one message are not indexed. */
const MOST_WORDS = 3000
/** `tsvector` counts places up to here. */
const LAST_PLACE = 16_383
/** Between two texts of one message, so that no phrase runs from one into the other. */
const GAP = 10

/**
 * @param texts what the message says: its text, its file's name, …
 * @param facts beginning with `=` (`facts.ts`)
 */
export function toVector(texts: readonly string[], facts: readonly string[]): VectorParts {
  const parts = texts.map((text) => wordsOf(text, MOST_WORDS))
  const words = parts.flat()
  const phones = texts.flatMap(phonesOf).map(({ digits }) => phoneFact(digits))
  const plain = [...placesOf(parts)].map(([word, places]) => `'${word}':${places.join(',')}`)
  const cyrillic = distinct(words.map((word) => word.plain).filter(isCyrillic))
  const latin = words.filter(({ word }) => isLatin(word))
  const stemmed = stemmedLatin(latin)
  return {
    plain: [...plain, ...distinct([...facts, ...phones]).map((fact) => `'${fact}'`)].join(' '),
    russian: cyrillic.join(' '),
    ...stemmed,
  }
}

function placesOf(parts: readonly (readonly Word[])[]): Map<string, number[]> {
  const places = new Map<string, number[]>()
  let place = 0
  for (const words of parts) {
    for (const { plain } of words) {
      place = Math.min(place + 1, LAST_PLACE)
      const known = places.get(plain)
      if (known) known.push(place)
      else places.set(plain, [place])
    }
    place += GAP
  }
  return places
}

/** Spanish and Portuguese words also with their accents: some endings are only known by them. */
function stemmedLatin(words: readonly Word[]): Record<LatinLanguage, string> {
  const languages = guessLanguages(words)
  const plain = distinct(words.map((word) => word.plain))
  const both = distinct(words.flatMap((word) => [word.plain, word.word]))
  const of = (language: LatinLanguage) => {
    if (!languages.includes(language)) return ''
    return (language === 'english' ? plain : both).join(' ')
  }
  return Object.fromEntries(LATIN_LANGUAGES.map((language) => [language, of(language)])) as Record<
    LatinLanguage,
    string
  >
}

const distinct = (words: readonly string[]) => [...new Set(words)]
