import { sql } from '@parley/server/internals'
import { launchBrowser, startTestWorld, type TestWorld } from '@parley/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

const CARDS = 5000
const SCROLLS = 60

let world: TestWorld
let browser: Browser

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})

/** As years of use leave it: five open stages with a thousand leads each. */
async function seed(accountId: number): Promise<void> {
  const { db } = world.deps
  await sql`insert into contact (account_id, id, name)
    select ${accountId}::int, 5000000 + n, 'Client ' || n from generate_series(1, ${CARDS}::int) n`.execute(db)
  await sql`insert into lead (account_id, id, title, price, pipeline_id, stage_id, is_incoming, contact_id, rank)
    select ${accountId}::int, 5000000 + n, 'Order ' || n, n % 900, s.pipeline_id, s.id, s.kind = 'incoming', 5000000 + n, n
    from generate_series(1, ${CARDS}::int) n
    join lateral (select *, row_number() over (order by position) - 1 as nth from stage
      where account_id = ${accountId} and kind in ('incoming', 'open')) s on s.nth = n % 5`.execute(db)
}

async function open(): Promise<Page> {
  const account = await world.anAccount()
  await seed(account.id)
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.setDefaultTimeout(30_000)
  await page.goto(`${world.url}/pipeline`)
  await page.getByLabel('E-mail').fill(account.admin.email)
  await page.getByLabel('Password', { exact: true }).fill(account.admin.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  return page
}

test(`a board of ${CARDS} cards scrolls; its long tasks are printed`, async () => {
  const page = await open()
  const column = page.getByRole('region', { name: /^Negotiation, / })
  await column.getByRole('listitem').first().waitFor()
  await page.evaluate(`
    window.longTasks = []
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((entry) => Math.round(entry.duration))))
      .observe({ entryTypes: ['longtask'] })
  `)
  await column.hover()
  for (let count = 0; count < SCROLLS; count += 1) {
    await page.mouse.wheel(0, 1200)
    // Two frames: what a scroll draws, and what it asks for.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  }
  const deep = await column.getByRole('listitem').last().getAttribute('aria-posinset')
  await page.mouse.wheel(1500, 0)
  const tasks = (await page.evaluate('window.longTasks')) as number[]
  const drawn = await page.getByRole('listitem').count()
  console.log(
    `board of ${CARDS} cards: ${tasks.length} long tasks, the longest ${Math.max(0, ...tasks)} ms; ${drawn} cards drawn, down to ${deep}`,
  )
  // Only what is in view is drawn, however much was read.
  expect(Number(deep)).toBeGreaterThan(100)
  expect(drawn).toBeLessThan(150)
})
