import { type ChildProcess, spawn } from 'node:child_process'
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitUntil } from '@parley/testkit'
import { inject } from 'vitest'

const root = join(import.meta.dirname, '../../..')

/**
 * What stands behind the language of a block says what the tests do with it; a reader does not see it:
 * `file=name` it is (more of) that file, `run` it is run to its end, `start=…` it is run until the guide ends and is up when that
 * address answers or there is something in that file, `output` is what the last one that ran printed, `prints` what the last one that was started prints.
 */
export interface Block {
  language: string
  act: string
  value: string
  text: string
  line: number
}

export function readBlocks(file: string): Block[] {
  const page = readFileSync(join(root, 'docs', file), 'utf8')
  return [...page.matchAll(/^```(\w*) ?([^\n=]*)=?([^\n]*)\n([\s\S]*?)^```$/gm)].map((found) => {
    const [, language = '', act = '', value = '', text = ''] = found
    return { language, act, value, text, line: page.slice(0, found.index).split('\n').length }
  })
}

/** The ports that guides name; each run has others, for several may run at once. */
const PORTS = /\b(7300|8080)\b/g
const START_MS = 120_000
const PRINT_MS = 30_000

/** A folder in which a guide is followed, with Parley's checkout beside it as `parley`. */
export class GuideRun {
  readonly folder = mkdtempSync(join(tmpdir(), 'parley-guide-'))
  readonly #ports = new Map<string, number>()
  readonly #groups: number[] = []
  readonly #started: { child: ChildProcess; printed: () => string }[] = []
  readonly #env: Record<string, string | undefined>
  #output = ''

  private constructor() {
    // biome-ignore lint/style/noProcessEnv: where programs are, the one thing the child gets from us
    const { PATH, HOME } = process.env
    symlinkSync(root, join(this.folder, 'parley'))
    const data = join(this.folder, '.data')
    this.#env = {
      PATH,
      HOME,
      PARLEY_DATA_DIR: data,
      XDG_CACHE_HOME: inject('cache'),
      PARLEY_LOG_LEVEL: 'warn',
    }
  }

  static async begin(): Promise<GuideRun> {
    const run = new GuideRun()
    for (const port of ['7300', '8080']) run.#ports.set(port, await freePort())
    run.#env.PARLEY_PORT = String(run.#ports.get('7300'))
    return run
  }

  /** Programs of these names are ours, before those of the machine. */
  putFirst(name: string, script: string): void {
    const folder = join(this.folder, '.bin')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, name), script, { mode: 0o755 })
    if (!this.#env.PATH?.startsWith(folder)) this.#env.PATH = `${folder}:${this.#env.PATH}`
  }

  setVariable(name: string, value: string): void {
    this.#env[name] = value
  }

  get env(): Readonly<Record<string, string | undefined>> {
    return this.#env
  }

  async do({ act, value, text }: Block): Promise<void> {
    const ours = this.#withPorts(text)
    if (act === 'file') appendFileSync(join(this.folder, value), ours)
    else if (act === 'run') this.#output = await this.run(ours)
    else if (act === 'start') await this.#start(ours, this.#withPorts(value))
    else if (act === 'output') expectPrinted(this.#output, ours)
    else if (act === 'prints') await this.#untilPrinted(ours)
    else if (act !== '') throw new Error(`Nobody knows what "${act}" behind a block's language means.`)
  }

  /** Like a terminal: what one command exports, the next one has. Answers what it printed. */
  async run(script: string): Promise<string> {
    const kept = join(this.folder, '.variables')
    const whole = `${existsSync(kept) ? `. ${kept}\n` : ''}set -e\n${this.#withPorts(script)}\nexport -p > ${kept}`
    const [stdout, stderr] = [join(this.folder, '.stdout'), join(this.folder, '.stderr')]
    // Files, for what a shell leaves running keeps a pipe open.
    const child = this.#spawn(whole, [openSync(stdout, 'w'), openSync(stderr, 'w')])
    const code = await new Promise((resolve) => child.once('exit', resolve))
    const printed = readFileSync(stdout, 'utf8')
    if (code !== 0) throw new Error(`It ended with ${code}:\n${script}\n${printed}${readFileSync(stderr, 'utf8')}`)
    return printed
  }

  /** Also of what a shell left running. */
  async end(): Promise<void> {
    const running = this.#started.filter(({ child }) => child.exitCode === null)
    const ended = running.map(({ child }) => new Promise((resolve) => child.once('close', resolve)))
    for (const group of this.#groups) endGroup(group)
    await Promise.all(ended)
    rmSync(this.folder, { recursive: true, force: true })
  }

  async #start(script: string, sign: string): Promise<void> {
    const child = this.#spawn(script, ['pipe', 'pipe'])
    const said = listen(child)
    this.#started.push({ child, printed: () => said.stdout })
    const isUp = () => (sign.startsWith('http') ? answers(sign) : hasText(join(this.folder, sign)))
    await waitUntil(`${sign} is there`, async () => child.exitCode !== null || (await isUp()), START_MS)
    if (child.exitCode !== null) throw new Error(`It ended at once:\n${script}\n${said.stdout}${said.stderr}`)
  }

  #spawn(script: string, out: ['pipe', 'pipe'] | [number, number]): ChildProcess {
    // A group of its own, so that what a shell starts ends with it.
    const child = spawn('sh', ['-c', script], {
      cwd: this.folder,
      env: this.#env,
      detached: true,
      stdio: ['ignore', ...out],
    })
    this.#groups.push(child.pid!)
    for (const one of out) if (typeof one === 'number') closeSync(one)
    return child
  }

  async #untilPrinted(text: string): Promise<void> {
    const { printed } = this.#started.at(-1)!
    const hasAll = () =>
      text
        .trim()
        .split('\n')
        .every((line) => printed().includes(line))
    await waitUntil(`it prints ${text}, after ${printed()}`, hasAll, PRINT_MS)
  }

  #withPorts(text: string): string {
    return text.replaceAll(PORTS, (port) => String(this.#ports.get(port)))
  }
}

function listen(child: ChildProcess): { stdout: string; stderr: string } {
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name]!.setEncoding('utf8').on('data', (text: string) => (said[name] += text))
  return said
}

function endGroup(group: number): void {
  try {
    process.kill(-group, 'SIGTERM')
  } catch {
    // Nobody of it is left.
  }
}

const hasText = (file: string) => existsSync(file) && statSync(file).size > 0

async function answers(address: string): Promise<boolean> {
  try {
    const { status } = await fetch(address)
    return status < 500
  } catch {
    return false
  }
}

/** `…` stands for anything. */
function expectPrinted(printed: string, shown: string): void {
  const pattern = shown.trim().split('…').map(escapeForPattern).join('[^\\n]*')
  if (!new RegExp(`^${pattern}$`).test(printed.trim())) throw new Error(`It printed\n${printed}\nand not\n${shown}`)
}

const escapeForPattern = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
