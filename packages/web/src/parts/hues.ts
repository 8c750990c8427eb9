/** The eight hues of the design, by index; lightness and chroma come from the theme's tokens. */
const HUES = [266, 235, 200, 165, 75, 40, 150, 320] as const

export const HUE_COUNT = HUES.length

export const hueAt = (index: number): number => HUES[Math.abs(index) % HUES.length]!

/** The same text has the same hue everywhere. */
export const hueOf = (text: string): number => hueAt(hashOf(text))

/** The same over the whole circle, for marks that must be told apart rather than match. */
export const freeHueOf = (text: string): number => hashOf(text) % 360

function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0
  return hash
}

export const stageColor = (hue: number): string => `oklch(var(--stage-l) var(--stage-c) ${hueAt(hue)})`
