import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { socketDirOf } from './data-directory.ts'

test('the socket lies in the data directory', () => {
  expect(socketDirOf('/var/lib/parley')).toBe('/var/lib/parley/run')
})

test('a path too long for a socket: a short one of its own below the temporary directory', () => {
  const deep = (name: string) => socketDirOf(join('/srv', 'd'.repeat(90), name))
  expect(deep('one').startsWith(join(tmpdir(), 'parley-'))).toBe(true)
  expect(deep('one')).toBe(deep('one'))
  expect(deep('one')).not.toBe(deep('two'))
})
