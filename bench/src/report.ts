import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import type { CeilingFigures } from './ceiling.ts'
import type { DeliveryFigures } from './delivery-bench.ts'
import type { FairnessFigures } from './fairness-bench.ts'
import type { Latency } from './figures.ts'
import type { HistoryFigures } from './history-bench.ts'
import type { HookFigures } from './hook-bench.ts'
import type { ImportFigures } from './import-bench.ts'
import type { InboxFigures } from './inbox-bench.ts'
import type { IngestFigures } from './ingest-bench.ts'
import type { ScreensFigures } from './screens-bench.ts'
import type { SearchFigures } from './search-bench.ts'
import type { StreamFigures } from './stream-bench.ts'
import type { ThreadFigures } from './thread-bench.ts'

export interface Figures {
  ingest: IngestFigures[]
  /** A channel that the operator registered, and one whose owner can read its requests. */
  recorded: { alone: IngestFigures; kept: IngestFigures }[]
  ceiling: CeilingFigures[]
  memory: { serverMb: number; databaseMb: number }
  stream: StreamFigures[]
  hooks: HookFigures[]
  imports: ImportFigures[]
  history: HistoryFigures[]
  deliveries: DeliveryFigures[]
  fairness: FairnessFigures[]
  inbox: InboxFigures[]
  screens: ScreensFigures[]
  thread: ThreadFigures[]
  search: SearchFigures[]
}

export interface Target {
  name: string
  goal: string
  found: string
  isMet: boolean
}

/** What issue and design ask for on a 2-core machine with the load generator on it. */
export function targetsOf(figures: Figures): Target[] {
  const { stream, hooks, deliveries, fairness, inbox, thread, screens, search } = figures
  return [
    ...ingestTargets(figures),
    ...stream
      .filter((row) => row.messagesPerSecond === 1000)
      .map((row) => below('stream at 1000/s: p99', row.requestToFrameMs.p99, 10)),
    ...deliveries.flatMap(deliveryTargets),
    ...fairness.map(fairnessTarget),
    ...inbox.flatMap(inboxTargets),
    ...screens.map((row) => below(`scrolling ${row.chats} chats, ${row.how}: longest task`, row.longestTaskMs, 100)),
    ...thread
      .filter(({ messages }) => messages > 1)
      .map((row) => below(`a long conversation, ${row.what}: p50 (idle machine)`, row.clickToPaintMs.p50, 200)),
    ...search.map(searchTarget),
    ...hooks.map((row) => below(`click to hook, ${row.clicksPerSecond}: p99`, row.clickToHookMs.p99, 25)),
  ]
}

const below = (name: string, found: number, limitMs: number): Target => ({
  name,
  goal: `< ${limitMs} ms`,
  found: `${found} ms`,
  isMet: found < limitMs,
})

function ingestTargets({ ingest, ceiling, recorded }: Figures): Target[] {
  const at = (inFlight: number) => ingest.find((row) => row.shape === 'many chats' && row.inFlight === inFlight)
  const top = ceiling.find((row) => row.shape === 'many chats' && row.batch === 256)
  const [at64, at256] = [at(64), at(256)]
  if (!top || !at64 || !at256) return []
  const share = at256.messagesPerSecond / top.messagesPerSecond
  const ratio = ratioOf(recorded)
  return [
    {
      name: 'known chats, 256 in flight: share of the ceiling',
      goal: '>= 0.4',
      found: share.toFixed(2),
      isMet: share >= 0.4,
    },
    {
      name: 'known chats, 256 in flight: stored per second',
      goal: '>= 10000 (idle machine)',
      found: String(at256.messagesPerSecond),
      isMet: at256.messagesPerSecond >= 10_000,
    },
    below('known chats, 256 in flight: ack p99', at256.ackMs.p99, 60),
    below('known chats, 64 in flight: ack p99', at64.ackMs.p99, 30),
    {
      name: 'a channel whose requests are kept: stored per second against one without',
      goal: '>= 0.9',
      found: ratio.toFixed(2),
      isMet: ratio >= 0.9,
    },
  ]
}

/** Of all turns together: one alone is at the mercy of whatever the machine does meanwhile. */
function ratioOf(recorded: Figures['recorded']): number {
  const sum = (which: 'alone' | 'kept') => recorded.reduce((all, turn) => all + turn[which].messagesPerSecond, 0)
  return sum('kept') / sum('alone')
}

const latency = ({ p50, p99, max }: Latency) => `${p50} / ${p99} / ${max}`

