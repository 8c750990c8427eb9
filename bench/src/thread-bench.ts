import { type Database, openDatabase, sql } from '@parley/server/internals'
import { launchBrowser } from '@parley/testkit/browser'
import type { Page } from 'playwright-core'
import { type Latency, latencyOf } from './figures.ts'
import { RawConnection } from './raw-client.ts'
import { makeSample, messageRequest, type Sample, type SampleAccount, TEXT } from './sample.ts'
import type { ServerProcess } from './server-process.ts'

export interface ThreadFigures {
  what: string
  messages: number
  /** In the browser, from the click to the frame after what was asked for is drawn. */
  clickToPaintMs: Latency
}

const LONG = 'Nora Long'
const SHORT = 'Omar Short'
const NEWEST = 'This is the newest message of all.'
const OLDEST = `${TEXT} 1.`
const DAY_MS = 24 * 3_600_000

/** A conversation of many messages in a real browser: opened at its end, gone back to its beginning and to its end again. */
export async function measureThread(
  server: ServerProcess,
  { messages, rounds }: { messages: number; rounds: number },
): Promise<ThreadFigures[]> {
  const sample = await makeSample(server, { accounts: 1, hookUrl: 'http://127.0.0.1:9/' })
  const account = sample.accounts[0] as SampleAccount
  await begin(server, sample, account)
  const database = openDatabase(server.database)
  await seed(database, account, messages).finally(() => database.close())
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await logIn(page, server, account)
    const took = {
      short: [] as number[],
      open: [] as number[],
      beginning: [] as number[],
      latest: [] as number[],
      again: [] as number[],
    }
    // The first round is not counted: code comes with it, not only messages.
    for (let round = 0; round <= rounds; round += 1) {
      const short = await openFresh(page, server)
      const open = await clickUntil(page, { role: 'option', name: LONG }, NEWEST)
      const beginning = await goToBeginning(page)
      const latest = await clickUntil(page, { role: 'button', name: 'latest' }, NEWEST)
      await clickUntil(page, { role: 'option', name: SHORT }, 'Hello')
      const again = await clickUntil(page, { role: 'option', name: LONG }, NEWEST)
      if (round === 0) continue
      took.short.push(short)
      took.open.push(open)
      took.beginning.push(beginning)
      took.latest.push(latest)
      took.again.push(again)
    }
    return [
      { what: 'one of a single message, for comparison', messages: 1, clickToPaintMs: latencyOf(took.short) },
      { what: 'opened at its end', messages, clickToPaintMs: latencyOf(took.open) },
      { what: 'gone to its beginning', messages, clickToPaintMs: latencyOf(took.beginning) },
      { what: 'back to the latest', messages, clickToPaintMs: latencyOf(took.latest) },
      { what: 'opened once more', messages, clickToPaintMs: latencyOf(took.again) },
    ]
  } finally {
    await browser.close()
  }
}

/** Two chats as a channel brings them; the past of one follows. */
async function begin(server: ServerProcess, { channel }: Sample, account: SampleAccount): Promise<void> {
  const connection = await RawConnection.open(server.port)
  for (const [chat, client, text] of [
    ['long', LONG, NEWEST],
    ['short', SHORT, 'Hello'],
  ] as const) {
    const answer = await connection.send(messageRequest(channel, account, { msgid: chat, chat, client, text }))
    if (answer.status !== 200) throw new Error(`The server answered ${answer.status}: ${answer.body}`)
  }
  connection.close()
}

/** A year or so of one conversation, both ways, with a note for every fifty messages. */
async function seed({ db }: Database, account: SampleAccount, messages: number): Promise<void> {
  const before = new Date(Date.now() - DAY_MS)
  await sql`
    insert into message (account_id, id, chat_id, msgid, direction, author_kind, author_id, kind, body, sent_at,
      received_at, status)
    select c.account_id, uuidv7(), c.id, 'past-' || n,
      case when n % 3 = 0 then 'out' else 'in' end, case when n % 3 = 0 then 'user' else 'client' end,
      case when n % 3 = 0 then u.amojo_id else c.participant_id end, 'text',
      case when n % 2 = 0 then 'Yes, that is fine ' || n else ${TEXT} || ' ' || n || '.' end, at, at,
      case when n % 3 = 0 then 'read' else 'received' end
    from chat c
    cross join (select amojo_id from account_user where account_id = ${account.id}::int limit 1) u
    cross join generate_series(1, ${messages}::int) n
    cross join lateral (select ${before}::timestamptz - (${messages}::int - n) * interval '5 minutes' as at) t
    where c.account_id = ${account.id}::int and c.client_id = 'long' order by n`.execute(db)
  await sql`
    insert into note (account_id, id, chat_id, author_user_id, body, created_at)
    select c.account_id, uuidv7(), c.id, u.id, 'A note ' || n, ${before}::timestamptz - n * interval '250 minutes'
    from chat c
    cross join (select id from account_user where account_id = ${account.id}::int limit 1) u
    cross join generate_series(1, ${Math.floor(messages / 50)}::int) n
    where c.account_id = ${account.id}::int and c.client_id = 'long'`.execute(db)
  await sql`vacuum analyze message`.execute(db)
  await sql`vacuum analyze note`.execute(db)
}

const originOf = (server: ServerProcess) => `http://127.0.0.1:${server.port}`

async function logIn(page: Page, server: ServerProcess, account: SampleAccount): Promise<void> {
  await page.goto(originOf(server))
  await page.getByLabel('E-mail').fill(account.email)
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('option', { name: LONG }).waitFor()
}

/** A page that holds nothing of either conversation yet, as at the beginning of a day. */
async function openFresh(page: Page, server: ServerProcess): Promise<number> {
  await page.goto(`${originOf(server)}/inbox`)
  await page.getByRole('option', { name: SHORT }).waitFor()
  return clickUntil(page, { role: 'option', name: SHORT }, 'Hello')
}

async function goToBeginning(page: Page): Promise<number> {
  await page.getByRole('button', { name: 'Go to a date' }).click()
  await page.getByRole('button', { name: 'The very beginning' }).waitFor()
  return clickUntil(page, { role: 'button', name: 'very beginning' }, OLDEST)
}

/** Clicks within the page, and looks at every frame until the text is drawn. */
function clickUntil(page: Page, target: { role: string; name: string }, text: string): Promise<number> {
  return page.evaluate<number>(`(${CLICK_UNTIL})(${JSON.stringify({ ...target, text })})`)
}

// As text: it runs in the page, whose types are none of this program's.
const CLICK_UNTIL = `async ({ role, name, text }) => {
  const all = [...document.querySelectorAll(role === 'button' ? 'button' : '[role=' + role + ']')]
  const target = all.find((one) => one.textContent.includes(name) || one.getAttribute('aria-label')?.includes(name))
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const startedAt = performance.now()
  target.click()
  for (;;) {
    await frame()
    if (document.querySelector('[role=log]')?.textContent.includes(text)) break
    if (performance.now() - startedAt > 20000) throw new Error('not drawn: ' + text)
  }
  await frame()
  return performance.now() - startedAt
}`
