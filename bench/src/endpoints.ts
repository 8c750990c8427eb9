import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { sharedNowMs } from './figures.ts'

/** Message id and when its hook came, by the clock all processes share. */
export type Arrival = readonly [messageId: string, at: number]

/**
 * Channels' endpoints in a process of their own, so that they take nothing from the one that measures. They speak just enough
 * HTTP to answer 200 after a while: a server proper would cost as much CPU as the one under test.
 */
export class Endpoints {
  readonly ports: readonly number[]
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, ports: readonly number[]) {
    this.#child = child
    this.ports = ports
  }

  static async open(count: number, delayMs: number): Promise<Endpoints> {
    const child = fork(process.argv[1] ?? '', ['endpoints', String(count), String(delayMs)])
    const [ports] = (await once(child, 'message')) as [number[]]
    return new Endpoints(child, ports)
  }

  urlOf(index: number): string {
    return `http://127.0.0.1:${this.ports[index]}/hooks/:scope_id`
  }

  /** From now on these take every hook and answer none. */
  async hang(indices: readonly number[]): Promise<void> {
    this.#child.send({ hang: indices })
    await once(this.#child, 'message')
  }

  /** What came since the last time. */
  async takeArrivals(): Promise<Arrival[]> {
    this.#child.send({ report: true })
    const [arrivals] = (await once(this.#child, 'message')) as [Arrival[]]
    return arrivals
  }

  close(): void {
    this.#child.kill()
  }
}

/** The child's side. */
export async function serveEndpoints(count: number, delayMs: number): Promise<void> {
  const hanging = new Set<number>()
  const arrivals: Arrival[] = []
  const ports: number[] = []
  for (let index = 0; index < count; index += 1) {
    const server = createServer((socket) =>
      serve(socket, (messageId) => {
        arrivals.push([messageId, sharedNowMs()])
        if (!hanging.has(index)) setTimeout(() => socket.write(ANSWER), delayMs)
      }),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    ports.push(typeof address === 'object' && address ? address.port : 0)
  }
  process.on('message', (order: { hang?: number[]; report?: true }) => {
    for (const index of order.hang ?? []) hanging.add(index)
    process.send?.(order.report ? arrivals.splice(0) : true)
  })
  process.on('disconnect', () => process.exit())
  process.send?.(ports)
}

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'
const END_OF_HEAD = '\r\n\r\n'

/** One request at a time on a connection, as senders without pipelining make them. */
function serve(socket: Socket, take: (messageId: string) => void): void {
  let received = ''
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1')
    const headEnd = received.indexOf(END_OF_HEAD)
    if (headEnd < 0) return
    const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0)
    if (received.length < headEnd + END_OF_HEAD.length + length) return
    const messageId = /"message":\{"id":"([^"]+)"/.exec(received)?.[1] ?? ''
    received = ''
    take(messageId)
  })
}
