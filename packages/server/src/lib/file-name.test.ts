import { describe, expect, test } from 'vitest'
import { attachmentHeader, readDispositionName } from './content-disposition.ts'
import { cleanFileName } from './file-name.ts'
import { filePath } from './file-path.ts'

describe('a Content-Disposition header', () => {
  test.each([
    ['attachment; filename="a b.txt"', 'a b.txt'],
    ['attachment; filename=a.txt', 'a.txt'],
    ['inline;filename = a.txt ; size=3', 'a.txt'],
    ['attachment; filename="a\\"b.txt"', 'a"b.txt'],
    ['attachment; filename="x.txt"; filename*=UTF-8\'\'%e2%82%ac.txt', '€.txt'],
    ["attachment; filename*=iso-8859-1'en'%A3.txt", '£.txt'],
    // Broken ones fall back to the plain name.
    ['attachment; filename*=UTF-8\'\'%ff; filename="a.txt"', 'a.txt'],
    ['attachment; filename*=UTF-8\'\'%zz; filename="a.txt"', 'a.txt'],
    ["attachment; filename*=nonsense''a.txt; filename=b.txt", 'b.txt'],
    // UTF-8 as it stands, read as Latin-1.
    ['attachment; filename="Ã©tÃ©.txt"', 'été.txt'],
    ['attachment', null],
    ['attachment; filename=""', null],
  ])('%s', (header, name) => {
    expect(readDispositionName(header)).toBe(name)
  })

  test('of ours holds any name, and nothing else', () => {
    expect(attachmentHeader('a"b\r\nx: y’.txt')).toBe(
      'attachment; filename="a_b__x: y_.txt"; filename*=UTF-8\'\'a%22b%0D%0Ax%3A%20y%E2%80%99.txt',
    )
  })
})

describe('a name', () => {
  test.each([
    ['photo.jpg', 'photo.jpg'],
    ['C:\\Users\\nora\\photo.jpg', 'photo.jpg'],
    ['../../etc/passwd', 'passwd'],
    ['a\r\nb\0.txt', 'ab.txt'],
    ['invoice\u202Egpj.exe', 'invoicegpj.exe'],
    ['..', ''],
    ['  ', ''],
    ['a\uD800.txt', 'a\uFFFD.txt'],
  ])('%j', (given, name) => {
    expect(cleanFileName(given)).toBe(name)
  })

  test('that is too long keeps its end', () => {
    const name = cleanFileName(`${'é'.repeat(300)}.tar.pdf`)
    expect(name.endsWith('é.tar.pdf') || name.endsWith('é.pdf')).toBe(true)
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
    expect(Buffer.byteLength(cleanFileName('x'.repeat(5000)))).toBe(255)
  })

  test('stands in a path whatever it is', () => {
    expect(filePath(1, 'id', 'a/b?c#d é.txt')).toBe('/files/1/id/b%3Fc%23d%20%C3%A9.txt')
    expect(filePath(1, 'id', '..')).toBe('/files/1/id/file')
    expect(filePath(1, 'id', '\uDC00')).toBe('/files/1/id/%EF%BF%BD')
  })
})
