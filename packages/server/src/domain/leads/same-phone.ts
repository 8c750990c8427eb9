/** What stands before a national number: 8 in Russia, 0 in most of Europe, 00 before a country. */
const TRUNK = /^(?:00|8(?=\d{10}$)|0)/
const SHORTEST = 7

/**
 * True when two numbers are written for the same line: with a country code or without it, with whatever is dialled before a
 * national number, with any signs between the digits.
 */
export function isSamePhone(one: string, other: string): boolean {
  const [a, b] = [digitsOf(one), digitsOf(other)]
  if (a === b) return a.length >= SHORTEST
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  // Shorter than eight digits it is a number within a town, which another town has too.
  return short.length > SHORTEST && long.endsWith(short) && long.length - short.length <= 4
}

const digitsOf = (phone: string) => phone.replace(/\D/g, '').replace(TRUNK, '')
