import { expect, test } from 'vitest'
import { toSubdomain } from './to-subdomain.ts'

test.each([
  ['Harbor Bikes', 'harbor-bikes'],
  ['Café Brücke & Söhne', 'cafe-brucke-sohne'],
  ['Ромашка, ООО', 'romashka-ooo'],
  ['Щёлк', 'schelk'],
  ['  ...  ', ''],
  ['a'.repeat(80), 'a'.repeat(63)],
  [`${'a'.repeat(62)} b`, 'a'.repeat(62)],
])('%s', (name, subdomain) => {
  expect(toSubdomain(name)).toBe(subdomain)
})
