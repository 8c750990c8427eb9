/** On top of a stage, as the server will say: milliseconds since 1970, with room between two. */
export const topRank = (): number => Date.now() * STEP

/** Places between two cards of the same millisecond. */
export const STEP = 1024
