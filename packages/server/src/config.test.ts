import { expect, test } from 'vitest'
import { loadConfig } from './config.ts'

test('without variables: loopback, the sandbox, the embedded database', () => {
  expect(loadConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 7300,
    databaseUrl: undefined,
    sandbox: true,
    allowPrivateNetwork: true,
    logLevel: 'info',
  })
})

test('bound to the world, what is only safe at home is off unless asked for', () => {
  expect(loadConfig({ PARLEY_HOST: '0.0.0.0' })).toMatchObject({ sandbox: false, allowPrivateNetwork: false })
  expect(loadConfig({ PARLEY_HOST: '0.0.0.0', PARLEY_SANDBOX: 'on' })).toMatchObject({ sandbox: true })
})

test('an empty variable is an unset one', () => {
  expect(loadConfig({ PARLEY_PORT: '', PARLEY_DATABASE_URL: '' })).toMatchObject({ port: 7300, databaseUrl: undefined })
})

test('one error names every bad variable', () => {
  const bad = {
    PARLEY_PORT: '70000',
    PARLEY_DATABASE_URL: 'mysql://x',
    PARLEY_SANDBOX: 'maybe',
    PARLEY_ADMIN_TOKEN: 'short',
  }
  const names = Object.keys(bad).join('|')
  const faults = () => {
    try {
      loadConfig(bad)
      return []
    } catch (error) {
      return String(error).match(new RegExp(names, 'g'))
    }
  }
  expect(faults()?.toSorted()).toEqual(Object.keys(bad).toSorted())
})
