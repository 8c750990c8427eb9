import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { makeFolder } from './make-folder.ts'

export interface TemporaryFiles {
  /** A path of its own for a file to be written; whoever asks removes it, or hands it to the storage. */
  newPath(): string
  /** Removes the folder and what is left in it. */
  close(): void
}

const OWNER_ONLY = 0o700
const STALE_MS = 24 * 3_600_000

/** A folder of this process's own below `folder`. What processes that are gone left there is removed. */
export function openTemporaryFiles(folder: string): TemporaryFiles {
  makeFolder(folder, OWNER_ONLY)
  clean(folder)
  const own = join(folder, `${hostPart()}.${process.pid}.${randomUUID()}`)
  mkdirSync(own, { mode: OWNER_ONLY })
  inUse.add(own)
  return {
    newPath: () => join(own, randomUUID()),
    close: () => {
      inUse.delete(own)
      rmSync(own, { recursive: true, force: true })
    },
  }
}

const hostPart = () => hostname().replace(/[^\w-]/g, '_')

/** Folders that this process uses, so that a second server in it does not take the first one's for a leftover. */
const inUse = new Set<string>()

function clean(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (isLeftOver(name, path)) rmSync(path, { recursive: true, force: true })
  }
}

/** Of another machine on the same disk nobody knows whether it runs: only what is old goes. */
function isLeftOver(name: string, path: string): boolean {
  const [host, pid] = name.split('.')
  // A number is given out again: a container's server is process 1 in every life.
  const isOurs = Number(pid) === process.pid
  if (host === hostPart() && pid !== undefined) return isOurs ? !inUse.has(path) : !isAlive(Number(pid))
  const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() }
  return Date.now() - mtimeMs > STALE_MS
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
