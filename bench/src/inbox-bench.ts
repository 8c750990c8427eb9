import { openDatabase, sql } from '@parley/server/internals'
import { type Latency, latencyOf, sleep } from './figures.ts'
import { signedRequest, warmUp } from './ingest-bench.ts'
import { RawConnection, rawRequest } from './raw-client.ts'
import { makeSample, type Sample, type SampleAccount } from './sample.ts'
import { type SeededInbox, seedInbox } from './seed-inbox.ts'
import type { ServerProcess } from './server-process.ts'
import { logIn } from './session.ts'

export interface ListFigures {
  what: string
  rows: number
  ms: Latency
  /** Of its median, to that of a request that only looks up who asks. */
  ratio: number
}

export interface BulkFigures {
  chats: number
  perSecond: number
  /** What a message takes to be stored alone, and while the job runs. */
  ackAloneMs: Latency
  ackBesideMs: Latency
}

export interface InboxFigures {
  chats: number
  cells: number
  derivedInMs: number
  lists: ListFigures[]
  bulk: BulkFigures
}

const API = '/api/app/v1'

/** An account with very many chats: its lists, numbers and marks, and something done to thousands of chats at once. */
export async function measureInbox(
  server: ServerProcess,
  { chats, rounds }: { chats: number; rounds: number },
): Promise<InboxFigures> {
  const sample = await makeSample(server, { accounts: 1, hookUrl: 'http://127.0.0.1:9/' })
  const account = sample.accounts[0] as SampleAccount
  const seeded = await seedInbox(server, sample, { chats })
  const cookie = await logIn(server, account)
  const connection = await RawConnection.open(server.port)
  const get = async (path: string) => {
    const { status, body } = await connection.send(rawRequest('GET', `${API}${path}`, { Cookie: cookie }))
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${body}`)
    return JSON.parse(body) as { total?: number; blocks?: { from: number; count: number }[] }
  }
  const { blocks = [] } = await get('/chats/marks?view=all')
  const lists: ListFigures[] = []
  let baseline = 1
  for (const [what, paths] of questions(seeded, blocks)) {
    const took: number[] = []
    let rows = 0
    for (let round = -3; round < rounds; round += 1) {
      const path = paths[Math.abs(round) % paths.length] ?? ''
      const askedAt = performance.now()
      const answer = await get(path)
      if (round >= 0) took.push(performance.now() - askedAt)
      rows = answer.total ?? answer.blocks?.length ?? 0
    }
    const ms = latencyOf(took)
    if (what === 'who asks') baseline = ms.p50
    lists.push({ what, rows, ms, ratio: Math.round((ms.p50 / baseline) * 10) / 10 })
  }
  connection.close()
  const bulk = await measureBulk(server, cookie)
  return { chats, cells: await countCells(server, account.id), derivedInMs: seeded.derivedInMs, lists, bulk }
}

/** Several paths of one kind are asked in turn. */
function questions(
  { managerIds, stageIds, pipelineId, tagIds }: SeededInbox,
  blocks: readonly { from: number }[],
): [string, string[]][] {
  const anywhere = blocks.filter((_, index) => index % 97 === 50)
  const stage = `pipelineId=${pipelineId}&stageId=${stageIds[2]}`
  return [
    ['who asks', ['/me']],
    ['all', ['/chats?view=all']],
    ['open', ['/chats?view=open']],
    ['closed', ['/chats?state=closed']],
    ['mine', ['/chats?view=mine', `/chats?responsible=${managerIds[3]}`]],
    ['unassigned', ['/chats?view=unassigned']],
    ['unread', ['/chats?view=unread']],
    ['longest waiting', ['/chats?view=open&sort=waiting']],
    ['waiting, newest', ['/chats?view=open&waiting=1']],
    ['source', ['/chats?state=all&source=line-3']],
    ['stage', [`/chats?state=all&${stage}`]],
    ['pipeline', [`/chats?state=all&pipelineId=${pipelineId}`]],
    ['tag', [`/chats?state=all&tagId=${tagIds[0]}`, `/chats?state=all&tagId=${tagIds[9]}`]],
    ['mine, stage, open', managerIds.slice(0, 5).map((id) => `/chats?state=open&responsible=${id}&${stage}`)],
    ['mine, tag, all', managerIds.slice(0, 5).map((id) => `/chats?state=all&responsible=${id}&tagId=${tagIds[0]}`)],
    ['stage, source, closed', [`/chats?state=closed&${stage}&source=line-3`]],
    ['mine, stage, source, unread', [`/chats?responsible=${managerIds[2]}&${stage}&source=line-3&unread=1`]],
    ['far down, all', anywhere.map(({ from }) => `/chats?view=all&from=${from}`)],
    ['numbers of all tabs', ['/views/counts', `/views/counts?state=open&${stage}`]],
    ['marks, all', ['/chats/marks?view=all']],
    ['marks, open', ['/chats/marks?view=open']],
  ]
}

async function countCells(server: ServerProcess, accountId: number): Promise<number> {
  const database = openDatabase(server.database)
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from inbox_count where account_id = ${accountId} and n > 0`.execute(database.db)
  await database.close()
  return rows[0]?.n ?? 0
}

const IN_FLIGHT = 16
const ALONE_MS = 2000

async function measureBulk(server: ServerProcess, cookie: string): Promise<BulkFigures> {
  const others = await makeSample(server, { accounts: 1, hookUrl: 'http://127.0.0.1:9/' })
  // In the very account, and in another one.
  const both: Sample = { channel: others.channel, accounts: others.accounts }
  await warmUp(server, both)
  let isOver = false
  const alone = driveUntil(server.port, both, () => isOver)
  await sleep(ALONE_MS)
  isOver = true
  const ackAloneMs = latencyOf(await alone)

  isOver = false
  const beside = driveUntil(server.port, both, () => isOver)
  const startedAt = performance.now()
  const { total, tookMs } = await closeAllOpen(server.port, cookie, startedAt)
  isOver = true
  const ackBesideMs = latencyOf(await beside)
  return { chats: total, perSecond: Math.round(total / (tookMs / 1000)), ackAloneMs, ackBesideMs }
}

async function closeAllOpen(
  port: number,
  cookie: string,
  startedAt: number,
): Promise<{ total: number; tookMs: number }> {
  const connection = await RawConnection.open(port)
  const headers = { Cookie: cookie, 'Content-Type': 'application/json' }
  const body = JSON.stringify({ action: { type: 'close' }, filters: { state: 'open' } })
  const begun = await connection.send(rawRequest('POST', `${API}/chats/bulk`, headers, body))
  if (begun.status !== 200) throw new Error(`bulk: ${begun.status} ${begun.body}`)
  let { job } = JSON.parse(begun.body) as { job: { id: string; phase: string; total: number } }
  while (job.phase !== 'done') {
    await sleep(50)
    const answer = await connection.send(rawRequest('GET', `${API}/bulk/${job.id}`, headers))
    job = (JSON.parse(answer.body) as { job: typeof job }).job
  }
  connection.close()
  return { total: job.total, tookMs: performance.now() - startedAt }
}

/** A steady, moderate stream of messages: one every few milliseconds on each connection. */
async function driveUntil(port: number, sample: Sample, isOver: () => boolean): Promise<number[]> {
  const acks: number[] = []
  const connections = await Promise.all(Array.from({ length: IN_FLIGHT }, () => RawConnection.open(port)))
  await Promise.all(
    connections.map(async (connection) => {
      while (!isOver()) {
        const request = signedRequest(sample, 'many chats')
        const sentAt = performance.now()
        const { status, body } = await connection.send(request)
        if (status !== 200) throw new Error(`The server answered ${status}: ${body}`)
        acks.push(performance.now() - sentAt)
        await sleep(40)
      }
      connection.close()
    }),
  )
  return acks
}
