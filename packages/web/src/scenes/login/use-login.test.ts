import { expect, test } from 'vitest'
import { ApiRefusal, NoAnswer } from '../../data/api.ts'
import { PasskeyProblem } from '../../data/people/passkeys.ts'
import { readNextStep, readRefusal } from './use-login.ts'

const refused = (code: string, details = {}) => new ApiRefusal(400, { code, message: code, details })

test('a refused log-in tells the form what to do', () => {
  expect(readRefusal(refused('wrong_credentials'), 0)).toEqual({ kind: 'wrong' })
  expect(readRefusal(refused('log_in_expired'), 0)).toEqual({ kind: 'expired' })
  expect(readRefusal(refused('too_many_attempts', { retryAfterSeconds: 40 }), 1_000)).toEqual({
    kind: 'too_many',
    until: 41_000,
  })
  expect(readRefusal(new PasskeyProblem('cancelled'), 0)).toEqual({ kind: 'no_passkey' })
  expect(readRefusal(refused('anything_else'), 0)).toMatchObject({ kind: 'failed' })
  expect(readRefusal(new NoAnswer(), 0)).toMatchObject({ kind: 'failed' })
})

test('a right password may ask for more', () => {
  const accounts = [{ name: 'Harbor', subdomain: 'harbor' }]
  expect(readNextStep(refused('account_ambiguous', { accounts }))).toEqual({ step: 'account', accounts })
  const needed = { ticket: 'abc', factors: ['code'], expiresAt: 1 }
  expect(readNextStep(refused('second_factor_needed', needed))).toEqual({ step: 'second', needed })
  expect(readNextStep(refused('wrong_credentials'))).toBeUndefined()
  expect(readNextStep(new NoAnswer())).toBeUndefined()
})
