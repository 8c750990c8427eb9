import { phoneFact } from './facts.ts'
import type { Term } from './parse-query.ts'
import { phoneEnd, type Word } from './words.ts'

type Stems = ReadonlyMap<string, readonly string[]>

/**
 * What is asked of the index, as the text of a `tsquery`; empty when nothing is.
 * @param facts each must be true, too (`facts.ts`)
 */
export function toTsquery(terms: readonly Term[], stems: Stems, facts: readonly string[]): string {
  const parts = terms.map((term) => (term.isNot ? `!(${termText(term, stems)})` : `(${termText(term, stems)})`))
  return [...facts, ...parts].join(' & ')
}

export const allOf = (facts: readonly string[]): string => facts.map(quote).join(' & ')
export const anyOf = (facts: readonly string[]): string => `(${facts.map(quote).join(' | ')})`
export const noneOf = (facts: readonly string[]): string => `!${anyOf(facts)}`

function termText(term: Term, stems: Stems): string {
  switch (term.kind) {
    case 'word':
      return wordText(term.word, term.isPrefix, stems)
    case 'phrase':
      return term.words
        .map(({ plain }, index) => quote(plain) + (term.isPrefix && index === term.words.length - 1 ? ':*' : ''))
        .join(' <-> ')
    case 'phone':
      return `${quote(phoneFact(phoneEnd(term.digits)))}:* | (${allOf(term.words.map(({ plain }) => plain))})`
  }
}

function wordText({ word, plain }: Word, isPrefix: boolean, stems: Stems): string {
  const others = (stems.get(word) ?? []).filter((stem) => stem !== plain)
  return [quote(plain) + (isPrefix ? ':*' : ''), ...others.map(quote)].join(' | ')
}

const quote = (lexeme: string) => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
