import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

// The server speaks English; the screens say its sentences again in other languages, by `i18n/en/said.json`. A sentence that is put
// differently on the server is found there no more: here it is noticed.

const PACKAGES = join(import.meta.dirname, '../..')
/** Said by the screens themselves. */
const BY_OTHERS = /^said\.(other|channel\.server)$/

interface Tree {
  readonly [key: string]: string | Tree
}

function listTexts(tree: Tree, path = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([name, node]) =>
    typeof node === 'object' ? listTexts(node, `${path}${name}.`) : [[path + name, node] as [string, string]],
  )
}

async function sourceOf(folder: string): Promise<string> {
  const names = await readdir(join(PACKAGES, folder), { recursive: true })
  const files = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  return (await Promise.all(files.map((name) => readFile(join(PACKAGES, folder, name), 'utf8')))).join('\n')
}

test('every sentence that the screens say again is said by the server', async () => {
  const said = JSON.parse(await readFile(join(PACKAGES, 'web/src/i18n/en/said.json'), 'utf8')) as Tree
  const source = `${await sourceOf('server/src')}\n${await sourceOf('protocol/src')}`
  const unsaid = listTexts(said)
    .filter(([key]) => !BY_OTHERS.test(key))
    .filter(([, text]) => text.split(/\{\{\w+\}\}/).some((piece) => !source.includes(piece.trim())))
  expect(unsaid).toEqual([])
})
