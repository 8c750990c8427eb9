const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

const firstLetter = (word: string) => segmenter.segment(word)[Symbol.iterator]().next().value?.segment ?? ''

/** Up to two letters for an avatar. A phone number has none worth showing: its last two figures tell it from others. */
export function initials(name: string): string {
  const words = name.split(/[\s&]+/).filter((word) => /\p{L}/u.test(word))
  if (words.length > 0) return words.slice(0, 2).map(firstLetter).join('').toUpperCase()
  return name.replaceAll(/\D/g, '').slice(-2) || '?'
}
