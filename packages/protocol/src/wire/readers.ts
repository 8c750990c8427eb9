import { MAX_ID_BYTES, MAX_NAME_CHARACTERS, MAX_TEXT_CHARACTERS, MAX_URL_CHARACTERS } from './limits.ts'

/** Why a value was not taken. */
export class Refusal {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}

/**
 * Reads a value that is there: neither undefined nor null.
 * @param isStrict refuse what older senders write and the documentation does not allow
 */
export interface Read<Out> {
  (input: unknown, isStrict: boolean): Out | Refusal
  /** The same as JSON schema, for the API's document. What JSON schema has no words for is checked all the same. */
  takes: Takes
}

export type JsonSchema = Record<string, unknown>
export type Takes = (isStrict: boolean) => JsonSchema

export function reader<Out>(takes: Takes, read: (input: unknown, isStrict: boolean) => Out | Refusal): Read<Out> {
  return Object.assign(read, { takes })
}

const textUpTo =
  (maxLength: number): Takes =>
  () => ({ type: 'string', maxLength })
const textOrNumberUpTo =
  (maxLength: number): Takes =>
  (isStrict) => ({ type: isStrict ? 'string' : ['string', 'number'], maxLength })
const numberFrom = (type: 'integer' | 'number', bounds: JsonSchema): Takes => {
  const number = { type, ...bounds }
  return (isStrict) => (isStrict ? number : { anyOf: [number, { type: 'string', maxLength: LONGEST_NUMBER }] })
}

const NOT_TEXT = new Refusal('must be a string')

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
function textOfNumber(input: unknown, isStrict: boolean): string | Refusal {
  if (typeof input === 'string') return input
  if (typeof input !== 'number') return NOT_TEXT
  if (isStrict) return new Refusal('must be a string, not a number')
  // JSON.parse has rounded it already: two clients would become one.
  if (Number.isInteger(input) && !Number.isSafeInteger(input))
    return new Refusal('is too large for a number; send it as a string')
  return String(input)
}

const MAX_BYTES_PER_UNIT = 3
const encoder = new TextEncoder()

/** An id the integration made; text or a number, at most 255 bytes. */
export const id: Read<string> = reader(textOrNumberUpTo(MAX_ID_BYTES), (input, isStrict) => {
  const text = textOfNumber(input, isStrict)
  if (typeof text !== 'string') return text
  const mayBeTooLong = text.length * MAX_BYTES_PER_UNIT > MAX_ID_BYTES
  if (mayBeTooLong && (text.length > MAX_ID_BYTES || encoder.encode(text).length > MAX_ID_BYTES)) {
    return new Refusal(`must not be longer than ${MAX_ID_BYTES} bytes`)
  }
  // Not repaired, as text is: two ids could become the same.
  return isWellFormed(text) ? text : new Refusal('holds half of a surrogate pair')
})

const PRINTABLE = /^[ -~]{1,40}$/

export const sourceId: Read<string> = reader(
  (isStrict) => ({ ...textOrNumberUpTo(40)(isStrict), pattern: PRINTABLE.source }),
  (input, isStrict) => {
    const text = textOfNumber(input, isStrict)
    if (typeof text !== 'string') return text
    return PRINTABLE.test(text) ? text : new Refusal('must be 1 to 40 printable ASCII characters')
  },
)

/** Also for what else was a number now and then. */
export const phone: Read<string> = reader(textOrNumberUpTo(MAX_NAME_CHARACTERS), (input, isStrict) => {
  const text = textOfNumber(input, isStrict)
  return typeof text === 'string' ? readText(text, MAX_NAME_CHARACTERS) : text
})

/** A caption, a row's id: text that may be long, and was a number now and then. */
export const phrase: Read<string> = reader(textOrNumberUpTo(MAX_TEXT_CHARACTERS), (input, isStrict) => {
  const text = textOfNumber(input, isStrict)
  return typeof text === 'string' ? readText(text, MAX_TEXT_CHARACTERS) : text
})

