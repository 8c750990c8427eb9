/** A word of a text, and where it stands (in UTF-16 units, as the screens count). */
export interface Word {
  /** Lower case, as written. */
  word: string
  /** The same without accents: what words are compared by. */
  plain: string
  offset: number
  length: number
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu
/** Longer ones are no words; they are found by how they begin. */
const LONGEST_WORD = 64

/** The words of a text, in order; what is neither letter nor digit separates them. */
export function wordsOf(text: string, most = Number.POSITIVE_INFINITY): Word[] {
  const words: Word[] = []
  for (const match of text.matchAll(WORD)) {
    if (words.length >= most) break
    const word = spell(match[0])
    const plain = fold(word)
    // Some "letters" spell out as accents alone.
    if (plain !== '') words.push({ word, plain, offset: match.index, length: match[0].length })
  }
  return words
}

const ASCII = /^[\da-z]*$/i
/** Spelled out, ½ has a slash in it and ﷺ spaces; and a cut may leave half a letter. */
const NO_PART_OF_A_WORD = /[^\p{L}\p{N}\p{M}]/gu

function spell(found: string): string {
  if (ASCII.test(found)) return found.toLowerCase().slice(0, LONGEST_WORD)
  const letters = found.normalize('NFKC').toLowerCase().slice(0, LONGEST_WORD)
  return letters.replace(NO_PART_OF_A_WORD, '')
}

// The breve of й is no accent: it is another letter.
const ACCENTS = /(?<!и)\p{M}|(?<=и)(?!\u0306)\p{M}/gu

/** Without accents, and ё as е: people leave them out. */
export const fold = (word: string): string =>
  /^[a-z0-9]*$/.test(word) ? word : word.normalize('NFD').replace(ACCENTS, '').normalize('NFC')

// A number in any spelling: +34 612 345 678, 8 (912) 345-67-89, 0034612345678.
const PHONE = /(?<![\p{L}\p{N}])\+?\(?\d(?:[\s().\-–/]{0,3}\d){6,14}(?![\p{L}\p{N}])/gu

export interface PhoneInText {
  digits: string
  offset: number
  length: number
}

/** What could be a phone number: 7 to 15 digits. */
export function phonesOf(text: string): PhoneInText[] {
  return [...text.matchAll(PHONE)].map((match) => ({
    digits: digitsOf(match[0]),
    offset: match.index,
    length: match[0].length,
  }))
}

export const digitsOf = (text: string): string => text.replace(/\D/g, '')

/** Two spellings of a number differ in front (+7, 8, 0034, 0): these many digits at its end are the same in all of them. */
const SIGNIFICANT_DIGITS = 9

/** What all spellings of a number end with; the whole of a short one. */
export const phoneEnd = (digits: string): string => digits.slice(-SIGNIFICANT_DIGITS)

export const isCyrillic = (word: string): boolean => /\p{Script=Cyrillic}/u.test(word)
export const isLatin = (word: string): boolean => /^[\p{Script=Latin}\p{M}]+$/u.test(word)

// By sound, roughly: who looks for Karenina means Каренина, too.
const CYRILLIC: Record<string, string> = Object.fromEntries(
  'а:a б:b в:v г:g ґ:g д:d е:e є:e ж:zh з:z и:i і:i ї:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ў:u ф:f х:h ц:ts ч:ch ш:sh щ:sch ъ: ы:y ь: э:e ю:yu я:ya'
    .split(' ')
    .map((pair) => pair.split(':')),
)

/**
 * A folded word in the letters a to z and digits, which is all that trigrams know in every locale of a database. Letters of other
 * scripts stand as their numbers.
 */
export function toAscii(plain: string): string {
  if (/^[a-z0-9]*$/.test(plain)) return plain
  let ascii = ''
  for (const letter of plain.replaceAll('ß', 'ss')) {
    ascii += /[a-z0-9]/.test(letter)
      ? letter
      : (CYRILLIC[letter] ?? letter.codePointAt(0)?.toString(16).padStart(5, 'x'))
  }
  return ascii
}
