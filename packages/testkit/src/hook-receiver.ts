import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { hmac } from './sign-request.ts'
import { within } from './wait-until.ts'

const DEFAULT_DEADLINE_MS = 5_000

/** `hang`: takes the request and never answers. `drop`: cuts the connection. */
export type HookAnswer =
  | number
  | 'hang'
  | 'drop'
  | { status: number; body?: string; headers?: Record<string, string>; delayMs?: number }

export class ReceivedHook {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  constructor(request: IncomingMessage, body: Buffer) {
    this.method = request.method ?? ''
    this.path = request.url ?? ''
    this.headers = request.headers
    this.body = body
  }

  // biome-ignore lint/suspicious/noExplicitAny: what a hook holds is for the test to say
  json(): any {
    return JSON.parse(this.body.toString('utf8'))
  }

  /** Which try this was, from 1. */
  get attempt(): number {
    return Number(this.headers['x-parley-attempt'])
  }

  get requestId(): string | undefined {
    return this.headers['x-request-id'] as string | undefined
  }

  /** As a channel checks it: HMAC-SHA1 over the bytes of the body. */
  isSignedBy(secret: string): boolean {
    return this.headers['x-signature'] === hmac(secret, this.body)
  }
}

/** A channel's endpoint: a real HTTP server that keeps what it got and answers as told. */
export class HookReceiver {
  /** Everything so far, in order of arrival. */
  readonly requests: ReceivedHook[] = []
  /** Hooks in hand: taken, not answered yet. */
  inHand = 0
  readonly #server: Server
  readonly #answers: HookAnswer[] = []
  #always: HookAnswer = 200
  #read = 0
  #waiting: (() => void)[] = []

  private constructor() {
    this.#server = createServer((request, response) => void this.#take(request, response))
  }

  static async start(): Promise<HookReceiver> {
    const receiver = new HookReceiver()
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve))
    return receiver
  }

  /** `http://127.0.0.1:port/hooks`; the server under test appends the scope. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hooks`
  }

  /** The next answers, one hook each; after them the standing one. */
  answerWith(...answers: HookAnswer[]): this {
    this.#answers.push(...answers)
    return this
  }

  /** The standing answer, 200 unless told otherwise. */
  answerAlways(answer: HookAnswer): this {
    this.#always = answer
    return this
  }

  /** The next hook nobody has asked for yet, at once when it is there already. */
  async next(deadlineMs = DEFAULT_DEADLINE_MS): Promise<ReceivedHook> {
    const index = this.#read++
    while (this.requests[index] === undefined) {
      const arrival = new Promise<void>((resolve) => this.#waiting.push(resolve))
      await within(
        deadlineMs,
        arrival,
        () => `hook ${index + 1} did not come to ${this.url} in ${deadlineMs} ms (${this.requests.length} came).`,
      )
    }
    return this.requests[index]
  }

  /** Cuts what is still open. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer)
    } catch {
      return // The sender went away before it had finished.
    }
    this.inHand += 1
    response.on('close', () => {
      this.inHand -= 1
    })
    const answer = this.#answers.shift() ?? this.#always
    this.requests.push(new ReceivedHook(request, Buffer.concat(chunks)))
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
    reply(response, answer)
  }
}

function reply(response: ServerResponse, answer: HookAnswer): void {
  if (answer === 'hang') return
  if (answer === 'drop') {
    response.destroy()
    return
  }
  const { status, body = '', headers = {}, delayMs = 0 } = typeof answer === 'number' ? { status: answer } : answer
  const write = () => response.writeHead(status, headers).end(body)
  if (delayMs === 0) write()
  else setTimeout(write, delayMs)
}
