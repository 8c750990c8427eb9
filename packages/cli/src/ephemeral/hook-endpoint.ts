import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as rest } from 'node:timers/promises'
import type { HookFault } from '@parley/server'

export interface TakenHook {
  at: string
  path: string
  attempt: number
  signature: string
  body: unknown
}

const MOST_KEPT = 1000
const FORWARD_MS = 15_000
const PASSED_ON = /^(content-type|x-.*|user-agent)$/

/** Stands between Parley and a channel's own endpoint, or in its place: keeps what comes, and goes wrong when told to. */
export class HookEndpoint {
  readonly #server: Server
  readonly #target: string | undefined
  readonly #taken: TakenHook[] = []
  #fault: HookFault | undefined

  private constructor(target: string | undefined) {
    this.#target = target
    this.#server = createServer((request, response) => {
      this.#take(request, response).catch(() => response.destroy()) // the sender went away
    })
  }

  /** @param target where hooks are passed on to; absent: each is answered with 200 */
  static async open(target: string | undefined): Promise<HookEndpoint> {
    const endpoint = new HookEndpoint(target)
    await new Promise<void>((resolve) => endpoint.#server.listen(0, '127.0.0.1', resolve))
    return endpoint
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hooks/:scope_id`
  }

  get taken(): readonly TakenHook[] {
    return this.#taken
  }

  setFault(fault: HookFault | undefined): void {
    this.#fault = fault
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray())
    this.#taken.push(describe(request, body))
    if (this.#taken.length > MOST_KEPT) this.#taken.shift()
    const fault = this.#nextFault()
    if (fault?.kind === 'drop') return void response.destroy()
    if (fault?.kind === 'refuse') return void response.writeHead(fault.status).end()
    if (fault?.kind === 'delay') await rest(fault.delay_ms)
    if (fault?.kind === 'duplicate') await this.#passOn(request, body)
    const { status, text } = await this.#passOn(request, body)
    response.writeHead(status).end(text)
  }

  #nextFault(): HookFault | undefined {
    const fault = this.#fault
    if (fault) this.#fault = fault.times > 1 ? { ...fault, times: fault.times - 1 } : undefined
    return fault
  }

  /** The same bytes under the same headers, so the signature stays right. */
  async #passOn({ url = '', headers }: IncomingMessage, body: Buffer): Promise<{ status: number; text: string }> {
    if (this.#target === undefined) return { status: 200, text: '' }
    const scopeId = url.split('/').at(-1) ?? ''
    const target = this.#target.includes(':scope_id')
      ? this.#target.replace(':scope_id', scopeId)
      : `${this.#target.replace(/\/$/, '')}/${scopeId}`
    const kept = Object.entries(headers).filter(([name]) => PASSED_ON.test(name)) as [string, string][]
    const signal = AbortSignal.timeout(FORWARD_MS)
    try {
      const answer = await fetch(target, { method: 'POST', headers: kept, body, redirect: 'manual', signal })
      return { status: answer.status, text: await answer.text() }
    } catch (error) {
      return { status: 502, text: `The endpoint ${target} does not answer: ${error}` }
    }
  }
}

function describe({ url = '', headers }: IncomingMessage, body: Buffer): TakenHook {
  const text = body.toString('utf8')
  return {
    at: new Date().toISOString(),
    path: url,
    attempt: Number(headers['x-parley-attempt']),
    signature: String(headers['x-signature']),
    body: JSON.parse(text),
  }
}
