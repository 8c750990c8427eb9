import { AppError } from '../../lib/app-error.ts'

export interface Phone {
  /** As it is dialled: a plus, when there was one, and digits. */
  number: string
  /** What tells two numbers apart. */
  digits: string
}

/** What people put between the digits. */
const DECORATION = /[\s().\-/\u2010-\u2015]/g

/** @throws {AppError} `invalid_request`: nothing that could be dialled */
export function readPhone(given: string): Phone {
  const number = given.replace(DECORATION, '')
  if (/^\+?[0-9]{3,20}$/.test(number)) return { number, digits: number.replace('+', '') }
  throw new AppError('invalid_request', 'phone: is not a phone number. Write it as +46 70 000 00 55.', {
    details: { field: 'phone' },
  })
}
