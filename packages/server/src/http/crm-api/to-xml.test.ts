import { expect, test } from 'vitest'
import { toXml } from './to-xml.ts'

test('names, lists and signs', () => {
  const value = { auth: true, accounts: [{ id: '1', name: `<"Ann" & 'Co'>\u0001` }] }
  expect(toXml('root', value)).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<root><auth>true</auth><accounts><account><id>1</id>' +
      '<name>&lt;&quot;Ann&quot; &amp; &apos;Co&apos;&gt;</name></account></accounts></root>',
  )
})