/** Whole seconds or milliseconds since 1970. */
export const time: Read<number> = reader(
  () => ({ type: 'integer', minimum: 0 }),
  (input) => {
    if (typeof input !== 'number' || !Number.isInteger(input)) return new Refusal('must be an integer')
    return input >= 0 ? input : new Refusal('must not be negative')
  },
)

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The chat side's UUID of an account, in lower case. */
export const accountId: Read<string> = reader(
  () => ({ type: 'string', format: 'uuid' }),
  (input) => {
    if (typeof input === 'string' && UUID.test(input)) return input.toLowerCase()
    return new Refusal("must be the account's chat id (amojo_id, a UUID), not its number")
  },
)

export const name: Read<string> = reader(textUpTo(MAX_NAME_CHARACTERS), (input) => readText(input, MAX_NAME_CHARACTERS))
export const text: Read<string> = reader(textUpTo(MAX_TEXT_CHARACTERS), (input) => readText(input, MAX_TEXT_CHARACTERS))

const isWebUrl = (url: string) => /^https?:\/\//i.test(url) && !hasControls(url) && URL.canParse(url)

function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) < 0x20) return true
  return false
}

const takesWebUrl: Takes = () => ({
  type: 'string',
  format: 'uri',
  pattern: '^[Hh][Tt][Tt][Pp][Ss]?://',
  maxLength: MAX_URL_CHARACTERS,
})

/** A link that something needs: absolute, by http or https. */
export const webUrl: Read<string> = reader(takesWebUrl, (input) => {
  const url = readText(input, MAX_URL_CHARACTERS)
  if (typeof url !== 'string') return url
  return isWebUrl(url) ? url : new Refusal('must be an absolute http or https URL')
})

/** A link that can be done without: what a sender writes where nothing is (`default.png`) counts as absent and must not cost it the message. */
export const looseUrl: Read<string | undefined> = reader(
  (isStrict) => (isStrict ? takesWebUrl(true) : { type: 'string', maxLength: MAX_URL_CHARACTERS }),
  (input, isStrict) => {
    if (isStrict) return webUrl(input, isStrict)
    const url = readText(input, MAX_URL_CHARACTERS)
    return typeof url !== 'string' || isWebUrl(url) ? url : undefined
  },
)

/** Also keeps the pattern below from walking through a megabyte of digits. */
const LONGEST_NUMBER = 30

/** A number; in older senders also as text. */
function numberOfText(input: unknown, isStrict: boolean): number | undefined {
  if (typeof input === 'number') return Number.isFinite(input) ? input : undefined
  if (isStrict || typeof input !== 'string' || input.length > LONGEST_NUMBER || !/^\s*[-+]?\d*\.?\d+\s*$/.test(input))
    return undefined
  return Number(input)
}

/** Bytes; 0 where nobody knew. */
export const fileSize: Read<number | undefined> = reader(numberFrom('integer', { minimum: 0 }), (input, isStrict) => {
  const size = numberOfText(input, isStrict)
  if (size === undefined || !Number.isSafeInteger(size) || size < 0)
    return new Refusal('must be a whole number of bytes')
  return size === 0 ? undefined : size
})

const LONGEST_SECONDS = 1_000_000

export const seconds: Read<number> = reader(
  numberFrom('number', { minimum: 0, maximum: LONGEST_SECONDS }),
  (input, isStrict) => {
    const value = numberOfText(input, isStrict)
    const isSensible = value !== undefined && value >= 0 && value <= LONGEST_SECONDS
    return isSensible ? value : new Refusal(`must be a number of seconds from 0 to ${LONGEST_SECONDS}`)
  },
)

/** Degrees from -`most` to `most`. */
export const degrees = (most: number): Read<number> =>
  reader(numberFrom('number', { minimum: -most, maximum: most }), (input, isStrict) => {
    const value = numberOfText(input, isStrict)
    const isThere = value !== undefined && Math.abs(value) <= most
    return isThere ? value : new Refusal(`must be a number from -${most} to ${most}`)
  })

/** One of a few numbers. */
export function code<const Code extends number>(codes: readonly Code[]): Read<Code> {
  const wanted = new Refusal(`unknown value; use one of ${codes.join(', ')}`)
  const takes = () => ({ enum: codes })
  return reader(takes, (input) => codes.find((each) => each === input) ?? wanted)
}

/** One of a few words. */
export function word<const Word extends string>(words: readonly Word[]): Read<Word> {
  const wanted = new Refusal(`unknown value; use ${words.join(' or ')}`)
  const takes = () => ({ enum: words })
  return reader(takes, (input) => words.find((each) => each === input) ?? wanted)
}