function deliveryTargets(row: DeliveryFigures): Target[] {
  const { perSecond, attempts, deliveries, outOfOrder } = row
  return [
    {
      name: 'deliveries per second',
      goal: '>= 5000 (idle machine)',
      found: String(perSecond),
      isMet: perSecond >= 5000,
    },
    {
      name: 'deliveries: tries written down, in order',
      goal: `${deliveries}, 0 out of order`,
      found: `${attempts}, ${outOfOrder} out of order`,
      isMet: attempts === deliveries && outOfOrder === 0,
    },
  ]
}

function fairnessTarget({ alone, beside, missing }: FairnessFigures): Target {
  const ratio = beside.p99 / alone.p99
  return {
    name: 'click to hook beside endpoints that hang: p99 against alone',
    goal: '<= 2, 0 missing',
    found: `${ratio.toFixed(2)}, ${missing} missing`,
    isMet: ratio <= 2 && missing === 0,
  }
}

const LISTS_MS = 10
const MARKS = 'marks'

function inboxTargets({ chats, lists, bulk }: InboxFigures): Target[] {
  const slowest = lists
    .filter(({ what }) => !what.startsWith(MARKS))
    .reduce((worst, one) => (one.ms.p99 > worst.ms.p99 ? one : worst))
  const ratio = bulk.ackBesideMs.p99 / bulk.ackAloneMs.p99
  return [
    {
      name: `first pages and numbers of ${chats} chats: slowest p99 (${slowest.what})`,
      goal: `< ${LISTS_MS} ms (idle machine)`,
      found: `${slowest.ms.p99} ms`,
      isMet: slowest.ms.p99 < LISTS_MS,
    },
    {
      name: 'messages stored beside a bulk job: p99 against alone',
      goal: '<= 3',
      found: ratio.toFixed(2),
      isMet: ratio <= 3,
    },
  ]
}

function searchTarget({ messages, queries }: SearchFigures): Target {
  const slowest = queries.toSorted((a, b) => b.ms.p95 - a.ms.p95)[0]
  return {
    name: `search among ${messages} messages: p95 of the slowest kind`,
    goal: '< 150 ms',
    found: `${slowest?.ms.p95 ?? '?'} ms (${slowest?.query ?? 'none asked'})`,
    isMet: (slowest?.ms.p95 ?? Number.POSITIVE_INFINITY) < 150,
  }
}

export function printTables(figures: Figures): void {
  printStored(figures)
  printSent(figures)
  printInbox(figures)
  printSearch(figures)
  print(
    'Scrolling a list in a browser',
    ['how', 'chats', 'frame ms p50/p95/max', 'long tasks', 'longest ms'],
    figures.screens.map(({ how, chats, frameMs, longTasks, longestTaskMs }) => [
      how,
      chats,
      `${frameMs.p50} / ${frameMs.p95} / ${frameMs.max}`,
      longTasks,
      longestTaskMs,
    ]),
  )
  print(
    'Click to hook beside endpoints that hang',
    ['endpoints', 'hanging', 'clicks/s', 'alone: ms p50/p99/max', 'beside', 'missing'],
    figures.fairness.map((row) => [
      row.endpoints,
      row.hanging,
      row.clicksPerSecond,
      latency(row.alone),
      latency(row.beside),
      row.missing,
    ]),
  )
  print(
    'Memory after all of it',
    ['server MiB', 'database MiB'],
    [[figures.memory.serverMb, figures.memory.databaseMb]],
  )
  print(
    'Targets',
    ['what', 'goal', 'found', ''],
    targetsOf(figures).map((row) => [row.name, row.goal, row.found, row.isMet ? 'met' : 'MISSED']),
  )
}

function printInbox({ inbox }: Figures): void {
  for (const { chats, cells, derivedInMs, lists, bulk } of inbox) {
    print(
      `Lists of ${chats} chats (${cells} cells, made in ${derivedInMs} ms)`,
      ['list', 'rows', 'ms p50/p99/max', 'times who asks'],
      lists.map((row) => [row.what, row.rows, latency(row.ms), row.ratio]),
    )
    print(
      'All that match, closed in the background',
      ['chats', 'per second', 'ack of messages ms p50/p99/max: alone', 'beside'],
      [[bulk.chats, bulk.perSecond, latency(bulk.ackAloneMs), latency(bulk.ackBesideMs)]],
    )
  }
}

