import { expect, test } from 'vitest'
import { ApiRefusal, NoAnswer } from '../../data/api.ts'
import { readLoginFailure } from './use-login.ts'

const refused = (code: string, details = {}) => new ApiRefusal(400, { code, message: code, details })

test('a refused log-in tells the form what to do', () => {
  const accounts = [{ name: 'Harbor', subdomain: 'harbor' }]
  expect(readLoginFailure(refused('wrong_credentials'), 0)).toEqual({ kind: 'wrong' })
  expect(readLoginFailure(refused('account_ambiguous', { accounts }), 0)).toEqual({ kind: 'choose', accounts })
  expect(readLoginFailure(refused('too_many_attempts', { retryAfterSeconds: 40 }), 1_000)).toEqual({
    kind: 'too_many',
    until: 41_000,
  })
  expect(readLoginFailure(refused('anything_else'), 0)).toMatchObject({ kind: 'failed' })
  expect(readLoginFailure(new NoAnswer(), 0)).toMatchObject({ kind: 'failed' })
})
