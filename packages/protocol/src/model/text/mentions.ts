export interface Named<Id> {
  id: Id
  name: string
}

export interface FoundMention<Id> extends Named<Id> {
  /** Of the @ within the text. */
  start: number
  end: number
}

const IS_WORD = /[\p{L}\p{N}_]/u

/**
 * Where a text names one of these people behind an @, in the order of the text. The longest name wins, whatever its case.
 * Of people of one name the first; `preferred` ids come before the others.
 */
export function findMentions<Id>(
  text: string,
  people: readonly Named<Id>[],
  preferred: readonly Id[] = [],
): FoundMention<Id>[] {
  const ranked = people
    .filter(({ name }) => name !== '')
    .toSorted(
      (a, b) => b.name.length - a.name.length || Number(preferred.includes(b.id)) - Number(preferred.includes(a.id)),
    )
  const found: FoundMention<Id>[] = []
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    // The one of an address stands behind a letter.
    if (IS_WORD.test(text[at - 1] ?? ' ')) continue
    const one = ranked.find(({ name }) => startsWithName(text, at + 1, name))
    if (one) found.push({ id: one.id, name: one.name, start: at, end: at + 1 + one.name.length })
  }
  return found
}

function startsWithName(text: string, at: number, name: string): boolean {
  const end = at + name.length
  return text.slice(at, end).toLowerCase() === name.toLowerCase() && !IS_WORD.test(text[end] ?? ' ')
}
