import { spawn } from 'node:child_process'
import { root } from './root.mjs'

/** A step failed and has said why; `exitCode` is what to end with. */
export class StepFailed extends Error {
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/** Runs a command in the repository with our own input and output; answers its exit code. */
export function run(command, args, { env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

/** Runs a command and shows what it printed only when it fails. */
export async function runQuietly(command, args, { env } = {}) {
  const { code, output } = await new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    const chunks = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString() }))
  })
  if (code === 0) return
  process.stderr.write(output)
  throw new StepFailed(`${[command, ...args].join(' ')} failed.`, code ?? 1)
}

/** Runs a script's body; a failed step ends it with one line and its exit code, a bug with its stack. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? process.exitCode
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    console.error(error.message)
    process.exitCode = error.exitCode
  }
}
