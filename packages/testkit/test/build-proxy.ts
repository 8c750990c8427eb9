import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Stands before a server and gives out another build of its screens when told to: the same files under another version. */
export class BuildProxy {
  readonly #server: Server
  #isReleased = false

  private constructor(target: string) {
    const { hostname, port } = new URL(target)
    this.#server = createServer((incoming, outgoing) => {
      const { method, url: path } = incoming
      // Whole answers only: what was changed on the way has other bytes than what the server would compare.
      const { 'if-none-match': _match, 'if-modified-since': _since, ...headers } = incoming.headers
      const forwarded = request({
        hostname,
        port,
        method,
        path,
        headers: { ...headers, 'accept-encoding': 'identity' },
      })
      forwarded.on('response', (answer) => {
        if (path !== '/service-worker.js' || !this.#isReleased) {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
          answer.pipe(outgoing)
          return
        }
        const { 'content-length': _length, etag: _etag, 'last-modified': _modified, ...kept } = answer.headers
        outgoing.writeHead(answer.statusCode ?? 502, kept)
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        answer.on('end', () => outgoing.end(text.replace(/(\bversion:["'`])/, '$1next-')))
      })
      forwarded.on('error', () => outgoing.destroy())
      incoming.pipe(forwarded)
    })
  }

  static async start(target: string): Promise<BuildProxy> {
    const proxy = new BuildProxy(target)
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** From now on the build is a new one. */
  release(): void {
    this.#isReleased = true
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }
}
