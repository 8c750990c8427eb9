import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockDirectory } from './lock-directory.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'parley-lock-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const locks = () => readdirSync(join(dataDir, 'lock'))
const held = new RegExp(`Another Parley \\(pid ${process.pid}\\) uses the data directory`)

test('one at a time; who lets go makes room for the next', () => {
  const release = lockDirectory(dataDir)
  expect(() => lockDirectory(dataDir)).toThrow(held)
  release()
  lockDirectory(dataDir)
  expect(() => lockDirectory(dataDir)).toThrow(held)
  expect(locks()).toEqual(['2'])
})

const ofTheDead = { pid: 2_147_483_646, birthMark: 'long ago' }

test.each([
  ['a process that is gone', JSON.stringify(ofTheDead)],
  ['another process with the same number', JSON.stringify({ pid: process.pid, birthMark: 'long ago' })],
  ['a power failure that cut it short', '{"pid":'],
])('a lock left by %s is taken over', (_, content) => {
  lockDirectory(dataDir)()
  writeFileSync(join(dataDir, 'lock/1'), content)
  lockDirectory(dataDir)
  expect(locks()).toEqual(['2'])
  expect(JSON.parse(readFileSync(join(dataDir, 'lock/2'), 'utf8'))).toMatchObject({ pid: process.pid })
})
