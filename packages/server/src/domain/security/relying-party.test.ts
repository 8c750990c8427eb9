import { describe, expect, test } from 'vitest'
import { baseHostOf, findRelyingParty, subdomainOf } from './relying-party.ts'

describe('for whom a passkey is made', () => {
  test.each([
    ['https://crm.example.com', 'crm.example.com', 'crm.example.com', 'https://crm.example.com'],
    ['https://crm.example.com', 'harbor.crm.example.com', 'crm.example.com', 'https://harbor.crm.example.com'],
    ['http://127.0.0.1:7300', 'localhost:7300', 'localhost', 'http://localhost:7300'],
    ['http://[::1]:7300', 'harbor.localhost:7300', 'harbor.localhost', 'http://harbor.localhost:7300'],
    ['http://localhost:7300', 'harbor.localhost:7300', 'harbor.localhost', 'http://harbor.localhost:7300'],
  ])('%s, asked as %s', (publicUrl, host, id, origin) => {
    expect(findRelyingParty(publicUrl, host)).toEqual({ id, origin })
  })

  test.each([
    ['http://127.0.0.1:7300', '127.0.0.1:7300'],
    ['http://192.0.2.1', '192.0.2.1'],
    ['https://crm.example.com', 'crm.example.com.evil.example'],
    ['https://crm.example.com', 'evilcrm.example.com'],
    ['https://crm.example.com', 'crm.example.com:8443'],
    ['https://crm.example.com', 'localhost'],
    ['https://crm.example.com', undefined],
    ['https://crm.example.com', 'not a host'],
  ])('%s, asked as %s: nobody', (publicUrl, host) => {
    expect(findRelyingParty(publicUrl, host)).toBeUndefined()
  })
})

test.each([
  ['https://crm.example.com', 'harbor.crm.example.com', 'harbor'],
  ['https://crm.example.com', 'crm.example.com', undefined],
  ['https://crm.example.com', 'a.b.crm.example.com', undefined],
  ['http://127.0.0.1:7300', 'harbor.localhost:7300', 'harbor'],
  ['http://192.0.2.1', '192.0.2.1', undefined],
])('%s, asked as %s, is the page of %s', (publicUrl, host, subdomain) => {
  expect(subdomainOf(publicUrl, host)).toBe(subdomain)
})

test.each([
  ['https://crm.example.com', 'crm.example.com'],
  ['http://127.0.0.1:7300', 'localhost:7300'],
  ['http://192.0.2.1:7300', null],
])('accounts of %s stand below %s', (publicUrl, base) => {
  expect(baseHostOf(publicUrl)).toBe(base)
})
