import { z } from 'zod'

/** Limits of spec 01 §2.5. Characters are code points: an emoji counts once. */
export const MAX_TEXT_CHARACTERS = 20_000
const MAX_NAME_CHARACTERS = 255
export const MAX_ID_BYTES = 255
const MAX_URL_CHARACTERS = 4096

/** Why a value was not taken. */
class Refusal {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}

const MISSING = new Refusal('is missing')
const NOT_TEXT = new Refusal('must be a string')

/** A field that is read by a function: one call per field, where a chain of zod's checks and pipes costs several. */
function field<Out>(read: (input: unknown) => Out | Refusal) {
  return z.transform((input: unknown, context): Out => {
    const value = read(input)
    if (!(value instanceof Refusal)) return value
    context.issues.push({ code: 'custom', message: value.reason, input })
    return z.NEVER
  })
}

/** Null and the empty string count as absent; older senders write them for what they do not know. */
function optional<Out>(read: (input: unknown) => Out | Refusal) {
  return field((input) => (input === undefined || input === null || input === '' ? undefined : read(input)))
}

function required<Out>(read: (input: unknown) => Out | Refusal) {
  return field((input) => {
    if (input === undefined || input === null) return MISSING
    return input === '' ? new Refusal('is empty') : read(input)
  })
}

// ES2024, in every engine we run on; TypeScript's ES2023 library does not list them yet.
interface WellFormable {
  isWellFormed(): boolean
  toWellFormed(): string
}
/** Half an emoji (`\ud83d` alone) cannot be stored: it becomes U+FFFD, as it would on the way to the database. */
const repaired = (text: string) => (text as unknown as WellFormable).toWellFormed()
const isWellFormed = (text: string) => (text as unknown as WellFormable).isWellFormed()

function isLongerThan(text: string, maxCharacters: number): boolean {
  if (text.length <= maxCharacters) return false
  if (text.length > 2 * maxCharacters) return true
  let characters = 0
  for (const _ of text) characters++
  return characters > maxCharacters
}

function readText(input: unknown, maxCharacters: number): string | Refusal {
  if (typeof input !== 'string') return NOT_TEXT
  if (isLongerThan(input, maxCharacters)) return new Refusal(`must not be longer than ${maxCharacters} characters`)
  return repaired(input)
}

/** Ids, phones and source ids were numbers in the samples of 2017. */
function textOfNumber(input: unknown): string | Refusal {
  if (typeof input === 'string') return input
  if (typeof input !== 'number') return NOT_TEXT
  // JSON.parse has rounded it already: two clients would become one.
  if (Number.isInteger(input) && !Number.isSafeInteger(input))
    return new Refusal('is too large for a number; send it as a string')
  return String(input)
}

const MAX_BYTES_PER_UNIT = 3
const encoder = new TextEncoder()

function readId(input: unknown): string | Refusal {
  const text = textOfNumber(input)
  if (typeof text !== 'string') return text
  const mayBeTooLong = text.length * MAX_BYTES_PER_UNIT > MAX_ID_BYTES
  if (mayBeTooLong && (text.length > MAX_ID_BYTES || encoder.encode(text).length > MAX_ID_BYTES)) {
    return new Refusal(`must not be longer than ${MAX_ID_BYTES} bytes`)
  }
  // Not repaired, as text is: two ids could become the same.
  return isWellFormed(text) ? text : new Refusal('holds half of a surrogate pair')
}

const PRINTABLE = /^[ -~]{1,40}$/

function readSourceId(input: unknown): string | Refusal {
  const text = textOfNumber(input)
  if (typeof text !== 'string') return text
  return PRINTABLE.test(text) ? text : new Refusal('must be 1 to 40 printable ASCII characters')
}

function readPhone(input: unknown): string | Refusal {
  const text = textOfNumber(input)
  return typeof text === 'string' ? readText(text, MAX_NAME_CHARACTERS) : text
}

function readTime(input: unknown): number | Refusal {
  if (typeof input !== 'number' || !Number.isInteger(input)) return new Refusal('must be an integer')
  return input >= 0 ? input : new Refusal('must not be negative')
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function readAccountId(input: unknown): string | Refusal {
  if (typeof input === 'string' && UUID.test(input)) return input.toLowerCase()
  return new Refusal("must be the account's chat id (amojo_id, a UUID), not its number")
}

const readName = (input: unknown) => readText(input, MAX_NAME_CHARACTERS)
const readLongText = (input: unknown) => readText(input, MAX_TEXT_CHARACTERS)
const readUrl = (input: unknown) => readText(input, MAX_URL_CHARACTERS)

/** An id the integration made; text or a number, at most 255 bytes. */
export const id = required(readId)
export const optionalId = optional(readId)
/** The chat side's UUID of an account, in lower case. */
export const accountId = required(readAccountId)
export const text = required(readLongText)
export const optionalText = optional(readLongText)
export const optionalName = optional(readName)
export const optionalPhone = optional(readPhone)
/** Only its length is checked: what a sender writes where nothing is must not cost it the message. */
export const optionalUrl = optional(readUrl)
export const optionalSourceId = optional(readSourceId)
/** Whole seconds or milliseconds since 1970. */
export const optionalTime = field((input) => (input === undefined || input === null ? undefined : readTime(input)))
/** Null counts as absent, here and in `optionalObject`. */
export const optionalFlag = z.boolean().nullish()

/** One of a few numbers; null counts as absent. */
export function optionalCode<const Code extends number>(codes: readonly Code[]) {
  const wanted = new Refusal(`unknown value; use one of ${codes.join(', ')}`)
  return field((input) => {
    if (input === undefined || input === null) return undefined
    return codes.find((code) => code === input) ?? wanted
  })
}
