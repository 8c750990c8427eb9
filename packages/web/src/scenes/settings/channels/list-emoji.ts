/** The emoji of a text, with or without spaces between them; words stay whole, so that it can be said what is wrong with them. */
export function listEmoji(text: string): string[] {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '')
  return words.flatMap((word) => (/\p{L}/u.test(word) ? [word] : graphemesOf(word)))
}

function graphemesOf(word: string): string[] {
  if (!('Segmenter' in Intl)) return [word]
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(word)].map(({ segment }) => segment)
}
