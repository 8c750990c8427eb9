import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitUntil } from '@parley/testkit'

const root = join(import.meta.dirname, '../../..')
export const parley = join(root, 'packages/cli/bin/parley.mjs')

const START_MS = 60_000

/** As far as the tests read it. */
export interface Line {
  url: string
  admin_token: string
  pid: number
  data_dir: string
  account: { id: number; amojo_id: string }
  admin: { id: number; email: string; password: string; token: string }
  manager: { id: number; email: string; password: string; token: string }
  channel: { id: string; code: string; secret: string; bot_id: string; webhook_url: string }
  scope_id: string
}

export interface Ephemeral {
  child: ChildProcess
  stdout: () => string
  stderr: () => string
  line: Line
  ended: Promise<number | null>
}

interface Options {
  words?: string[]
  /** What its standard input is; `pipe` unless told otherwise. */
  stdin?: 'pipe' | 'ignore'
  ipc?: boolean
}

/** Throw-away servers as a test suite starts them. */
export class EphemeralServers {
  readonly cache: string
  /** Nobody else uses it. */
  readonly #isOwn: boolean
  readonly #children: ChildProcess[] = []

  private constructor(cache: string | undefined) {
    this.#isOwn = cache === undefined
    this.cache = cache ?? mkdtempSync(join(tmpdir(), 'parley-cache-'))
  }

  /** @param cache absent: a new, empty one */
  static build(cache?: string): EphemeralServers {
    execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'server'], { stdio: 'inherit' })
    return new EphemeralServers(cache)
  }

  get env(): Record<string, string | undefined> {
    // biome-ignore lint/style/noProcessEnv: where programs are, the one thing the child gets from us
    const { PATH } = process.env
    return {
      PATH,
      XDG_CACHE_HOME: this.cache,
      PARLEY_PORT: '1',
      PARLEY_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x',
    }
  }

  async start({ words = [], stdin = 'pipe', ipc = false }: Options = {}): Promise<Ephemeral> {
    const args = ['serve', '--ephemeral', '--json', ...words]
    const child = ipc
      ? fork(parley, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: this.env })
      : spawn(process.execPath, [parley, ...args], { stdio: [stdin, 'pipe', 'pipe'], env: this.env })
    this.#children.push(child)
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name]!.setEncoding('utf8').on('data', (text: string) => (said[name] += text))
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    await waitUntil('it says something', () => said.stdout.includes('\n') || child.exitCode !== null, START_MS)
    if (!said.stdout.includes('"url"')) throw new Error(`It did not start: ${said.stdout}${said.stderr}`)
    const line = JSON.parse(said.stdout) as Line
    return { child, stdout: () => said.stdout, stderr: () => said.stderr, line, ended }
  }

  clear(): void {
    for (const child of this.#children) child.kill('SIGKILL')
    if (this.#isOwn) rmSync(this.cache, { recursive: true, force: true })
  }
}

/** Nothing is left of it: no folder, and no process that works in it. */
export function isGone({ data_dir }: Line): boolean {
  const processes = execFileSync('ps', ['-ww', '-e', '-o', 'args='], { encoding: 'utf8' })
  return !existsSync(data_dir) && !processes.includes(data_dir)
}
