import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { within } from './wait-until.ts'

export interface ServedFile {
  /** 200 unless told otherwise. */
  status?: number
  /** As they are: they may lie. */
  headers?: Record<string, string>
  body?: Buffer | string
  /**
   * `hang`: never answers. `drop`: cuts the connection at once. `stall`: half of the body, and then nothing.
   * `break_off`: half of the body, and then the connection is cut.
   */
  how?: 'hang' | 'drop' | 'stall' | 'break_off'
}

const DEADLINE_MS = 5000

/** Where a channel keeps its files: a real HTTP server that answers as told, and 404 to what it was not told of. */
export class FileServer {
  /** Every request, in order of arrival. */
  readonly requests: IncomingMessage[] = []
  /** Requests that were taken and whose connection is still there. */
  inHand = 0
  readonly #files = new Map<string, ServedFile>()
  readonly #server: Server
  #waiting: (() => void)[] = []

  private constructor() {
    this.#server = createServer((request, response) => this.#take(request, response))
  }

  static async start(): Promise<FileServer> {
    const server = new FileServer()
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve))
    return server
  }

  /** `http://127.0.0.1:port` */
  get url(): string {
    return `http://${this.host}`
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Puts a file there, or another in its place. Answers its URL. */
  serve(path: string, file: ServedFile): string {
    this.#files.set(new URL(path, this.url).pathname, file)
    return this.url + path
  }

  /** Resolves when a path was asked for so often. */
  async asked(path: string, times = 1): Promise<void> {
    const count = () => this.requests.filter(({ url }) => url === path).length
    while (count() < times) {
      const arrival = new Promise<void>((resolve) => this.#waiting.push(resolve))
      await within(DEADLINE_MS, arrival, () => `${path} was asked for ${count()} times, not ${times}.`)
    }
  }

  /** Cuts what is still open. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push(request)
    this.inHand += 1
    response.on('close', () => {
      this.inHand -= 1
    })
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
    const path = new URL(request.url ?? '/', this.url).pathname
    answer(response, this.#files.get(path) ?? { status: 404 })
  }
}

function answer(response: ServerResponse, { status = 200, headers = {}, body = '', how }: ServedFile): void {
  if (how === 'hang') return
  if (how === 'drop') {
    response.destroy()
    return
  }
  const bytes = Buffer.from(body)
  response.writeHead(status, headers)
  if (how === undefined) {
    response.end(bytes)
    return
  }
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => {
    if (how === 'break_off') response.destroy()
  })
}
