import { type Database, openDatabase, sql } from '@parley/server/internals'
import { percentile, sleep } from './figures.ts'
import { measureIngest } from './ingest-bench.ts'
import { RawConnection, rawRequest } from './raw-client.ts'
import { makeSample, type Sample } from './sample.ts'
import { type SearchGround, seedSearch } from './search-sample.ts'
import { deriveLists } from './seed-inbox.ts'
import type { ServerProcess } from './server-process.ts'
import { logIn } from './session.ts'

export interface SearchFigures {
  messages: number
  /** How fast the index was made of what was there. */
  indexedPerSecond: number
  textMb: number
  queries: { query: string; asked: number; hits: number; ms: { p50: number; p95: number; p99: number } }[]
  /** Messages stored a second while the index follows, against while it does not. */
  ingest: { followed: number; alone: number; ratio: number }
}

const INDEX_WITHIN_MS = 15 * 60_000

export async function measureSearch(
  server: ServerProcess,
  { messages, questions, seconds }: { messages: number; questions: number; seconds: number },
): Promise<SearchFigures> {
  const sample = await makeSample(server, { accounts: 1, hookUrl: 'http://127.0.0.1:9/' })
  const account = sample.accounts[0]
  if (!account) throw new Error('The sample has no accounts.')
  const database = openDatabase(server.database)
  try {
    const ground = await seedSearch(database, sample, messages)
    const startedAt = performance.now()
    await untilIndexed(database, ground.accountId)
    const indexedPerSecond = Math.round(messages / ((performance.now() - startedAt) / 1000))
    // After the index, whose making would be measured along.
    await deriveLists(server, database, sample, ground.people)
    await sql`vacuum analyze inbox_chat, search_text, search_name`.execute(database.db)
    const cookie = await logIn(server, account)
    const queries = []
    for (const [query, ask] of Object.entries(questionsOf(ground)))
      queries.push({ query, ...(await measure(server, cookie, ask, questions)) })
    const ingest = await measureIngestRatio(server, database, sample, seconds)
    return { messages, indexedPerSecond, textMb: await sizeMb(database), queries, ingest }
  } finally {
    await database.close()
  }
}

async function untilIndexed({ db }: Database, accountId: number): Promise<void> {
  for (const until = Date.now() + INDEX_WITHIN_MS; Date.now() < until; await sleep(100)) {
    const { rows } = await sql<{ left: number }>`select s.last_seq - coalesce(c.seq, 0) as left from account_seq s
      left join event_cursor c on c.account_id = s.account_id and c.follower = 'search'
      where s.account_id = ${accountId}`.execute(db)
    if (rows[0]?.left === 0) return
  }
  throw new Error('The index did not come after.')
}

async function sizeMb({ db }: Database): Promise<number> {
  const { rows } = await sql<{ mb: number }>`
    select round(pg_total_relation_size('search_text') / 1048576.0)::int as mb`.execute(db)
  return rows[0]?.mb ?? 0
}

const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(Math.random() * items.length)] as Item
const path = (q: string, group: string) => `/search?q=${encodeURIComponent(q)}&in=${group}`

/** As people ask: each time with other words. */
function questionsOf({ vocabularies, lastNames, chatIds, people }: SearchGround): Record<string, () => string> {
  const common = () => pick(pick(vocabularies).common.slice(17))
  // Down where a word stands in a handful of messages.
  const rare = () => pick(pick(vocabularies).rare.slice(10_000))
  const middling = () => pick(pick(vocabularies).rare.slice(0, 200))
  const two = () => {
    const { common: words, rare: others } = pick(vocabularies)
    return `${pick(words.slice(17))} ${pick(others.slice(0, 500))}`
  }
  const phone = () => `+34 6${String((Math.ceil(Math.random() * people) * 7919) % 100_000_000).padStart(8, '0')}`
  return {
    'rare word': () => path(rare(), 'messages'),
    'word in between': () => path(middling(), 'messages'),
    'common word': () => path(common(), 'messages'),
    'two words': () => path(two(), 'messages'),
    'two words, no such pair lately': () => path(`${two()} before:2025`, 'messages'),
    'beginning of a word': () => path(common().slice(0, 3), 'messages'),
    phrase: () => path(`"${pick(['how much', 'de la', 'thanks hello', 'когда будет', 'para com'])}"`, 'messages'),
    'phone number': () => path(phone(), 'people,leads,messages'),
    'last name': () => path(pick(lastNames), 'people,leads'),
    'first name, common': () => path(pick(['мария', 'sofia', 'jose', 'emma']), 'people,leads'),
    'name with a slip': () => path(`${pick(lastNames).slice(0, -1)}x`, 'people,leads'),
    'everything, as typed': () => path(pick([common(), middling(), rare()]).slice(0, 5), 'people,leads,messages'),
    'in one conversation': () => `/chats/${pick(chatIds)}/search?q=${encodeURIComponent(common())}`,
    'common word, unread only': () => path(`${common()} is:unread`, 'messages'),
  }
}

async function measure(server: ServerProcess, cookie: string, ask: () => string, questions: number) {
  const connection = await RawConnection.open(server.port)
  const took: number[] = []
  let hits = 0
  for (let asked = 0; asked < questions; asked += 1) {
    const request = rawRequest('GET', `/api/app/v1${ask()}`, { Cookie: cookie })
    const askedAt = performance.now()
    const { status, body } = await connection.send(request)
    took.push(performance.now() - askedAt)
    if (status !== 200) throw new Error(`The server answered ${status}: ${body}`)
    hits += countHits(JSON.parse(body))
  }
  connection.close()
  const ms = { p50: percentile(took, 0.5), p95: percentile(took, 0.95), p99: percentile(took, 0.99) }
  return { asked: questions, hits, ms }
}

function countHits(answer: Record<string, { items?: unknown[] } | unknown[]>): number {
  if (Array.isArray(answer.items)) return answer.items.length
  return Object.values(answer).reduce((sum, group) => sum + ('items' in group ? (group.items?.length ?? 0) : 0), 0)
}

const ROUNDS = 3

/** In turns, so that whatever else the machine does is the same for both. */
async function measureIngestRatio(
  server: ServerProcess,
  database: Database,
  sample: Sample,
  seconds: number,
): Promise<SearchFigures['ingest']> {
  const store = async () => (await measureIngest(server, sample, 'many chats', 64, seconds)).messagesPerSecond
  await store()
  const [followed, alone]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    alone.push(await withoutFollower(database, store))
    followed.push(await store())
  }
  const mean = (rates: readonly number[]) => Math.round(rates.reduce((sum, rate) => sum + rate, 0) / rates.length)
  return { followed: mean(followed), alone: mean(alone), ratio: Math.round((100 * mean(followed)) / mean(alone)) / 100 }
}

/** Its cursors are held, so it passes every account by. */
function withoutFollower<Answer>({ db }: Database, work: () => Promise<Answer>): Promise<Answer> {
  return db.transaction().execute(async (tx) => {
    await sql`select from event_cursor where follower = 'search' for update`.execute(tx)
    return work()
  })
}
