import { measureCeiling } from './ceiling.ts'
import { type Latency, latencyOf } from './figures.ts'
import { drive, memoryOf, signedRequest } from './ingest-bench.ts'
import { memoryMbOf } from './process-usage.ts'
import type { Sample } from './sample.ts'
import type { ServerProcess } from './server-process.ts'

export interface ImportFigures {
  messages: number
  connections: number
  messagesPerSecond: number
  /** The same rows straight through the driver, in batches as large as an import of this many connections makes. */
  ceilingPerSecond: number
  ackMs: Latency
  /** The server's own memory, in MiB. */
  serverMb: { before: number; peak: number; after: number }
  databaseMb: number
}

const CONNECTIONS = 64
/** Requests are signed in portions, while the clock stands still. */
const PORTION = 5_000
/** An import that does not get through is reported by what it did get through. */
const LONGEST_MS = 45_000
const LOOK_EVERY_MS = 100

/** A messenger's history goes into one account, silently: old messages, by time, through all its chats at once. */
export async function measureImport(
  server: ServerProcess,
  sample: Sample,
  { messages, ceilingSeconds }: { messages: number; ceilingSeconds: number },
): Promise<ImportFigures> {
  const memory = watchMemory(server)
  const acks: number[] = []
  let tookMs = 0
  while (acks.length < messages && tookMs < LONGEST_MS) {
    const count = Math.min(PORTION, messages - acks.length)
    // The last comes off first.
    const requests = Array.from({ length: count }, () => signedRequest(sample, 'import')).reverse()
    const startedAt = performance.now()
    acks.push(...(await drive(server.port, CONNECTIONS, () => requests.pop())))
    tookMs += performance.now() - startedAt
  }
  const serverMb = memory.stop()
  const ceiling = await measureCeiling(server, sample, 'import', CONNECTIONS, ceilingSeconds)
  return {
    messages: acks.length,
    connections: CONNECTIONS,
    messagesPerSecond: Math.round(acks.length / (tookMs / 1000)),
    ceilingPerSecond: ceiling.messagesPerSecond,
    ackMs: latencyOf(acks),
    serverMb,
    databaseMb: memoryOf(server).databaseMb,
  }
}

function watchMemory(server: ServerProcess) {
  const look = () => memoryMbOf([server.pid])
  const before = look()
  let peak = before
  const timer = setInterval(() => {
    peak = Math.max(peak, look())
  }, LOOK_EVERY_MS)
  return {
    stop(): ImportFigures['serverMb'] {
      clearInterval(timer)
      const after = look()
      return { before, peak: Math.max(peak, after), after }
    },
  }
}
