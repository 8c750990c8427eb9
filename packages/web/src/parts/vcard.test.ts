import { describe, expect, test } from 'vitest'
import { makeVcard, vcardFileName } from './vcard.ts'

const lineOf = (card: string, name: string) =>
  card
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .find((line) => line.startsWith(name))
    ?.slice(name.length + 1)

describe('vCard', () => {
  test('a name and a number', () => {
    expect(makeVcard({ name: 'Nora Lind', phone: '+46 70 000 00 55' })).toBe(
      'BEGIN:VCARD\r\nVERSION:3.0\r\nN:;Nora Lind;;;\r\nFN:Nora Lind\r\nTEL;TYPE=CELL:+46 70 000 00 55\r\nEND:VCARD\r\n',
    )
  })

  test('what a sender writes stays a value: no line, field or parameter of it begins anew', () => {
    const card = makeVcard({ name: 'A;B,C\\D\r\nTEL:1\nEND:VCARD', phone: '1\r\nURL:evil\u0000' })
    expect(lineOf(card, 'FN')).toBe('A\\;B\\,C\\\\D\\nTEL:1\\nEND:VCARD')
    expect(lineOf(card, 'TEL;TYPE=CELL')).toBe('1\\nURL:evil')
    expect(card.replaceAll('\r\n ', '').trimEnd().split('\r\n')).toHaveLength(6)
  })

  test('long lines are folded at 75 bytes, between characters', () => {
    const name = 'Имя🦊'.repeat(30)
    const card = makeVcard({ name, phone: '1' })
    for (const line of card.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
    expect(lineOf(card, 'FN')).toBe(name)
    expect(card).not.toContain('\uFFFD')
  })

  test('a contact without a name is called by its number', () => {
    expect(lineOf(makeVcard({ name: ' ', phone: '112' }), 'FN')).toBe('112')
  })

  test.each([
    ['Nora Lind', 'Nora Lind.vcf'],
    ['../a:b', '.. a b.vcf'],
    ['', 'contact.vcf'],
  ])('%s is kept as %s', (name, file) => {
    expect(vcardFileName(name)).toBe(file)
  })
})
