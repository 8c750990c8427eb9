import { measureCeiling } from './ceiling.ts'
import { measureDeliveries } from './delivery-bench.ts'
import { serveEndpoints } from './endpoints.ts'
import { measureFairness } from './fairness-bench.ts'
import { measureHistory } from './history-bench.ts'
import { HookEndpoint, measureHooks } from './hook-bench.ts'
import { measureImport } from './import-bench.ts'
import { measureInbox } from './inbox-bench.ts'
import { measureIngest, memoryOf, type Shape, warmUp } from './ingest-bench.ts'
import { type Part, readParts, UnknownPart } from './parts.ts'
import { type Figures, keep, printTables } from './report.ts'
import { makeSample, type Sample } from './sample.ts'
import { measureScreens } from './screens-bench.ts'
import { measureSearch } from './search-bench.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'
import { listen, measureStream } from './stream-bench.ts'
import { measureThread } from './thread-bench.ts'

const IN_FLIGHT = [1, 16, 64, 256]
const SHAPES: Shape[] = ['many chats', 'one hot chat', 'new chats']
const STREAM_RATES = [100, 500, 1000]
const LISTENERS = 100
const TURNS = 6

/** `--quick` runs every part for a second: to see that it works, not to read figures. */
const isQuick = process.argv.includes('--quick')
const seconds = (long: number) => (isQuick ? 1 : long)
const say = (text: string) => console.error(text)

async function runBench(server: ServerProcess, endpoint: HookEndpoint, parts: ReadonlySet<Part>): Promise<Figures> {
  const wants = (part: Part) => parts.has(part)
  const sample = await makeSample(server, { accounts: 10, hookUrl: endpoint.url })
  say('Warming up ...')
  await warmUp(server, sample)
  const figures: Figures = {
    ingest: [],
    recorded: [],
    ceiling: [],
    memory: memoryOf(server),
    stream: [],
    hooks: [],
    imports: [],
    history: [],
    deliveries: [],
    fairness: [],
    inbox: [],
    thread: [],
    screens: [],
    search: [],
  }
  // First, on a fresh server: what others leave behind would be measured along.
  if (wants('ingest')) await runIngest(server, endpoint, sample, figures)
  if (wants('import')) {
    say('Import of history ...')
    const messages = isQuick ? 5_000 : 100_000
    figures.imports.push(await measureImport(server, sample, { messages, ceilingSeconds: seconds(4) }))
  }
  if (wants('deliveries')) {
    say('Deliveries ...')
    figures.deliveries.push(await measureDeliveries(server, isQuick ? 2000 : 40_000))
  }
  if (wants('fairness')) {
    say('Fairness ...')
    figures.fairness.push(await measureFairness(server, seconds(6)))
  }
  for (const rate of wants('stream') ? STREAM_RATES : []) {
    say(`Stream: ${rate} messages a second, ${LISTENERS} listeners ...`)
    figures.stream.push(await measureStream(server, sample, { rate, listeners: LISTENERS, seconds: seconds(8) }))
  }
  if (wants('hooks')) {
    say('Click to hook ...')
    figures.hooks = await measureHooks(server, sample, endpoint, {
      idle: isQuick ? 20 : 200,
      perSecond: 100,
      seconds: seconds(8),
    })
  }
  if (wants('history')) {
    say('Pages of history ...')
    const messages = isQuick ? 50_000 : 1_000_000
    figures.history = await measureHistory(server, { messages, seconds: seconds(8) })
  }
  await runLarge(server, figures, parts)
  figures.memory = memoryOf(server)
  return figures
}

async function runIngest(
  server: ServerProcess,
  endpoint: HookEndpoint,
  sample: Sample,
  figures: Figures,
): Promise<void> {
  for (const shape of SHAPES) {
    for (const inFlight of IN_FLIGHT) {
      say(`Ingest: ${shape}, ${inFlight} in flight ...`)
      figures.ingest.push(await measureIngest(server, sample, shape, inFlight, seconds(5)))
    }
    say(`Ceiling: ${shape} ...`)
    figures.ceiling.push(await measureCeiling(server, sample, shape, 256, seconds(5)))
  }
  const owned = await makeSample(server, { accounts: 10, hookUrl: endpoint.url, isOwned: true })
  await warmUp(server, owned)
  // By turns, for both meet the same tables and the same neighbours.
  for (let turn = 0; turn < TURNS; turn += 1) {
    say(`Ingest: a channel whose requests are kept, ${turn + 1} of ${TURNS} ...`)
    const alone = await measureIngest(server, sample, 'many chats', 256, seconds(2))
    figures.recorded.push({ alone, kept: await measureIngest(server, owned, 'many chats', 256, seconds(2)) })
  }
}

/** What is slow only when there is very much of it. */
async function runLarge(server: ServerProcess, figures: Figures, parts: ReadonlySet<Part>): Promise<void> {
  const wants = (part: Part) => parts.has(part)
  if (wants('inbox')) {
    say('Lists of very many chats ...')
    figures.inbox.push(await measureInbox(server, { chats: isQuick ? 20_000 : 200_000, rounds: isQuick ? 5 : 60 }))
  }
  if (wants('thread')) {
    say('A long conversation in a browser ...')
    const messages = isQuick ? 10_000 : 100_000
    figures.thread = await measureThread(server, { messages, rounds: isQuick ? 3 : 25 })
  }
  if (wants('screens')) {
    say('Very many chats in a browser ...')
    figures.screens = await measureScreens(server, { chats: isQuick ? 20_000 : 200_000 })
  }
  if (wants('search')) {
    say('Search ...')
    const [messages, questions] = isQuick ? [20_000, 20] : [1_000_000, 200]
    figures.search.push(await measureSearch(server, { messages, questions, seconds: seconds(4) }))
  }
}

async function main(): Promise<void> {
  const [, , mode, port, listeners, cookie] = process.argv
  if (mode === 'endpoints') return serveEndpoints(Number(port), Number(listeners))
  if (mode === 'listen') return listen(Number(port), Number(listeners), cookie ?? '')
  const parts = readParts(process.argv.slice(2))
  const endpoint = await HookEndpoint.open()
  const server = await startServerProcess()
  try {
    const figures = await runBench(server, endpoint, parts)
    printTables(figures)
    console.log(`\n${JSON.stringify(figures)}`)
    console.error(`\nKept as ${keep(figures)}`)
  } finally {
    await server.stop()
    endpoint.close()
  }
}

try {
  await main()
} catch (error) {
  if (!(error instanceof UnknownPart)) throw error
  console.error(error.message)
  process.exitCode = 2
}
