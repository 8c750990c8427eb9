/** Any emoji, or those listed. */
export type AllowedEmoji = 'all' | readonly string[]

const VARIATION_SELECTOR = '\uFE0F'

/** The same for the spellings of one emoji: clients differ on U+FE0F, and on how what is composed is written. */
const keyOf = (emoji: string) => emoji.trim().normalize('NFC').replaceAll(VARIATION_SELECTOR, '')

export const isSameEmoji = (one: string, other: string) => keyOf(one) === keyOf(other)

/** The emoji in the channel's own spelling; undefined when the channel does not have it. */
export function pickEmoji(allowed: AllowedEmoji, emoji: string): string | undefined {
  return allowed === 'all' ? emoji.trim() : allowed.find((each) => isSameEmoji(each, emoji))
}

export const takesReactions = (allowed: AllowedEmoji) => allowed === 'all' || allowed.length > 0
