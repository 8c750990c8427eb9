import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Reads a pipe of which we hold the other end. However we end, `kill -9` included, the pipe closes; once PostgreSQL has ended, too,
 * the folder goes. A few times over, for what was being written meanwhile.
 */
const JANITOR = `
while read -r _; do :; done
tries=0
while [ -e "$1/postgres/postmaster.pid" ] && [ "$tries" -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
for _ in 1 2 3 4 5; do
  rm -rf "$1"
  sleep 0.2
  [ -e "$1" ] || exit 0
done
`

/** Sockets lie in it, and their paths have a hundred bytes at most: below a longer one they would lie elsewhere, and stay. */
const LONGEST_BASE = 60

export interface ThrowAwayFolder {
  path: string
  remove(): void
}

/** A folder that is gone when this process is, however that ends. */
export function makeThrowAwayFolder(): ThrowAwayFolder {
  const base = tmpdir().length > LONGEST_BASE ? '/tmp' : tmpdir()
  const path = mkdtempSync(join(base, 'parley-ephemeral-'))
  const janitor = spawn('/bin/sh', ['-c', JANITOR, 'parley-janitor', path], {
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    detached: true, // a Ctrl-C in the terminal is not for it
  })
  janitor.unref()
  janitor.stdin.on('error', () => undefined)
  ;(janitor.stdin as unknown as { unref(): void }).unref()
  return {
    path,
    remove() {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 })
      janitor.stdin.end()
    },
  }
}
