import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { codeOf } from '../../lib/start-error.ts'

const onLinux = process.platform === 'linux'

/** True for a zombie, too: the kernel still has its number. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM' // there, but another user's
  }
}

/** Tells nothing when the process has ended meanwhile. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error
  }
}

/**
 * When the process began, as a text that no later process with the same number shares (also not after a reboot).
 * Undefined: there is none, or it has ended and was not yet waited for. Empty: the system does not tell.
 */
export function birthMark(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined
  return onLinux ? birthMarkOnLinux(pid) : ps(pid, 'lstart=')
}

const STATE = 0
const START_TICKS = 19
function birthMarkOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name and may hold anything, so count from the last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[STATE] === 'Z') return undefined
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[START_TICKS]}`
  } catch {
    return '' // /proc hides other users' processes here
  }
}

/** True only when this process certainly is a postmaster of that data directory: nothing else may ever be signalled. */
export function isPostgresOf(pid: number, postgresDir: string): boolean {
  if (!onLinux) {
    const command = ps(pid, 'command=')
    return command?.includes('postgres') === true && command.includes(`-D ${postgresDir} `)
  }
  try {
    const [program, ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    if (program === undefined || !/(^|\/)postgres$/.test(program)) return false
    // A postmaster works in its data directory; the argument covers kernels that do not show where.
    return args[args.indexOf('-D') + 1] === postgresDir || readlinkSync(`/proc/${pid}/cwd`) === postgresDir
  } catch {
    return false
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    return `${execFileSync('ps', ['-ww', '-o', column, '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim()} `
  } catch {
    return undefined
  }
}
