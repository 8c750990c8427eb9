import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTemporaryFiles } from './temporary-files.ts'

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'parley-tmp-')), 'tmp')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

const host = hostname().replace(/[^\w-]/g, '_')
/** No process has this number. */
const NOBODY = 2 ** 30

function leave(name: string, isOld = false): string {
  const path = join(folder, name)
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'half'), 'x')
  if (isOld) utimesSync(path, new Date(0), new Date(0))
  return path
}

test('every path is one of its own, and all are gone at the end', () => {
  const files = openTemporaryFiles(folder)
  const [first, second] = [files.newPath(), files.newPath()]
  expect(first).not.toBe(second)
  writeFileSync(first, 'x')
  files.close()
  expect(readdirSync(folder)).toEqual([])
})

test('what processes left that are gone goes, what others use stays', () => {
  const gone = [leave(`${host}.${NOBODY}.a`), leave(`${host}.${process.pid}.earlier-life`), leave('other.1.a', true)]
  const used = [leave(`${host}.${process.ppid}.b`), leave('other.2.b')]
  const first = openTemporaryFiles(folder)
  const kept = first.newPath()
  writeFileSync(kept, 'x')
  const second = openTemporaryFiles(folder)
  expect(gone.filter(existsSync)).toEqual([])
  expect([...used, kept].filter(existsSync)).toHaveLength(3)
  for (const files of [first, second]) files.close()
})
