import { spawn } from 'node:child_process'
import type { RunAs } from './run-as.ts'

/** PostgreSQL's programs see no variable of ours: `PG…` would change what they do, and another locale what they print. */
export function childEnvironment(): NodeJS.ProcessEnv {
  // biome-ignore lint/style/noProcessEnv: where programs are, not how Parley is configured
  const passedOn = Object.entries(process.env).filter(([name]) => PASSED_ON.has(name))
  return { ...Object.fromEntries(passedOn), LC_ALL: 'C', TZ: 'UTC' }
}

const PASSED_ON = new Set(['PATH', 'HOME', 'TMPDIR', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'])

/** Runs a command; answers its exit code (or the signal's name) and all it printed. */
export function runToEnd(
  [program, ...args]: string[],
  owner: RunAs['owner'],
): Promise<{ code: number | string | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program!, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      env: childEnvironment(),
      ...owner,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code: code ?? signal, output }))
  })
}
