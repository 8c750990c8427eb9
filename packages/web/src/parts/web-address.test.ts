import { expect, test } from 'vitest'
import { webAddress } from './web-address.ts'

test.each(['https://harbor.example/p/1', 'http://harbor.example'])('%s is a link', (url) => {
  expect(webAddress(url)).toBe(url)
})

test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '/inbox', ''])('%s is none', (url) => {
  expect(webAddress(url)).toBeUndefined()
})