/** What came in, and how it is read again. */
function printStored(figures: Figures): void {
  print(
    'Stored messages',
    ['chats', 'in flight', 'per second', 'ack ms p50/p99/max', 'server µs', 'database µs'],
    figures.ingest.map((row) => [
      row.shape,
      row.inFlight,
      row.messagesPerSecond,
      latency(row.ackMs),
      row.serverCpuUsPerMessage,
      row.databaseCpuUsPerMessage,
    ]),
  )
  printRecorded(figures)
  print(
    'Ceiling: the same batches straight through the driver',
    ['chats', 'batch', 'per second'],
    figures.ceiling.map((row) => [row.shape, row.batch, row.messagesPerSecond]),
  )
  print(
    'Silent import of history',
    [
      'messages',
      'connections',
      'per second',
      'ceiling',
      'ack ms p50/p99/max',
      'server MiB before/peak/after',
      'database MiB',
    ],
    figures.imports.map((row) => [
      row.messages,
      row.connections,
      row.messagesPerSecond,
      row.ceilingPerSecond,
      latency(row.ackMs),
      `${row.serverMb.before} / ${row.serverMb.peak} / ${row.serverMb.after}`,
      row.databaseMb,
    ]),
  )
  print(
    'Pages of history',
    ['for', 'messages in the account', 'pages per second', 'ms p50/p99/max'],
    figures.history.map((row) => [row.page, row.messages, row.pagesPerSecond, latency(row.pageMs)]),
  )
  print(
    'A long conversation in a browser',
    ['', 'messages', 'click to paint: ms p50/p99/max'],
    figures.thread.map((row) => [row.what, row.messages, latency(row.clickToPaintMs)]),
  )
}

function printRecorded(figures: Figures): void {
  print(
    'Stored messages of a channel whose requests are kept, 256 in flight',
    ['turn', 'without', 'kept', 'ratio', 'ack ms p50/p99/max: without', 'kept', 'server µs: without', 'kept'],
    figures.recorded.map(({ alone, kept }, turn) => [
      turn + 1,
      alone.messagesPerSecond,
      kept.messagesPerSecond,
      (kept.messagesPerSecond / alone.messagesPerSecond).toFixed(2),
      latency(alone.ackMs),
      latency(kept.ackMs),
      alone.serverCpuUsPerMessage,
      kept.serverCpuUsPerMessage,
    ]),
  )
}

/** What went out: to screens and to channels. */
function printSent(figures: Figures): void {
  print(
    'Request to frame',
    ['per second', 'listeners', 'frames', 'ms p50/p99/max', 'server CPU %'],
    figures.stream.map((row) => [
      row.messagesPerSecond,
      row.listeners,
      row.framesReceived,
      latency(row.requestToFrameMs),
      row.serverCpuPercent,
    ]),
  )
  print(
    'Click to hook',
    ['clicks', 'sent', 'received', 'ms p50/p99/max'],
    figures.hooks.map((row) => [row.clicksPerSecond, row.sent, row.received, latency(row.clickToHookMs)]),
  )
  print(
    'Deliveries to an endpoint that answers in 1 ms',
    ['deliveries', 'chats', 'per second', 'ceiling', 'attempts', 'out of order', 'server µs', 'database µs'],
    figures.deliveries.map((row) => [
      row.deliveries,
      row.chats,
      row.perSecond,
      row.ceilingPerSecond,
      row.attempts,
      row.outOfOrder,
      row.serverCpuUsPerDelivery,
      row.databaseCpuUsPerDelivery,
    ]),
  )
}

function printSearch({ search }: Figures): void {
  for (const { messages, indexedPerSecond, textMb, queries, ingest } of search) {
    print(
      `Search among ${messages} messages in four languages`,
      ['query', 'asked', 'hits', 'ms p50/p95/p99'],
      queries.map(({ query, asked, hits, ms }) => [query, asked, hits, `${ms.p50} / ${ms.p95} / ${ms.p99}`]),
    )
    print(
      'Its index',
      ['made per second', 'MiB', 'stored/s beside it', 'stored/s without', 'ratio'],
      [[indexedPerSecond, textMb, ingest.followed, ingest.alone, ingest.ratio]],
    )
  }
}

/** A part that was not asked for has no rows, and no table. */
function print(title: string, heads: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  if (rows.length === 0) return
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => String(row[column]).length)))
  const line = (cells: readonly (string | number)[]) =>
    cells
      .map((cell, column) =>
        typeof cell === 'number' ? String(cell).padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
  console.log(`\n${title}\n${line(heads)}\n${rows.map(line).join('\n')}`)
}

/** Keeps a run as JSON; answers the file. */
export function keep(figures: Figures): string {
  const folder = join(process.cwd(), 'bench/results')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${new Date().toISOString().replaceAll(':', '-')}.json`)
  const machine = { cpus: availableParallelism(), model: cpus()[0]?.model, node: process.version }
  writeFileSync(file, `${JSON.stringify({ machine, ...figures, targets: targetsOf(figures) }, null, 2)}\n`)
  return file
}
