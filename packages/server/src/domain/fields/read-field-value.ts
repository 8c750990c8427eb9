import type { CustomField, FieldValue } from '@parley/protocol/model'
import { refuse } from '../accounts/insert-user.ts'

/** As `field_value` keeps it: one row, or several of a multiselect. */
export interface StoredValue {
  text: string | null
  number: number | null
}

const LONGEST_LINE = 1000
const LARGEST = 1e15
/** Up to the year 9999. */
const LATEST_MS = 253_402_300_799_999
const EMAIL = /^[^\s@]+@[^\s@]+$/
const PHONE = /^\+?[0-9]{3,20}$/
/** What people put between the digits. */
const DECORATION = /[\s().\-/\u2010-\u2015]/g

type Given = FieldValue | null

/**
 * What is to be kept of a value that somebody gave; nothing for an empty one.
 * @throws {AppError} `invalid_request`: names the field and says what it takes
 */
export function readFieldValue(field: CustomField, given: Given): StoredValue[] {
  const value = typeof given === 'string' ? given.trim() : given
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
  if (isEmpty && field.isRequired) throw no(field, 'must be filled in')
  return isEmpty ? [] : READERS[field.type](field, value)
}

type Reader = (field: CustomField, value: Exclude<Given, null>) => StoredValue[]

const READERS: Record<CustomField['type'], Reader> = {
  text: (field, value) => [asText(aLine(field, value))],
  textarea: (field, value) => [asText(aText(field, value))],
  number: (field, value) => [asNumber(aNumber(field, value))],
  money: (field, value) => [asNumber(anAmount(field, value))],
  select: (field, value) => [asNumber(anOption(field, value))],
  multiselect: (field, value) => {
    if (!Array.isArray(value)) throw no(field, 'takes a list of its options')
    return [...new Set(value)].map((one) => asNumber(anOption(field, one)))
  },
  date: (field, value) => [asText(aDay(field, value))],
  datetime: (field, value) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > LATEST_MS)
      throw no(field, 'takes milliseconds since 1970')
    return [asNumber(value)]
  },
  checkbox: (field, value) => {
    if (typeof value !== 'boolean') throw no(field, 'takes true or false')
    return [asNumber(value ? 1 : 0)]
  },
  url: (field, value) => [asText(aLink(field, value))],
  phone: (field, value) => {
    const phone = aLine(field, value)
    if (!PHONE.test(phone.replace(DECORATION, '')))
      throw no(field, 'is not a phone number. Write it as +46 70 000 00 55')
    return [asText(phone)]
  },
  email: (field, value) => {
    const email = aLine(field, value)
    if (!EMAIL.test(email)) throw no(field, 'is not an e-mail address')
    return [asText(email)]
  },
}

const asText = (text: string): StoredValue => ({ text, number: null })
const asNumber = (number: number): StoredValue => ({ text: null, number })

function aText(field: CustomField, value: FieldValue): string {
  if (typeof value !== 'string') throw no(field, 'takes a text')
  return value
}

function aLine(field: CustomField, value: FieldValue): string {
  const text = aText(field, value)
  if (/[\r\n]/.test(text)) throw no(field, 'takes one line')
  if (text.length > LONGEST_LINE) throw no(field, `must not be longer than ${LONGEST_LINE} characters`)
  return text
}

function aNumber(field: CustomField, value: FieldValue): number {
  const number = typeof value === 'string' ? Number(value.replace(',', '.').replaceAll(/\s/g, '')) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) throw no(field, 'takes a number')
  if (Math.abs(number) > LARGEST) throw no(field, 'is too large a number')
  return number
}

function anAmount(field: CustomField, value: FieldValue): number {
  const amount = aNumber(field, value)
  const cents = Math.round(amount * 100)
  if (Math.abs(cents / 100 - amount) > 1e-9) throw no(field, 'takes an amount with at most two decimals')
  return cents / 100
}

function anOption(field: CustomField, value: FieldValue): number {
  if (!field.options.some((option) => option.id === value)) throw no(field, 'has no such option')
  return value as number
}

function aDay(field: CustomField, value: FieldValue): string {
  const day = aText(field, value)
  const read = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`) : new Date(Number.NaN)
  // The 30th of February is a day to nobody.
  if (Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== day)
    throw no(field, 'takes a day as 2026-11-30')
  return day
}

function aLink(field: CustomField, value: FieldValue): string {
  const given = aLine(field, value)
  const link = /^[a-z][a-z0-9+.-]*:/i.test(given) ? given : `https://${given}`
  if (!/^https?:\/\/[^\s/]+\.?[^\s]*$/i.test(link) || !URL.canParse(link))
    throw no(field, 'is not a web address. Write it as https://example.com')
  return link
}

const no = ({ id, name }: CustomField, reason: string) => refuse(`fields.${id}`, `${name} ${reason}`)
