import { type Latency, latencyOf } from './figures.ts'
import { cpuUsOf, familyOf, memoryMbOf } from './process-usage.ts'
import { RawConnection } from './raw-client.ts'
import { messageRequest, type Sample, type SampleMessage, TEXT } from './sample.ts'
import type { ServerProcess } from './server-process.ts'

/** Which chats the messages go to. */
export type Shape = 'many chats' | 'one hot chat' | 'new chats' | 'import'

export interface IngestFigures {
  shape: Shape
  inFlight: number
  messagesPerSecond: number
  ackMs: Latency
  serverCpuUsPerMessage: number
  databaseCpuUsPerMessage: number
}

/** Known chats, over all accounts together. */
export const KNOWN_CHATS = 5_000

/** Chats of one account that an import fills. */
export const IMPORTED_CHATS = 1_000
const IMPORT_BEGINS_MS = Date.UTC(2024, 0, 1)
const IMPORT_STEP_MS = 417

let made = 0

/** A message to a chat of the shape; every one has a msgid of its own. */
export function nextMessage(shape: Shape): SampleMessage & { accountIndex: number } {
  made += 1
  if (shape === 'import') return nextImported(made)
  const chat =
    shape === 'new chats'
      ? `new-${made}`
      : `known-${shape === 'one hot chat' ? 0 : Math.floor(Math.random() * KNOWN_CHATS)}`
  const number = Number(chat.slice(chat.indexOf('-') + 1))
  return { accountIndex: number, msgid: `m-${made}`, chat, client: `u-${chat}`, text: `${TEXT} ${made}` }
}

/** As an importer walks through its store: by time, so through all chats at once. */
function nextImported(number: number): ReturnType<typeof nextMessage> {
  const chat = `import-${number % IMPORTED_CHATS}`
  const importedFromMs = IMPORT_BEGINS_MS + number * IMPORT_STEP_MS
  return { accountIndex: 0, msgid: `i-${number}`, chat, client: `u-${chat}`, text: `${TEXT} ${number}`, importedFromMs }
}

export function signedRequest(sample: Sample, shape: Shape): Buffer {
  const message = nextMessage(shape)
  const account = sample.accounts[message.accountIndex % sample.accounts.length]
  if (!account) throw new Error('The sample has no accounts.')
  return messageRequest(sample.channel, account, message)
}

/** Makes every known chat, so that later phases meet no new one. */
export async function warmUp(server: ServerProcess, sample: Sample): Promise<void> {
  const requests = Array.from({ length: KNOWN_CHATS }, (_, index) => {
    const account = sample.accounts[index % sample.accounts.length]
    if (!account) throw new Error('The sample has no accounts.')
    return messageRequest(sample.channel, account, {
      msgid: `warm-${index}`,
      chat: `known-${index}`,
      client: `u-known-${index}`,
      text: TEXT,
    })
  })
  await drive(server.port, 64, () => requests.pop())
}

/**
 * Keeps `inFlight` requests under way for `seconds`. Requests are signed before the clock starts: the load generator runs
 * on the same cores, and its own work is not what is measured.
 */
export async function measureIngest(
  server: ServerProcess,
  sample: Sample,
  shape: Shape,
  inFlight: number,
  seconds: number,
): Promise<IngestFigures> {
  const perSecond = await probe(server, sample, shape, inFlight)
  const requests = Array.from({ length: Math.ceil(perSecond * seconds) }, () => signedRequest(sample, shape))
  const serverPids = [server.pid]
  const databasePids = familyOf(server.databasePid)
  const before = { server: cpuUsOf(serverPids), database: cpuUsOf(databasePids), at: performance.now() }
  const acks = await drive(server.port, inFlight, () => requests.pop())
  const tookS = (performance.now() - before.at) / 1000
  return {
    shape,
    inFlight,
    messagesPerSecond: Math.round(acks.length / tookS),
    ackMs: latencyOf(acks),
    serverCpuUsPerMessage: Math.round((cpuUsOf(serverPids) - before.server) / acks.length),
    databaseCpuUsPerMessage: Math.round((cpuUsOf(databasePids) - before.database) / acks.length),
  }
}

/** How many go through in a moment, to know how many to prepare. */
async function probe(server: ServerProcess, sample: Sample, shape: Shape, inFlight: number): Promise<number> {
  const requests = Array.from({ length: Math.max(100, inFlight * 8) }, () => signedRequest(sample, shape))
  const startedAt = performance.now()
  const acks = await drive(server.port, inFlight, () => requests.pop())
  return Math.min(20_000, acks.length / ((performance.now() - startedAt) / 1000))
}

/** Sends what `next` gives over `inFlight` connections until there is no more; answers the waiting times in ms. */
export async function drive(port: number, inFlight: number, next: () => Buffer | undefined): Promise<number[]> {
  const acks: number[] = []
  const connections = await Promise.all(Array.from({ length: inFlight }, () => RawConnection.open(port)))
  await Promise.all(
    connections.map(async (connection) => {
      for (let request = next(); request; request = next()) {
        const sentAt = performance.now()
        const { status, body } = await connection.send(request)
        if (status !== 200) throw new Error(`The server answered ${status}: ${body}`)
        acks.push(performance.now() - sentAt)
      }
      connection.close()
    }),
  )
  return acks
}

export const memoryOf = (server: ServerProcess) => ({
  serverMb: memoryMbOf([server.pid]),
  databaseMb: memoryMbOf(familyOf(server.databasePid)),
})
