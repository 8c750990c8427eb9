import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppClient, newAgent, sendRaw, signHeaders, waitUntil } from '@parley/testkit'

const root = join(import.meta.dirname, '../../..')
const parley = join(root, 'packages/cli/bin/parley.mjs')
const PASSWORD = 'correct horse battery'

/** The built server as an operator starts it, with the embedded PostgreSQL, to be killed and started again. */
export class CrashServer {
  readonly url: string
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'parley-crash-'))
  #child: ChildProcess | undefined

  private constructor(port: number) {
    this.url = `http://127.0.0.1:${port}`
  }

  static async make(): Promise<CrashServer> {
    execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'server'], { stdio: 'inherit' })
    return new CrashServer(await freePort())
  }

  /** Resolves when it is ready. */
  async start(): Promise<void> {
    // biome-ignore lint/style/noProcessEnv: where programs are, the one thing the child gets from us
    const { PATH } = process.env
    const env = {
      PATH,
      PARLEY_DATA_DIR: this.#dataDir,
      PARLEY_PORT: new URL(this.url).port,
      PARLEY_SANDBOX: 'off',
      PARLEY_LOG_LEVEL: 'fatal',
    }
    this.#child = spawn(process.execPath, [parley, 'serve'], { stdio: 'ignore', env, detached: true })
    const isReady = () =>
      fetch(`${this.url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      )
    await waitUntil('it is ready', isReady, 30_000)
  }

  /** The server alone: PostgreSQL is left behind without it. */
  kill(): void {
    this.#child?.kill('SIGKILL')
  }

  /** The server's whole process group, and PostgreSQL with all its processes: as when the power goes. */
  killEverything(): void {
    const database = this.#databasePids()
    const child = this.#child
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL')
    for (const pid of database) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // Ended meanwhile.
      }
    }
  }

  /** Ends it and takes away what it wrote. */
  async clear(): Promise<void> {
    this.killEverything()
    await waitUntil('everything has ended', () => this.#databasePids().length === 0)
    rmSync(this.#dataDir, { recursive: true, force: true })
  }

  /** An account with an owner, and a channel connected to it. */
  async register(webhookUrl: string) {
    const email = `${randomUUID()}@example.test`
    const account = await this.#asOperator<{ id: number; amojo_id: string }>('/accounts', {
      name: 'Crash',
      subdomain: 'crash',
      owner_email: email,
      owner_password: PASSWORD,
    })
    const channel = await this.#asOperator<{ id: string; secret: string }>('/channels', {
      name: 'Crash',
      code: 'amo.ext.crash',
      webhook_url: webhookUrl,
      accounts: [account.id],
      rate_limit: 100_000,
    })
    const post = async (path: string, payload: unknown): Promise<string> => {
      const unsigned = { method: 'POST', path: `/v2/origin/custom/${path}`, body: Buffer.from(JSON.stringify(payload)) }
      const answer = await sendRaw(this.url, signHeaders(unsigned, channel.secret, new Date()))
      const text = await answer.text()
      if (answer.status !== 200) throw new Error(`${answer.status}: ${text}`)
      return text
    }
    await post(`${channel.id}/connect`, { account_id: account.amojo_id, hook_api_version: 'v2' })
    const send = async (message: unknown) => {
      const text = await post(`${channel.id}_${account.amojo_id}`, message)
      return (JSON.parse(text) as { new_message: { conversation_id: string; msgid: string } }).new_message
    }
    const logIn = () => AppClient.logIn({ url: this.url, agent: newAgent() }, { email, password: PASSWORD })
    return { ...channel, send, logIn }
  }

  async #asOperator<T>(path: string, body: unknown): Promise<T> {
    const token = readFileSync(join(this.#dataDir, 'admin-token'), 'utf8').trim()
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(`${this.url}/api/admin/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as T
  }

  #databasePids(): number[] {
    const lines = execFileSync('ps', ['-ww', '-e', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n')
    return lines
      .filter((line) => line.includes(`-D ${this.#dataDir}/postgres`))
      .map((line) => Number.parseInt(line, 10))
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
