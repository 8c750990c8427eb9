import {
  findAccessibilityFaults,
  launchBrowser,
  logInAs,
  picturesFolder,
  startTestWorld,
  type TestWorld,
  takePicture,
} from '@parley/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDemoAccount } from './pages/demo-account.ts'
import { makeDemoDeveloper } from './pages/demo-developer.ts'
import type { DemoAccount, DemoPage } from './pages/demo-page.ts'
import { PAGES } from './pages/pages.ts'

// Every page of the app: drawn without a fault that axe calls serious, in turns light and wide, and dark on a phone. With
// PARLEY_SCREENS (`npm run screens`) each in light and dark, wide and narrow, and a picture of it into docs/screens.

const PICTURES = picturesFolder()
const DEADLINE_MS = 30_000
const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 390, height: 844 }

interface Look {
  name: string
  theme: 'light' | 'dark'
  viewport: { width: number; height: number }
}

const LOOKS: readonly Look[] = [
  { name: 'light', theme: 'light', viewport: WIDE },
  { name: 'dark-phone', theme: 'dark', viewport: NARROW },
  ...(PICTURES
    ? ([
        { name: 'dark', theme: 'dark', viewport: WIDE },
        { name: 'light-phone', theme: 'light', viewport: NARROW },
      ] as const)
    : []),
]

let world: TestWorld
let browser: Browser
let demo: DemoAccount

beforeAll(async () => {
  const options = { clock: 'system', env: { PARLEY_CHANNELS: 'moderated' } } as const
  ;[world, browser] = await Promise.all([startTestWorld(options), launchBrowser()])
  demo = await makeDemoAccount(world)
  if (PICTURES) demo.developer = await makeDemoDeveloper(world)
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})

describe.each(LOOKS)('$name', ({ name, theme, viewport }) => {
  const contexts = new Map<string, BrowserContext>()
  afterAll(async () => {
    for (const context of contexts.values()) await context.close()
  })

  async function contextOf(as: DemoPage['as'] = 'admin'): Promise<BrowserContext> {
    const key = String(as)
    const known = contexts.get(key)
    if (known) return known
    const context = await browser.newContext({ viewport, colorScheme: theme, locale: 'en-GB', timezoneId: 'UTC' })
    context.setDefaultTimeout(DEADLINE_MS)
    contexts.set(key, context)
    if (as !== null) await logInAs(context, world.url, as === 'developer' ? demo.developer!.user : demo.users[as])
    return context
  }

  test.each(pagesOf(name))('$name', async (shown) => {
    const context = await contextOf(shown.as)
    const page = await context.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(world.url + shown.path(demo))
    await shown.prepare(page, demo)
    await settle(page)
    if (PICTURES) await takePicture(page, PICTURES, `${shown.name}-${name}`)
    expect(await findAccessibilityFaults(page)).toEqual([])
    expect(faults).toEqual([])
    await page.close()
  })
})

function pagesOf(look: string): readonly DemoPage[] {
  if (PICTURES) return PAGES
  const turn = LOOKS.findIndex(({ name }) => name === look)
  return PAGES.filter(({ pictureOnly }) => !pictureOnly).filter((_, index) => index % LOOKS.length === turn)
}

/** Fonts are there and what fades in has done so. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(`document.fonts.ready.then(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))).then(() => undefined))`)
}
