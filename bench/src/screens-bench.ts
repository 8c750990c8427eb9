import { launchBrowser } from '@parley/testkit/browser'
import type { Page } from 'playwright-core'
import { percentile } from './figures.ts'
import { makeSample, type SampleAccount } from './sample.ts'
import { seedInbox } from './seed-inbox.ts'
import type { ServerProcess } from './server-process.ts'

export interface ScreensFigures {
  /** How the list is scrolled. */
  how: string
  chats: number
  frameMs: { p50: number; p95: number; max: number }
  /** Tasks that keep the page from answering, by the browser's own account (50 ms and more). */
  longTasks: number
  longestTaskMs: number
}

const FRAMES = 240
const WAYS: [how: string, step: string][] = [
  ['60 px a frame', 'box.scrollTop + 60'],
  ['thrown, 2000 px a frame', 'box.scrollTop + 2000'],
  ['by the scroll bar, anywhere', 'Math.random() * box.scrollHeight'],
]

/** The list of very many chats in a real browser, while somebody scrolls through it. */
export async function measureScreens(server: ServerProcess, { chats }: { chats: number }): Promise<ScreensFigures[]> {
  const sample = await makeSample(server, { accounts: 1, hookUrl: 'http://127.0.0.1:9/' })
  const account = sample.accounts[0] as SampleAccount
  await seedInbox(server, sample, { chats })
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`http://127.0.0.1:${server.port}/inbox?view=all`)
    await page.getByLabel('E-mail').fill(account.email)
    await page.getByLabel('Password').fill(account.password)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('option').first().waitFor({ timeout: 60_000 })
    const figures: ScreensFigures[] = []
    for (const [how, step] of WAYS) figures.push({ how, chats, ...(await scroll(page, step)) })
    return figures
  } finally {
    await browser.close()
  }
}

/** As text: what runs in the page knows no types of ours. */
async function scroll(page: Page, step: string): Promise<Omit<ScreensFigures, 'how' | 'chats'>> {
  const { frames, tasks } = (await page.evaluate(`(async () => {
    const box = document.querySelector('[role=listbox]')
    const tasks = []
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration)))
    observer.observe({ type: 'longtask' })
    const frames = []
    let before = performance.now()
    for (let frame = 0; frame < ${FRAMES}; frame += 1) {
      await new Promise(requestAnimationFrame)
      frames.push(performance.now() - before)
      before = performance.now()
      box.scrollTop = ${step}
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
    observer.disconnect()
    return { frames, tasks }
  })()`)) as { frames: number[]; tasks: number[] }
  return {
    frameMs: { p50: percentile(frames, 0.5), p95: percentile(frames, 0.95), max: percentile(frames, 1) },
    longTasks: tasks.length,
    longestTaskMs: Math.round(Math.max(0, ...tasks)),
  }
}
