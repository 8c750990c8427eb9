import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { systemClock } from '../../lib/clock.ts'
import { StartError } from '../../lib/start-error.ts'
import { type Place, PORT } from './data-directory.ts'
import { isAlive, isPostgresOf, signal } from './processes.ts'
import { postmasterPid } from './run-postgres.ts'

/**
 * Removes what a killed Parley left: a PostgreSQL that is still shutting down or lost its supervisor, and notes that
 * name processes long gone. Call it only while holding the directory's lock.
 * @throws {StartError} somebody else's PostgreSQL has the directory, or ours does not end
 */
export async function clearTheWay({ postgresDir, socketDir }: Place, log: Logger): Promise<void> {
  const leftover = postmasterPid(postgresDir)
  if (leftover !== undefined && isPostgresOf(leftover, postgresDir)) await stopLeftover(leftover, postgresDir, log)
  const socket = join(socketDir, `.s.PGSQL.${PORT}`)
  if (await answers(socket)) {
    throw new StartError(
      `A PostgreSQL that this process cannot see (in another container?) uses ${postgresDir}: stop it, or set PARLEY_DATA_DIR to another directory.`,
    )
  }
  const noted = postmasterPid(postgresDir)
  if (noted !== undefined && isAlive(noted)) disown(postgresDir)
  for (const path of [socket, `${socket}.lock`]) rmSync(path, { force: true })
}

const POLL_MS = 20
const steps = [
  ['SIGINT', 10_000], // fast shutdown; its supervisor may have asked for it already
  ['SIGQUIT', 5_000], // immediate: recovers at the next start
] as const

async function stopLeftover(pid: number, postgresDir: string, log: Logger): Promise<void> {
  log.info({ postgresPid: pid }, 'stopping the embedded PostgreSQL of a Parley that was killed')
  for (const [name, waitMs] of steps) {
    signal(pid, name)
    const until = Date.now() + waitMs
    while (Date.now() < until) {
      if (!isPostgresOf(pid, postgresDir)) return
      await systemClock.sleep(POLL_MS)
    }
  }
  throw new StartError(
    `A PostgreSQL left behind by an earlier Parley (pid ${pid}) does not end: stop it, then start again.`,
  )
}

/** A socket without a listener refuses at once, whoever left it. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}

const NEVER_A_PID = 2_147_483_647

/**
 * PostgreSQL will not start while the process in its note lives, be it a stranger with a reused number. Only the number
 * is changed: by the note's other lines PostgreSQL still sees backends that outlived their postmaster.
 */
function disown(postgresDir: string): void {
  const path = join(postgresDir, 'postmaster.pid')
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^\d+/, String(NEVER_A_PID)))
}
