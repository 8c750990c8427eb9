import { type Database, openDatabase, sql } from '@parley/server/internals'
import { type Latency, latencyOf } from './figures.ts'
import { type RawAnswer, RawConnection, rawRequest } from './raw-client.ts'
import { makeSample, questionRequest, type Sample, type SampleAccount, TEXT } from './sample.ts'
import type { ServerProcess } from './server-process.ts'
import { logIn } from './session.ts'

export interface HistoryFigures {
  /** Who asks: a channel for its history, a screen for a chat. */
  page: 'channel' | 'screen'
  messages: number
  pagesPerSecond: number
  pageMs: Latency
}

const MESSAGES_PER_CHAT = 500
const PAGE = 50
/** The furthest that is asked for; further back hardly anybody scrolls. */
const FURTHEST = 200
const CONNECTIONS = 8

/** Pages of chats picked at random, in an account that has many messages already. */
export async function measureHistory(
  server: ServerProcess,
  { messages, seconds }: { messages: number; seconds: number },
): Promise<HistoryFigures[]> {
  const sample = await makeSample(server, { accounts: 1, hookUrl: 'http://127.0.0.1:9/' })
  const [account] = sample.accounts
  if (!account) throw new Error('The sample has no accounts.')
  const database = openDatabase(server.database)
  const chatIds = await seed(database, sample, messages / MESSAGES_PER_CHAT).finally(() => database.close())
  const anyChat = () => chatIds[Math.floor(Math.random() * chatIds.length)] ?? ''
  const cookie = await logIn(server, account)

  const askChannel = () => {
    const query = `offset=${Math.floor(Math.random() * (FURTHEST + 1))}&limit=${PAGE}`
    return questionRequest(sample.channel, account, `/chats/${anyChat()}/history`, query)
  }
  const askScreen = screenQuestions(cookie, anyChat)
  return [
    { page: 'channel', messages, ...(await ask(server, seconds, () => ({ request: askChannel() }))) },
    { page: 'screen', messages, ...(await ask(server, seconds, askScreen)) },
  ]
}

interface Question {
  request: Buffer
  heed?(answer: RawAnswer): void
}

/** A chat's newest page, then the one before it, as somebody who opens a chat and scrolls. */
function screenQuestions(cookie: string, anyChat: () => string): () => Question {
  const older: string[] = []
  return () => {
    const path = older.pop()
    if (path !== undefined) return { request: rawRequest('GET', path, { Cookie: cookie }) }
    const first = `/api/app/v1/chats/${anyChat()}/messages?limit=${PAGE}`
    return {
      request: rawRequest('GET', first, { Cookie: cookie }),
      heed({ body }) {
        const { next } = JSON.parse(body) as { next: string | null }
        if (next !== null) older.push(`${first}&before=${encodeURIComponent(next)}`)
      },
    }
  }
}

async function ask(
  server: ServerProcess,
  seconds: number,
  next: () => Question,
): Promise<Pick<HistoryFigures, 'pagesPerSecond' | 'pageMs'>> {
  const took: number[] = []
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1000
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => RawConnection.open(server.port)))
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() < endsAt) {
        const { request, heed } = next()
        const askedAt = performance.now()
        const answer = await connection.send(request)
        took.push(performance.now() - askedAt)
        if (answer.status !== 200) throw new Error(`The server answered ${answer.status}: ${answer.body}`)
        heed?.(answer)
      }
      connection.close()
    }),
  )
  const pagesPerSecond = Math.round(took.length / ((performance.now() - startedAt) / 1000))
  return { pagesPerSecond, pageMs: latencyOf(took) }
}

/** Fills one account as years of use would: messages by time, those of a chat far apart. Answers the chats' ids. */
async function seed({ db }: Database, sample: Sample, chats: number): Promise<string[]> {
  const account = sample.accounts[0] as SampleAccount
  const { rows } = await sql<{ id: string }>`
    with person as (
      insert into participant (account_id, id, channel_id, client_id, name)
      select ${account.id}::int, uuidv7(), ${sample.channel.id}::uuid, 'past-' || n, 'Client ' || n
      from generate_series(1, ${chats}::int) n
      returning account_id, id, channel_id, client_id),
    room as (
      insert into chat (account_id, id, channel_id, client_id, participant_id)
      select account_id, uuidv7(), channel_id, client_id, id from person
      returning account_id, id, participant_id),
    state as (insert into chat_state (account_id, chat_id) select account_id, id from room),
    past as (
      insert into message (account_id, id, chat_id, msgid, direction, author_kind, author_id, kind, body, sent_at,
        received_at, status)
      select room.account_id, uuidv7(), room.id, 'past-' || n, 'in', 'client', room.participant_id, 'text',
        ${TEXT} || ' ' || n, at, at, 'received'
      from generate_series(1, ${MESSAGES_PER_CHAT}::int) n, room,
        lateral (select timestamptz '2024-01-01' + n * interval '1 hour' as at) t
      order by n)
    select id from room`.execute(db)
  await sql`vacuum analyze message`.execute(db)
  return rows.map((row) => row.id)
}
