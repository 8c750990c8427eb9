import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, lchownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../../lib/start-error.ts'
import { type Binaries, USE_OWN_DATABASE } from './binaries.ts'

/** How PostgreSQL's programs are started: it refuses to run as root. */
export interface RunAs {
  /** Put before each command. */
  prefix: string[]
  /** Who owns its files. Absent: whoever runs Parley. */
  owner?: { uid: number; gid: number }
}

const OWN_NAMESPACE = ['unshare', '--user', '--map-user=1000', '--map-group=1000']
const UNPRIVILEGED = ['nobody', 'daemon']

/**
 * Chooses how PostgreSQL runs here: as the current user; under root in a user namespace, where root's files look like an
 * ordinary user's (this works below a 0700 directory); else as an unprivileged user who can reach the directory.
 * @throws {StartError} root, and neither way is open
 */
export function chooseRunAs(dataDir: string, binaries: Binaries): RunAs {
  if (process.getuid?.() !== 0) return { prefix: [] }
  if (succeeds([...OWN_NAMESPACE, binaries.postgres, '--version'])) return { prefix: OWN_NAMESPACE }
  const { mode } = statSync(dataDir)
  chmodSync(dataDir, mode | 0o011) // the way through is open then; the secrets in it are 0600 files
  for (const owner of UNPRIVILEGED.flatMap(findUser)) {
    if (succeeds(['test', '-x', dataDir], owner) && succeeds([binaries.postgres, '--version'], owner)) {
      return { prefix: [], owner }
    }
  }
  chmodSync(dataDir, mode)
  throw new StartError(
    `PostgreSQL does not run as root, and neither a user namespace nor the user nobody can reach ${dataDir}: run Parley as another user, or ${USE_OWN_DATABASE}.`,
  )
}

function succeeds([program, ...args]: string[], owner?: RunAs['owner']): boolean {
  try {
    execFileSync(program!, args, { stdio: 'ignore', cwd: '/', ...owner })
    return true
  } catch {
    return false
  }
}

function findUser(name: string): { uid: number; gid: number }[] {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid === undefined || gid === undefined ? [] : [{ uid: Number(uid), gid: Number(gid) }]
}

/** Under root: gives a directory to whom PostgreSQL runs as, also when an earlier start ran it as somebody else. */
export function giveTo({ owner }: RunAs, folder: string): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = owner ?? { uid: 0, gid: 0 }
  if (lstatSync(folder).uid !== uid) giveTree(folder, uid, gid)
}

function giveTree(folder: string, uid: number, gid: number): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) giveTree(path, uid, gid)
    else lchownSync(path, uid, gid)
  }
  chownSync(folder, uid, gid) // last: a walk that was cut short is then begun again
}
