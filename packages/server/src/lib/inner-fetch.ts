import type { IncomingMessage, RequestListener } from 'node:http'
import { createServer } from 'node:http'
import { duplexPair } from 'node:stream'
import { Agent } from 'undici'
import type { Clock } from './clock.ts'
import { Exchanges } from './exchange.ts'
import type { GuardedFetch } from './guarded-fetch.ts'
import { describeNetworkError } from './network-failure.ts'

/**
 * HTTP to a listener of this process: the same client, parsers, deadlines and failures as over a network, on a pair of streams in
 * memory. Nothing listens on a port, so nobody else can reach the listener, and no request of ours can be led elsewhere.
 */
export function createInnerFetch(clock: Clock, listener: RequestListener): GuardedFetch {
  // Whoever hangs here hangs on purpose; the client's deadline ends it.
  const server = createServer({ requestTimeout: 0, headersTimeout: 0 }, listener)
  const agent = new Agent({
    connections: 256,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (_options, callback) => {
      const [ours, theirs] = duplexPair()
      // As a socket does: what one side drops, the other sees dropped.
      ours.once('close', () => theirs.destroy())
      theirs.once('close', () => ours.destroy())
      server.emit('connection', theirs)
      // Not at once: undici counts on a connection that takes its time. Its type asks for a socket; any duplex does.
      setImmediate(() => callback(null, ours as IncomingMessage['socket']))
    },
  })
  const exchanges = new Exchanges(agent, clock)
  return {
    fetch: async ({ url, method, headers, body = null, timeoutMs }, signal) => {
      const { origin, pathname, search } = new URL(url)
      try {
        return await exchanges.make({ origin, path: pathname + search, method, headers, body, timeoutMs }, signal)
      } catch (error) {
        return { kind: 'failed', ...describeNetworkError(error) }
      }
    },
    close: async () => {
      await agent.destroy()
      server.close()
    },
  }
}
