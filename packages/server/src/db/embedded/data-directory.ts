import { createHash } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { codeOf, StartError } from '../../lib/start-error.ts'
import { type Binaries, checkThatItRuns, USE_OWN_DATABASE } from './binaries.ts'
import { giveTo, type RunAs } from './run-as.ts'
import { runToEnd } from './run-to-end.ts'

export const SUPERUSER = 'parley'
/** A part of the socket's name only: nothing listens on the network. */
export const PORT = 5432
/** The shortest `sun_path` (macOS) has 104 bytes, one of them the closing zero. */
const LONGEST_SOCKET_PATH = 103

export interface Place {
  /** PostgreSQL's own data directory. */
  postgresDir: string
  /** Where its socket lies; closed to other users. */
  socketDir: string
}

/** @throws {StartError} a socket directory that somebody else prepared for us */
export function preparePlace(dataDir: string, runAs: RunAs): Place {
  const place = { postgresDir: join(dataDir, 'postgres'), socketDir: socketDirOf(dataDir) }
  mkdirSync(place.socketDir, { recursive: true, mode: 0o700 })
  const found = lstatSync(place.socketDir)
  const ours = [process.getuid?.(), runAs.owner?.uid].includes(found.uid) || process.getuid?.() === 0
  if (!found.isDirectory() || !ours)
    throw new StartError(
      `${place.socketDir} belongs to somebody else: remove it, or set PARLEY_DATA_DIR to a shorter path.`,
    )
  chmodSync(place.socketDir, 0o700)
  giveTo(runAs, place.socketDir)
  return place
}

/** In the data directory; below the system's temporary one when the path would be too long for a socket. */
export function socketDirOf(dataDir: string): string {
  const near = join(dataDir, 'run')
  if (Buffer.byteLength(join(near, `.s.PGSQL.${PORT}`)) <= LONGEST_SOCKET_PATH) return near
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  return join(tmpdir(), `parley-${userInfo().uid}-${name}`)
}

interface Making {
  binaries: Binaries
  runAs: RunAs
  /** A new one need not outlive a power failure. */
  isCareless: boolean
}

/**
 * Sees to it that there is a data directory this PostgreSQL can open. A new one is made under another name first: a start
 * that is killed half-way leaves nothing that looks finished.
 * @throws {StartError} it was written by another major version, or could not be made
 */
export async function prepareData({ postgresDir }: Place, { binaries, runAs, isCareless }: Making): Promise<void> {
  for (const name of readdirSync(join(postgresDir, '..'))) {
    if (name.startsWith('postgres.new-'))
      rmSync(join(postgresDir, '..', name), { recursive: true, force: true, maxRetries: 3 })
  }
  if (!existsSync(postgresDir)) await initialise(postgresDir, { binaries, runAs, isCareless })
  giveTo(runAs, postgresDir)
  const major = readVersion(postgresDir)
  if (major !== binaries.major) {
    throw new StartError(
      `The data in ${postgresDir} is PostgreSQL ${major}'s and this Parley brings ${binaries.major}: start the Parley that wrote it, dump it with pg_dump and restore it here, or ${USE_OWN_DATABASE}.`,
    )
  }
}

function readVersion(postgresDir: string): string {
  try {
    return readFileSync(join(postgresDir, 'PG_VERSION'), 'utf8').trim()
  } catch (error) {
    throw new StartError(`${postgresDir} is not a PostgreSQL data directory this user can read (${codeOf(error)}).`, {
      cause: error,
    })
  }
}

async function initialise(postgresDir: string, { binaries, runAs, isCareless }: Making): Promise<void> {
  await checkThatItRuns(binaries)
  const draft = `${postgresDir}.new-${process.pid}`
  mkdirSync(draft, { mode: 0o700 })
  giveTo(runAs, draft)
  const options = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  if (isCareless) options.push('--no-sync')
  // `trust`: only the owner of the socket's directory gets as far as asking.
  const { code, output } = await runToEnd(
    [...runAs.prefix, binaries.initdb, '-D', draft, '-U', SUPERUSER, '--auth=trust', ...options],
    runAs.owner,
  )
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true })
    const reason = /(?:FATAL|PANIC|error): +(.+)/.exec(output)?.[1] ?? `initdb ended with ${code}`
    throw new StartError(`The embedded database could not be made in ${postgresDir}: ${reason}`)
  }
  renameSync(draft, postgresDir)
}
