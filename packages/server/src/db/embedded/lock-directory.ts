import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, StartError } from '../../lib/start-error.ts'
import { birthMark } from './processes.ts'

/** Who holds a directory. A pid alone would not do: after a crash another program may get the same number. */
interface Holder {
  pid: number
  birthMark: string
}

const released = {}

/**
 * Makes this process the only Parley on a data directory; answers how to let go of it.
 *
 * `lock/` holds numbered files, the highest is the lock. A lock is only ever followed by a higher number, made by a hard
 * link (so by one process alone and with its content), never overwritten: of two that find a dead holder, one wins.
 * @throws {StartError} another Parley lives on it
 */
export function lockDirectory(dataDir: string): () => void {
  const folder = join(dataDir, 'lock')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (;;) {
    const current = highest(folder)
    const holder = current === 0 ? undefined : livingHolder(join(folder, String(current)))
    if (holder)
      throw new StartError(
        `Another Parley (pid ${holder.pid}) uses the data directory ${dataDir}; stop it, or set PARLEY_DATA_DIR to another.`,
      )
    const mine = join(folder, String(current + 1))
    if (!take(mine)) continue
    if (highest(folder) > current + 1) {
      unlinkSync(mine) // others came and went while we looked: our number is an old one
      continue
    }
    for (const number of numbers(folder)) if (number <= current) rmSync(join(folder, String(number)), { force: true })
    return () => writeFileSync(mine, JSON.stringify(released))
  }
}

const numbers = (folder: string) =>
  readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
const highest = (folder: string) => Math.max(0, ...numbers(folder))

/** False when somebody else has that number. */
function take(path: string): boolean {
  const draft = `${path}.${process.pid}.tmp`
  const holder: Holder = { pid: process.pid, birthMark: birthMark(process.pid) ?? '' }
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    unlinkSync(draft)
  }
}

function livingHolder(path: string): Holder | undefined {
  const holder = readHolder(path)
  if (!holder) return undefined
  const mark = birthMark(holder.pid)
  const isSame = mark !== undefined && (mark === holder.birthMark || mark === '' || holder.birthMark === '')
  return isSame ? holder : undefined
}

function readHolder(path: string): Holder | undefined {
  try {
    const { pid, birthMark } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>
    return pid === undefined || birthMark === undefined ? undefined : { pid, birthMark }
  } catch {
    return undefined // gone, or cut short by a power failure: nobody who wrote it lives
  }
}
