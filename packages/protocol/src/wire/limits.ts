/** Limits of spec 01 §2.5. Characters are code points: an emoji counts once. */
export const MAX_TEXT_CHARACTERS = 20_000
export const MAX_NAME_CHARACTERS = 255
export const MAX_ID_BYTES = 255
export const MAX_URL_CHARACTERS = 4096
