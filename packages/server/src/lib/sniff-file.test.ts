import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sniffFile } from './sniff-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-sniff-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function sniff(content: string | Buffer): Promise<string> {
  const path = join(folder, 'file')
  await writeFile(path, content)
  return sniffFile(path)
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('what a file is', () => {
  test.each<[string, string | Buffer, string]>([
    ['a picture', PNG, 'image/png'],
    ['a document', '%PDF-1.7\n%âãÏÓ\n', 'application/pdf'],
    ['text', 'Hello, Nora.\nWe open at 9.', 'text/plain'],
    ['Cyrillic text', 'Здравствуйте', 'text/plain'],
    ['UTF-16 text', Buffer.from('\uFEFFHello', 'utf16le'), 'text/plain'],
    ['a page', '<!DOCTYPE html><title>Log in</title>', 'text/html'],
    ['a page behind a comment', '\n<!-- x --> <HTML lang=en>', 'text/html'],
    ['a bare script', '<script>alert(1)</script>', 'text/html'],
    ['a page in UTF-16', Buffer.from('\uFEFF<html>', 'utf16le'), 'text/html'],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
    ['a drawing with a prologue', '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "x">\n<svg >', 'image/svg+xml'],
    ['a drawing with a prefix', '<?xml version="1.0"?><s:svg xmlns:s="x">', 'image/svg+xml'],
    ['XML', '<?xml version="1.0"?><feed/>', 'application/xml'],
    ['bytes', Buffer.from([1, 2, 3, 4, 5]), 'application/octet-stream'],
    ['nothing', '', 'application/octet-stream'],
  ])('%s', async (_, content, type) => {
    expect(await sniff(content)).toBe(type)
  })
})
