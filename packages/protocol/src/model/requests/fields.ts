import { z } from 'zod'

/** What the app API takes. The longest text a person can send in one message. */
export const MAX_TEXT_LENGTH = 20_000

const NUL = 'must not contain the character U+0000'
/** Half of a surrogate pair is no character: no database keeps it, and no messenger shows it. */
const isWhole = (text: string) => !/\p{Surrogate}/u.test(text)
const HALF = 'holds half of a surrogate pair'
const withoutNul = (text: string) => !text.includes('\0')

/** What a person writes, of several lines; may be empty. */
export const text = z
  .string()
  .refine((given) => given.length <= MAX_TEXT_LENGTH, `must not be longer than ${MAX_TEXT_LENGTH} characters`)
  .refine(withoutNul, NUL)
  .refine(isWhole, HALF)

/** One line, trimmed, not empty: a name, a title. */
export const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(longest, `must not be longer than ${longest} characters`)
    .refine(withoutNul, NUL)
    .refine(isWhole, HALF)
