import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A line between a browser and the server that can be cut: what is open breaks, what is new gets no answer. */
export class NetworkLine {
  readonly #server: Server
  readonly #open = new Set<Socket>()
  #isCut = false

  private constructor(target: () => string) {
    this.#server = createServer((near) => {
      if (this.#isCut) return near.destroy()
      const { hostname, port } = new URL(target())
      const far = connect(Number(port), hostname)
      this.#join(near, far)
      this.#join(far, near)
    })
  }

  /** @param target where the server is, asked for every connection: it may be restarted elsewhere */
  static async open(target: () => string): Promise<NetworkLine> {
    const line = new NetworkLine(target)
    await new Promise<void>((resolve) => line.#server.listen(0, '127.0.0.1', resolve))
    return line
  }

  /** What to open instead of the server's own address. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  cut(): void {
    this.#isCut = true
    for (const socket of this.#open) socket.destroy()
  }

  mend(): void {
    this.#isCut = false
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  #join(from: Socket, to: Socket): void {
    this.#open.add(from)
    from.on('error', () => undefined)
    from.on('close', () => {
      this.#open.delete(from)
      to.destroy()
    })
    from.pipe(to)
  }
}
